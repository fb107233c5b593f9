package dev.knowledgegraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdapterTest {
  private static final String BASE = "dev.knowledgegraph";

  private static final JavaClasses MODULES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void the_modules_keep_their_rules(AdapterRule rule) {
    rule.on(BASE).check(MODULES);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void every_rule_can_fail(AdapterRule rule) {
    JavaClasses example = new ClassFileImporter().importPackages(rule.example());

    assertThat(rule.on(rule.example()).evaluate(example).hasViolation()).isTrue();
  }
}
