package dev.knowledgegraph.io;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.PropertyValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownFormatTest {
  private static final Path DATA = Path.of("../../shared/data");
  private static final GraphId GRAPH = GraphId.of(new UUID(1, 1));

  private final MarkdownFormat format = new MarkdownFormat();
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"foam-docs, 86, 179, 2, 55", "silverbullet-docs, 225, 936, 71, 41"})
  void a_published_vault_gives_the_counted_notes_links_and_tags(
      String name, int nodes, int edges, int unresolved, int tags) throws IOException {
    CollectingSink sink = read(vault(name));

    assertThat(sink.rejected).isEmpty();
    assertThat(sink.nodes).hasSize(nodes);
    assertThat(sink.edges).hasSize(edges);
    assertThat(sink.unresolved).hasSize(unresolved);
    assertThat(
            sink.nodes.stream()
                .flatMap(node -> node.data().tags().folded().stream())
                .collect(Collectors.toSet()))
        .hasSize(tags);
  }

  @ParameterizedTest
  @CsvSource({"foam-docs", "silverbullet-docs"})
  void an_unchanged_vault_is_written_byte_for_byte(String name) throws IOException {
    Path vault = vault(name);
    CollectingSink sink = read(vault);
    var notes = new ArrayList<String>();

    write(sink, notes);

    for (NodeRecord node : sink.nodes) {
      String file = node.place().file();
      assertThat(folder.resolve(file)).hasSameBinaryContentAs(vault.resolve(file));
    }
    assertThat(notes).isEmpty();
    CollectingSink again = read(folder);
    assertThat(again.edges).hasSameSizeAs(sink.edges);
  }

  @Test
  void reading_twice_gives_the_same() throws IOException {
    note("a.md", "[[b]] [[nowhere]]");
    note("b.md", "[[a]]");

    assertThat(read(folder).edges).isEqualTo(read(folder).edges);
    assertThat(read(folder).nodes).isEqualTo(read(folder).nodes);
  }

  @Test
  void front_matter_becomes_properties_and_a_note_keeps_its_bytes() throws IOException {
    note(
        "sub/a.md",
        """
        ---
        title: The A
        tags: [One, two]
        rank: 3
        when: 2026-01-01
        ---
        # Head
        #three
        """
            .replace("\n", "\r\n"));

    NodeData data = read(folder).node("sub/a").data();

    assertThat(data.content().title()).isEqualTo("The A");
    assertThat(data.content().body()).isEqualTo("# Head\r\n#three\r\n");
    assertThat(data.tags().folded()).containsExactly("one", "three", "two");
    assertThat(data.properties().find("rank")).contains(new PropertyValue.Int(3));
    assertThat(data.properties().text("when")).contains("2026-01-01");
  }

  @Test
  void invalid_front_matter_does_not_cost_the_note() throws IOException {
    note("a.md", "---\nx: [1\ny: : :\n---\n# Head\n");

    CollectingSink sink = read(folder);

    assertThat(sink.rejected).isEmpty();
    assertThat(sink.node("a").data().content().title()).isEqualTo("Head");
    assertThat(sink.node("a").data().properties().text(MarkdownFormat.FRONT_MATTER))
        .contains("---\nx: [1\ny: : :\n---\n");
  }

  @Test
  void front_matter_that_multiplies_itself_is_kept_as_text_only() throws IOException {
    var yaml = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 25; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    note("a.md", "---\n" + yaml + "---\n");
    note("b.md", "---\na: &a [*a]\n---\n");

    CollectingSink sink = read(folder);

    assertThat(sink.node("a").data().properties().values())
        .containsOnlyKeys(MarkdownFormat.FRONT_MATTER);
    assertThat(sink.node("b").data().properties().values())
        .containsOnlyKeys(MarkdownFormat.FRONT_MATTER);
  }

  @Test
  void links_in_code_and_comments_do_not_count() throws IOException {
    note("a.md", "```\n[[b]]\n```\n`[[b]]` ``x ` [[b]]`` <!-- [[b]]\n#no --> query[[b]]\n");
    note("b.md", "");

    assertThat(read(folder).edges).isEmpty();
    assertThat(read(folder).node("a").data().tags().names()).isEmpty();
  }

  @Test
  void links_to_one_note_are_one_edge_with_their_count() throws IOException {
    note(
        "a.md",
        "---\nrelated: \"[[b]]\"\n---\n\n[[B|other]] ![[b#part]] [[a]] [[#here]] [[x.png]]");
    note("b.md", "");

    CollectingSink sink = read(folder);

    assertThat(sink.edges).hasSize(1);
    EdgeRecord edge = sink.edges.get(0);
    assertThat(edge.type()).isEqualTo(EdgeType.REFERENCE);
    assertThat(edge.properties().find("count")).contains(new PropertyValue.Int(3));
    assertThat(edge.place().line()).isEqualTo(2);
    assertThat(sink.unresolved).isEmpty();
  }

  @Test
  void a_link_finds_a_relative_path_a_suffix_an_alias_and_an_index() throws IOException {
    note("x/a.md", "[[../y/b]] [[deep/c]] [[Nick]] [[z]] [[gone]]");
    note("y/b.md", "");
    note("y/deep/c.md", "");
    note("d.md", "---\naliases:\n  - nick\n---\n");
    note("z/README.md", "");

    CollectingSink sink = read(folder);

    assertThat(sink.edges)
        .extracting(edge -> ((EndRef.ByKey) edge.target()).key().value())
        .containsExactly("y/b", "y/deep/c", "d", "z/README");
    assertThat(sink.unresolved).containsExactly("x/a.md:1:38: gone");
    assertThat(sink.node("x/a").data().properties().text(MarkdownFormat.UNRESOLVED))
        .contains("[gone]");
  }

  @Test
  void a_file_that_is_not_utf_8_is_rejected_alone() throws IOException {
    Files.write(folder.resolve("a.md"), new byte[] {(byte) 0xff, (byte) 0xfe});
    note("b.md", "[[a]]");

    CollectingSink sink = read(folder);

    assertThat(sink.rejected).singleElement().asString().startsWith("a.md:1:1: expected UTF-8");
    assertThat(sink.nodes).hasSize(1);
    assertThat(sink.unresolved).hasSize(1);
  }

  @Test
  void a_million_backticks_and_open_comments_are_read_in_no_time() throws IOException {
    note("a.md", "` `` ".repeat(200_000) + "<!-- ".repeat(200_000) + "#1".repeat(200_000));

    assertThat(read(folder).nodes).hasSize(1);
  }

  @Test
  void a_key_that_leads_out_of_the_folder_is_written_under_the_id() throws IOException {
    Path inner = folder.resolve("inner");
    var notes = new ArrayList<String>();
    Node evil = node(7, NodeData.node("x").key("../evil").body("b"));
    Node absolute = node(8, NodeData.node("x").key("/evil").body("b"));

    MarkdownFormat.write(List.of(evil, absolute)::forEach, action -> {}, inner, notes::add);

    assertThat(folder.resolve("evil.md")).doesNotExist();
    assertThat(inner.resolve(evil.id() + ".md")).exists();
    assertThat(inner.resolve(absolute.id() + ".md")).exists();
    assertThat(notes).singleElement().asString().startsWith("2 nodes are written under their ids");
  }

  @Test
  void a_symbolic_link_in_the_target_is_not_followed() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Files.createSymbolicLink(inner.resolve("out"), folder);
    List<Node> nodes = List.of(node(1, NodeData.empty().key("out/a")));

    assertThatThrownBy(() -> MarkdownFormat.write(nodes::forEach, action -> {}, inner, note -> {}))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("a.md")).doesNotExist();
  }

  @Test
  void a_changed_note_gets_new_front_matter_and_reads_the_same() throws IOException {
    note("a.md", "---\nrank: 3\n---\nText #in\n");
    NodeData changed =
        read(folder)
            .node("a")
            .data()
            .property("rank", 4)
            .tag("Out")
            .withContent(read(folder).node("a").data().content().withTitle("New: title"));
    List<Node> nodes = List.of(node(1, changed));

    MarkdownFormat.write(nodes::forEach, action -> {}, folder, note -> {});

    NodeData again = read(folder).node("a").data();
    assertThat(again.content()).isEqualTo(changed.content());
    assertThat(again.tags()).isEqualTo(changed.tags());
    assertThat(again.properties().find("rank")).contains(new PropertyValue.Int(4));
  }

  @Test
  void edges_that_no_link_says_are_noted() throws IOException {
    Node a = node(1, NodeData.empty().key("a").body("[[b]]"));
    Node b = node(2, NodeData.empty().key("b"));
    Edge said = edge(3, EdgeData.edge(a.id(), EdgeType.REFERENCE, b.id()));
    Edge unsaid = edge(4, EdgeData.edge(b.id(), EdgeType.CAUSAL, a.id()));
    var notes = new ArrayList<String>();

    MarkdownFormat.write(
        List.of(a, b)::forEach, List.of(said, unsaid)::forEach, folder, notes::add);

    assertThat(notes)
        .containsExactly("1 edges of type CAUSAL are left out: no link in a note says them");
  }

  @Test
  void a_folder_with_a_note_is_recognized() throws IOException {
    assertThat(format.recognizes(folder, new byte[0])).isFalse();
    note("x/a.md", "");
    assertThat(format.recognizes(folder, new byte[0])).isTrue();
    assertThat(format.name()).isEqualTo("markdown");
  }

  private static Path vault(String name) {
    Path vault = DATA.resolve("vaults").resolve(name);
    assumeTrue(Files.isDirectory(vault), "the test data are absent: " + vault);
    return vault;
  }

  private CollectingSink read(Path source) throws IOException {
    var sink = new CollectingSink();
    format.read(source, ImportOptions.defaults(), sink);
    return sink;
  }

  private void note(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(CollectingSink sink, List<String> notes) throws IOException {
    var ids = new HashMap<String, NodeId>();
    var nodes = new ArrayList<Node>();
    for (NodeRecord node : sink.nodes) {
      Node made = node(nodes.size() + 1, node.data());
      nodes.add(made);
      ids.put(made.key().orElseThrow().value(), made.id());
    }
    var edges = new ArrayList<Edge>();
    for (EdgeRecord edge : sink.edges) {
      edges.add(
          edge(
              edges.size() + 1,
              EdgeData.edge(
                  requireNonNull(ids.get(((EndRef.ByKey) edge.source()).key().value())),
                  edge.type(),
                  requireNonNull(ids.get(((EndRef.ByKey) edge.target()).key().value())))));
    }
    MarkdownFormat.write(nodes::forEach, edges::forEach, folder, notes::add);
  }

  private static Node node(long number, NodeData data) {
    return new Node(
        NodeId.of(new UUID(2, number)), GRAPH, data, List.of(), Instant.EPOCH, Instant.EPOCH, 1);
  }

  private static Edge edge(long number, EdgeData data) {
    return new Edge(EdgeId.of(new UUID(3, number)), GRAPH, data, Instant.EPOCH, Instant.EPOCH, 1);
  }
}
