package dev.knowledgegraph.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Scripts run as they stand, with the {@code kg} of this build. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ScriptsTest {
  private static final Path SCRIPTS = Path.of("scripts").toAbsolutePath();

  @TempDir Path folder;

  @BeforeEach
  void install() throws IOException {
    Path kg = Files.createDirectories(folder.resolve("bin")).resolve("kg");
    Files.writeString(
        kg,
        """
        #!/usr/bin/env bash
        exec "%s" --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -cp "%s" dev.knowledgegraph.cli.Kg "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    assertThat(kg.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void a_reading_list_is_kept_in_batches_and_exported() throws Exception {
    Path home = folder.resolve("home");

    String printed = run("reading-list.sh", home.toString());

    assertThat(printed)
        .contains("Notes on the Analytical Engine")
        .endsWith("exported to " + home + System.lineSeparator());
    assertThat(home.resolve("reading.jsonl"))
        .content()
        .contains("Ada Lovelace")
        .contains("WROTE")
        .containsOnlyOnce("\"notes\"");
    assertThat(home.resolve("vault.graphml")).content().contains("Graph Visualization");
  }

  @Test
  void the_tour_shows_each_command_and_what_it_prints() throws Exception {
    assertThat(run("tour.sh"))
        .contains("$ kg search \"turn notes into a website\" --limit 3", "Publish", "2 hops")
        .contains("no node has the key, id or title \"Graph Visualisation\"");
  }

  private String run(String script, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("bash", SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    var path = folder.resolve("bin") + File.pathSeparator + System.getenv("PATH");
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
