package dev.knowledgegraph.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotesTest {
  @TempDir Path folder;

  @Test
  void the_program_prints_what_it_finds_now_and_what_there_was() {
    var printed = new ByteArrayOutputStream();

    Notes.run(folder.resolve("notes"), new PrintStream(printed, true, UTF_8));

    assertThat(printed.toString(UTF_8).lines())
        .containsExactly(
            "Around Ada today:",
            "  1  Analytical Engine, never built",
            "And as of commit 6:",
            "  1  Analytical Engine",
            "  2  Charles Babbage",
            "What became of the engine:",
            "  3  node.added",
            "  7  node.content-changed");
  }

  @Test
  void the_program_finds_a_directory_by_itself() throws Exception {
    Notes.main(new String[] {folder.resolve("given").toString()});

    assertThat(folder.resolve("given/events.db")).exists();
  }
}
