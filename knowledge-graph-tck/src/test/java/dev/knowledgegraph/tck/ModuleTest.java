package dev.knowledgegraph.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the module promises: a package listed here is a promise. */
class ModuleTest {
  private static final ModuleDescriptor MODULE =
      ModuleFinder.of(Path.of("target", "classes"))
          .find("dev.knowledgegraph.tck")
          .orElseThrow()
          .descriptor();

  @Test
  void the_module_exports_what_is_listed_here_and_nothing_else() {
    assertThat(MODULE.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder(
            "dev.knowledgegraph.tck",
            "dev.knowledgegraph.tck.cache",
            "dev.knowledgegraph.tck.fault",
            "dev.knowledgegraph.tck.kit",
            "dev.knowledgegraph.tck.publishing",
            "dev.knowledgegraph.tck.search",
            "dev.knowledgegraph.tck.storage");
  }

  @Test
  void the_module_needs_core_and_the_test_libraries() {
    assertThat(MODULE.requires())
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder(
            "java.base",
            "jdk.httpserver",
            "dev.knowledgegraph.core",
            "org.junit.jupiter.api",
            "org.junit.jupiter.params",
            "org.junit.platform.launcher",
            "org.assertj.core");
  }

  @Test
  void only_junit_may_look_inside() {
    assertThat(MODULE.opens())
        .flatExtracting(ModuleDescriptor.Opens::targets)
        .containsOnly("org.junit.platform.commons");
  }
}
