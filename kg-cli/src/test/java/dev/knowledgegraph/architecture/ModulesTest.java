package dev.knowledgegraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModulesTest {
  /** Only for tests; as automatic modules they would be part of every resolution. */
  private static final Pattern TOOLS =
      Pattern.compile(".*(archunit|assertj|jqwik|junit|opentest4j|apiguardian|surefire).*");

  @Test
  void all_modules_can_be_used_as_modules_together() {
    Path[] path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !TOOLS.matcher(Path.of(entry).getFileName().toString()).matches())
            .map(Path::of)
            .toArray(Path[]::new);
    ModuleFinder finder = ModuleFinder.of(path);
    List<String> ours =
        finder.findAll().stream()
            .map(ModuleReference::descriptor)
            .filter(module -> module.name().startsWith("dev.knowledgegraph"))
            .map(module -> module.name())
            .filter(name -> !name.endsWith(".tck"))
            .toList();

    assertThat(finder.find("info.picocli")).as("the class path is found").isPresent();
    assertThatCode(
            () -> ModuleLayer.boot().configuration().resolve(finder, ModuleFinder.of(), ours))
        .doesNotThrowAnyException();
  }
}
