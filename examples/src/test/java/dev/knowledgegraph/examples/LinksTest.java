package dev.knowledgegraph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents point at is there. */
class LinksTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)(?:#[^)]*)?\\)");

  @Test
  void every_link_from_a_document_leads_to_a_file() throws IOException {
    var documents = new ArrayList<Path>();
    try (var top = Files.list(ROOT);
        var docs = Files.walk(ROOT.resolve("docs"))) {
      Stream.concat(top, docs).filter(LinksTest::isDocument).forEach(documents::add);
    }

    assertThat(documents).hasSizeGreaterThan(10);
    for (Path document : documents) {
      assertThat(broken(document)).as("links of %s", document).isEmpty();
    }
  }

  @Test
  void a_link_to_nowhere_is_found(@TempDir Path folder) throws IOException {
    Path document = folder.resolve("guide.md");
    Files.writeString(
        document,
        "[here](guide.md#top), [there](https://example.org), [`nowhere`](gone.md), `[code](x.md)`");

    assertThat(broken(document)).containsExactly("gone.md");
  }

  private static boolean isDocument(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".md") && !name.equals("template.md");
  }

  private static List<String> broken(Path document) throws IOException {
    return LINK.matcher(CODE.matcher(Files.readString(document)).replaceAll("code"))
        .results()
        .map((MatchResult link) -> link.group(1))
        .filter(target -> !target.contains("://") && !target.startsWith("mailto:"))
        .filter(target -> !Files.exists(document.resolveSibling(target)))
        .toList();
  }
}
