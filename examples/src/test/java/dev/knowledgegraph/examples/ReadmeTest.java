package dev.knowledgegraph.examples;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program is the one here, and it runs. */
class ReadmeTest {
  private static final String SOURCE =
      "src/test/java/" + ReadmeTest.class.getName().replace('.', '/') + ".java";

  @Test
  void the_program_runs(@TempDir Path folder) {
    embed(folder.resolve("brain"));

    try (var store = KnowledgeGraph.open(folder.resolve("brain"))) {
      assertThat(store.as(UserId.of("ada")).graph("notes").statistics().edges()).isEqualTo(1);
    }
  }

  @Test
  void the_program_is_the_one_that_is_printed() throws IOException {
    List<String> readme = Files.readAllLines(Path.of("..", "README.md"));
    List<String> printed = between(readme, "```java", "```");
    List<String> source = Files.readAllLines(Path.of(SOURCE));

    assertThat(source).contains(printed.getFirst());
    assertThat(printed.subList(2, printed.size()))
        .isEqualTo(
            between(source, "    // begin", "    // end").stream()
                .map(
                    line ->
                        line.replaceFirst("^    ", "")
                            .replace("(directory)", "(Path.of(\"brain\"))"))
                .toList());
  }

  private static List<String> between(List<String> lines, String first, String last) {
    List<String> rest = lines.subList(lines.indexOf(first) + 1, lines.size());
    return rest.subList(0, rest.indexOf(last));
  }

  private static void embed(Path directory) {
    // begin
    try (var store = KnowledgeGraph.open(directory)) {
      var notes = store.as(UserId.of("ada")).graph("notes");
      var ada = notes.add(node("Ada Lovelace").label("Person").body("Wrote the first program."));
      var engine = notes.add(node("Analytical Engine").label("Machine").tag("history"));
      notes.link(ada, "DESCRIBED", engine);
      notes.search("first program").forEach(System.out::println);
      notes.neighbors(ada).depth(2).forEach(System.out::println);
      notes.at(3).find(ada).ifPresent(System.out::println); // as it was after the third commit
    }
    // end
  }
}
