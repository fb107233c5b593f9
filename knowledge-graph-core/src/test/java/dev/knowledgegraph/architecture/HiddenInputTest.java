package dev.knowledgegraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class HiddenInputTest {
  @Test
  void every_way_to_peek_at_the_surroundings_is_found() {
    String example = ArchitectureRule.NO_HIDDEN_INPUT.example();
    JavaClasses classes = new ClassFileImporter().importPackages(example);

    String report = HiddenInput.rule(example).evaluate(classes).getFailureReport().toString();

    assertThat(
            classes.stream().flatMap(type -> type.getMethods().stream()).map(JavaMethod::getName))
        .hasSize(16)
        .allSatisfy(method -> assertThat(report).contains("Peeking." + method + "()"));
  }
}
