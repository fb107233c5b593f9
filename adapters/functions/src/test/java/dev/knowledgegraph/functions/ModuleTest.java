package dev.knowledgegraph.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the module promises, and what it needs. */
class ModuleTest {
  private static final String NAME = "dev.knowledgegraph.functions";
  private static final ModuleDescriptor MODULE =
      ModuleFinder.of(Path.of("target", "classes")).find(NAME).orElseThrow().descriptor();

  @Test
  void the_module_exports_what_is_listed_here_and_nothing_else() {
    assertThat(MODULE.exports()).extracting(ModuleDescriptor.Exports::source).containsOnly(NAME);
    assertThat(MODULE.opens()).isEmpty();
  }

  @Test
  void the_module_needs_core_json_resilience_and_nothing_of_aws() {
    assertThat(MODULE.requires())
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder(
            "java.base",
            "org.slf4j",
            "dev.knowledgegraph.json",
            "dev.knowledgegraph.resilience",
            "dev.knowledgegraph.core");
  }
}
