package dev.knowledgegraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdapterTest {
  private static final String BASE = "dev.knowledgegraph";

  private static final JavaClasses MODULES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  /** Otherwise rules would hold of modules that nobody looked at. */
  @Test
  void every_adapter_is_looked_at() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("..", "adapters"))) {
      var packages =
          sources
              .filter(source -> source.endsWith("package-info.java"))
              .filter(source -> source.toString().contains("src/main/java"))
              .map(AdapterTest::packageOf)
              .toList();
      assertThat(packages).hasSizeGreaterThan(8);
      assertThat(packages).allMatch(MODULES::containPackage);
    }
  }

  private static String packageOf(Path source) {
    String folder = source.getParent().toString().replace(File.separatorChar, '/');
    return folder.substring(folder.indexOf("dev/")).replace('/', '.');
  }

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
