package dev.knowledgegraph.tck.storage;

import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.spi.EdgeShape;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Law 6 of {@link dev.knowledgegraph.spi.GraphReader}: texts come back as they were written, and
 * are the same only code point by code point.
 */
public abstract class IdentifierContract extends StorageContract {
  /** Alike for a person or a careless collation, and not the same. */
  private static final List<String> ALIKE =
      List.of(
          "key",
          "Key",
          "KEY",
          "key ",
          " key",
          "k\u0435y",
          "caf\u00e9",
          "cafe\u0301",
          "CAF\u00c9",
          "stra\u00dfe",
          "strasse",
          "i",
          "\u0130",
          "\u0131",
          "fi",
          "\ufb01",
          "1",
          "01",
          "1.0",
          "%",
          "_",
          "'",
          "\"",
          "\\",
          "--",
          "; DROP TABLE node",
          "null",
          "\u200b",
          "\ufeffkey",
          "\uff5e",
          "\ud83d\ude00",
          "\ud83d\ude00\u200d\ud83d\ude80",
          "\ud83d\ude80");

  private static final Page.Request EVERYTHING = new Page.Request(Page.MAX_SIZE, null);

  /** A suite for stores of such a fixture. */
  protected IdentifierContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void keys_and_titles_that_look_alike_stay_distinct() {
    append(scribe.create("notes"));
    for (int i = 0; i < ALIKE.size(); i++) {
      append(scribe.node(i, NodeData.node(ALIKE.get(i)).key(ALIKE.get(i))));
    }

    var keys = ALIKE.stream().map(NodeKey::of).toList();
    assertThat(storage.nodesByKey(ref, keys, NOW)).hasSize(ALIKE.size());
    for (int i = 0; i < ALIKE.size(); i++) {
      var text = ALIKE.get(i);
      assertThat(storage.nodesByKey(ref, List.of(keys.get(i)), NOW).values())
          .as(text)
          .extracting(Node::id, Node::title)
          .containsExactly(org.assertj.core.api.Assertions.tuple(nodeId(i), text));
      assertThat(storage.nodesByTitle(ref, text, 5, NOW))
          .as(text)
          .extracting(Node::id)
          .containsExactly(nodeId(i));
    }
  }

  @Test
  void labels_and_types_that_look_alike_stay_distinct() {
    append(scribe.create("notes"));
    for (int i = 0; i < ALIKE.size(); i++) {
      var type = EdgeType.of(ALIKE.get(i));
      append(
          scribe.node(i, NodeData.empty().withLabels(Labels.of(ALIKE.get(i)))),
          scribe.edge(i, EdgeData.edge(nodeId(i), type, nodeId(0))));
    }

    var counts = storage.counts(ref, NOW);
    assertThat(counts.labels().keySet()).containsExactlyInAnyOrderElementsOf(ALIKE);
    assertThat(counts.types().keySet()).containsExactlyInAnyOrderElementsOf(ALIKE);
    for (int i = 0; i < ALIKE.size(); i++) {
      var labeled = NodeFilter.all().withLabels(List.of(ALIKE.get(i)));
      var typed =
          new EdgeFilter(null, EdgeFilter.all().direction(), List.of(EdgeType.of(ALIKE.get(i))));
      assertThat(storage.listNodes(ref, labeled, NodeSort.created(), EVERYTHING, NOW).items())
          .extracting(Node::id)
          .containsExactly(nodeId(i));
      assertThat(storage.listEdges(ref, typed, EVERYTHING, NOW).items())
          .extracting(Edge::source)
          .containsExactly(nodeId(i));
    }
  }

  @Test
  void discriminators_that_look_alike_stay_distinct() {
    append(scribe.create("notes"), scribe.node(1, ""), scribe.node(2, ""));
    var edge = EdgeData.edge(nodeId(1), EdgeType.RELATED, nodeId(2));
    for (int i = 0; i < ALIKE.size(); i++) {
      append(scribe.edge(i, edge.withDiscriminator(Discriminator.of(ALIKE.get(i)))));
    }

    var shape = new EdgeShape(nodeId(1), EdgeType.RELATED, nodeId(2));
    assertThat(storage.edgesOfShape(ref, List.of(shape), NOW))
        .extracting(found -> found.data().discriminator().value())
        .containsExactlyInAnyOrderElementsOf(ALIKE);
  }

