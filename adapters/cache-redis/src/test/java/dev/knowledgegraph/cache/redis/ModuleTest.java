package dev.knowledgegraph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the module promises, and what it needs. */
class ModuleTest {
  private static final String NAME = "dev.knowledgegraph.cache.redis";
  private static final ModuleDescriptor MODULE =
      ModuleFinder.of(Path.of("target", "classes")).find(NAME).orElseThrow().descriptor();

  @Test
  void the_module_exports_what_is_listed_here_and_nothing_else() {
    assertThat(MODULE.exports()).extracting(ModuleDescriptor.Exports::source).containsOnly(NAME);
    assertThat(MODULE.opens()).isEmpty();
  }

  @Test
  void the_module_needs_core_resilience_and_jedis() {
    assertThat(MODULE.requires())
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrder(
            "java.base",
            "dev.knowledgegraph.core",
            "dev.knowledgegraph.resilience",
            "redis.clients.jedis",
            "org.apache.commons.pool2");
  }

  @Test
  void all_that_it_needs_is_found_as_a_module() {
    var path =
        ModuleFinder.of(
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.endsWith("test-classes"))
                .toArray(Path[]::new));

    var modules =
        ModuleLayer.boot()
            .configuration()
            .resolve(path, ModuleFinder.of(), List.of(NAME))
            .modules();

    assertThat(modules).extracting(module -> module.name()).contains(NAME, "redis.clients.jedis");
  }
}
