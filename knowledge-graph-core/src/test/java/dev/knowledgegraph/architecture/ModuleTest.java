package dev.knowledgegraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the module promises: a package listed here is a promise, and comes with a reason. */
class ModuleTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final String BASE = "dev.knowledgegraph";

  private static final Set<String> EXPORTS =
      Set.of(
          BASE,
          BASE + ".command",
          BASE + ".domain",
          BASE + ".error",
          BASE + ".event",
          BASE + ".linking",
          BASE + ".memory",
          BASE + ".model",
          BASE + ".query",
          BASE + ".search",
          BASE + ".spi");

  @Test
  @EnabledIf("isModule")
  void the_module_exports_what_is_listed_here_and_nothing_else() {
    assertThat(exports(core())).isEqualTo(new TreeSet<>(EXPORTS));
  }

  @Test
  @EnabledIf("isModule")
  void the_module_is_open_to_nobody() {
    assertThat(core().isOpen()).isFalse();
    assertThat(core().opens()).isEmpty();
  }

  @Test
  @EnabledIf("isModule")
  void the_module_needs_the_jdk_jspecify_and_slf4j() {
    assertThat(core().requires().stream().map(ModuleDescriptor.Requires::name))
        .isSubsetOf("java.base", "org.jspecify", "org.slf4j");
  }

  @Test
  @EnabledIf("isModule")
  void every_package_that_a_rule_names_is_there() {
    assertThat(core().packages())
        .containsAll(
            ArchitectureRule.ROWS.stream()
                .flatMap(Set::stream)
                .map(name -> BASE + "." + name)
                .toList());
  }

  @Test
  void a_package_too_many_is_noticed() {
    ModuleDescriptor careless =
        ModuleDescriptor.newModule("careless")
            .exports(BASE + ".model")
            .exports(BASE + ".internal")
            .packages(Set.of(BASE + ".model", BASE + ".internal"))
            .build();

    assertThat(exports(careless)).isNotEqualTo(new TreeSet<>(EXPORTS)).contains(BASE + ".internal");
  }

  static boolean isModule() {
    return Files.exists(CLASSES.resolve("module-info.class"));
  }

  private static ModuleDescriptor core() {
    return ModuleFinder.of(CLASSES).findAll().stream()
        .map(ModuleReference::descriptor)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> exports(ModuleDescriptor module) {
    var names = new TreeSet<String>();
    module.exports().forEach(export -> names.add(export.source()));
    return names;
  }
}