  @Test
  void owners_and_graph_names_that_look_alike_stay_distinct() {
    var owners = ALIKE.stream().toList();
    for (int i = 0; i < owners.size(); i++) {
      append(new Scribe(owners.get(i), 100 + i).create("notes"));
      append(new Scribe("ada", 200 + i).create(ALIKE.get(i)));
    }

    for (int i = 0; i < owners.size(); i++) {
      var owner = dev.knowledgegraph.model.UserId.of(owners.get(i));
      assertThat(storage.graphs(owner))
          .extracting(Graph::id)
          .containsExactly(Scribe.graphId(100 + i));
      assertThat(storage.findGraph(ref.owner(), ALIKE.get(i)))
          .map(Graph::id)
          .contains(Scribe.graphId(200 + i));
    }
  }

  @Test
  void ids_of_any_bits_are_kept_and_nearly_equal_ones_stay_distinct() {
    var bits = new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x80, 0xff00L << 48};
    var ids =
        IntStream.range(0, bits.length * bits.length)
            .mapToObj(i -> new UUID(bits[i / bits.length], bits[i % bits.length]))
            .toList();
    append(scribe.create("notes"));
    for (UUID id : ids) {
      append(
          scribe.write(new AddNode(ref.id(), NodeId.of(id), NodeData.node(id.toString()))),
          scribe.write(
              new AddEdge(
                  ref.id(),
                  EdgeId.of(id),
                  EdgeData.edge(NodeId.of(id), EdgeType.RELATED, NodeId.of(id)))));
    }

    var nodes = storage.nodes(ref, ids.stream().map(NodeId::of).toList(), NOW);
    var edges = storage.edges(ref, ids.stream().map(EdgeId::of).toList(), NOW);
    for (UUID id : ids) {
      assertThat(nodes.get(NodeId.of(id))).extracting(Node::title).isEqualTo(id.toString());
      assertThat(edges.get(EdgeId.of(id))).extracting(Edge::source).isEqualTo(NodeId.of(id));
      assertThat(storage.degree(ref, NodeId.of(id), NOW)).isEqualTo(2);
    }
  }

  @Test
  void names_are_ordered_by_code_point() {
    append(scribe.create("notes"));
    var ordered = List.of("A", "a", "\u00e9", "\uff5e", "\ud83d\ude00");
    for (int i = ordered.size() - 1; i >= 0; i--) {
      append(scribe.node(i, ordered.get(i)));
    }

    var byTitle = new NodeSort(NodeSort.By.TITLE, false);
    assertThat(storage.listNodes(ref, NodeFilter.all(), byTitle, EVERYTHING, NOW).items())
        .extracting(Node::title)
        .containsExactlyElementsOf(ordered);
  }

  /** Among the ids are the first and the last as bytes, and as numbers with a sign. */
  @Test
  void ids_that_were_used_are_told_from_others_above_and_below() {
    var ids =
        Stream.of("00000000", "3fffffff", "7fffffff", "80000000", "bfffffff", "ffffffff")
            .flatMap(
                high ->
                    Stream.of("8000-000000000000", "bfff-ffffffffffff")
                        .map(low -> UUID.fromString(high + "-0000-7000-" + low)))
            .toList();
    append(scribe.create("notes"), scribe.node(1, "Ada"));
    for (int at : new int[] {5, 2, 8, 10}) {
      UUID id = ids.get(at);
      var loop = EdgeData.edge(nodeId(1), EdgeType.of("t" + at), nodeId(1));
      append(
          scribe.write(new AddNode(ref.id(), NodeId.of(id), NodeData.empty())),
          scribe.write(new AddEdge(ref.id(), EdgeId.of(id), loop)));
    }

    var used = List.of(ids.get(2), ids.get(5), ids.get(8), ids.get(10));
    for (int from = 0; from < ids.size(); from++) {
      for (int to = from + 1; to <= ids.size(); to++) {
        var asked = ids.subList(from, to);
        var told = used.stream().filter(asked::contains).toList();
        assertThat(storage.usedNodeIds(ref, asked.stream().map(NodeId::of).toList()))
            .containsExactlyInAnyOrderElementsOf(told.stream().map(NodeId::of).toList());
        assertThat(storage.usedEdgeIds(ref, asked.stream().map(EdgeId::of).toList()))
            .containsExactlyInAnyOrderElementsOf(told.stream().map(EdgeId::of).toList());
      }
    }
  }
}
