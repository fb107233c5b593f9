package dev.knowledgegraph.tck.storage;

import static dev.knowledgegraph.tck.Scribe.categoryId;
import static dev.knowledgegraph.tck.Scribe.edgeId;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.Batch;
import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.CommandResult.Accepted;
import dev.knowledgegraph.command.CommandResult.Rejected;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import dev.knowledgegraph.tck.Together;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Laws 5 and 8 of {@link dev.knowledgegraph.spi.GraphReader}, the largest and the most; and limits
 * of a policy, which hold whoever races.
 */
public abstract class LimitContract extends StorageContract {
  private static final int THREADS = 8;

  /** Two UTF-16 units and four UTF-8 bytes: the longest code point there is. */
  private static final String LONG = "\ud83d\ude00";

  /** A suite for stores of such a fixture. */
  protected LimitContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void the_longest_of_everything_comes_back_as_it_was() {
    var longest = new Scribe(LONG.repeat(128), 2);
    var graph = longest.ref().id();
    var node =
        NodeData.empty()
            .withContent(new Content(text(1_000), text(1_000_000), ContentFormat.MARKDOWN))
            .withKey(dev.knowledgegraph.model.NodeKey.of(text(512)))
            .withLabels(Labels.of(numbered(32, 100)))
            .withTags(Tags.of(numbered(1_000, 200)))
            .withSource(text(1_000))
            .withProperties(Properties.none().with(text(200), text(10_000)));
    var edge =
        EdgeData.edge(nodeId(1), EdgeType.of(text(100)), nodeId(1))
            .withDiscriminator(Discriminator.of(text(200)))
            .withLabel(text(100))
            .withProvenance(new Provenance(Origin.AUTOMATIC, text(100), 1, text(1_000)));
    append(
        longest.write(
            new CreateGraph(graph, GraphData.named(text(200)).withDescription(text(1_000)))),
        longest.write(
            new AddCategory(
                graph,
                categoryId(1),
                new CategoryData(text(100), text(500), null, "#AABBCC", text(50)))),
        longest.write(
            new AddNode(graph, nodeId(1), node),
            CommandOptions.none().withIdempotencyKey("k".repeat(200))),
        longest.write(new AddEdge(graph, edgeId(1), edge)));

    assertThat(storage.nodes(longest.ref(), List.of(nodeId(1)), NOW).get(nodeId(1)))
        .extracting(found -> found.data())
        .isEqualTo(node);
    assertThat(storage.edges(longest.ref(), List.of(edgeId(1)), NOW).get(edgeId(1)))
        .extracting(found -> found.data())
        .isEqualTo(edge);
    assertThat(storage.findGraph(longest.ref().owner(), text(200))).isPresent();
    assertThat(storage.categories(longest.ref(), NOW)).hasSize(1);
    assertThat(storage.findReceipt(longest.ref(), "k".repeat(200), Scribe.day(0))).isPresent();
    assertThat(storage.counts(longest.ref(), NOW).tags()).hasSize(1_000);
  }

  @Test
  void the_extremes_of_every_kind_of_property_come_back_as_they_were() {
    Object deep = "deep";
    for (int depth = 1; depth < PropertyValue.MAX_DEPTH; depth++) {
      deep = List.of(deep);
    }
    var properties = Properties.none().with("deep", deep).with("empty list", List.of());
    var values =
        List.<Object>of(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            (1L << 53) + 1,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            1.0,
            0.1,
            "",
            "1",
            "true",
            "\u0000",
            Instant.parse("-1000-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999999999Z"),
            LocalDate.parse("0001-01-01"),
            LocalDate.parse("9999-12-31"));
    for (int i = 0; i < values.size(); i++) {
      properties = properties.with("p" + i, values.get(i));
    }
    append(scribe.create("notes"), scribe.node(1, NodeData.empty().withProperties(properties)));

    assertThat(storage.nodes(ref, List.of(nodeId(1)), NOW).get(nodeId(1)))
        .extracting(node -> node.properties())
        .isEqualTo(properties);
  }

  @Test
  void collections_of_any_size_are_answered() {
    int many = 5_000;
    append(
        scribe.create("notes"),
        scribe.write(
            new Batch(
                ref.id(),
                IntStream.range(0, many)
                    .<GraphCommand>mapToObj(
                        i -> new AddNode(ref.id(), nodeId(i), NodeData.empty().key("k" + i)))
                    .toList(),
                true)));

    var ids = LongStream.range(0, 2L * many).mapToObj(Scribe::nodeId).toList();
    var keys =
        IntStream.range(0, 2 * many)
            .mapToObj(i -> dev.knowledgegraph.model.NodeKey.of("k" + i))
            .toList();
    assertThat(storage.nodes(ref, ids, NOW)).hasSize(many);
    assertThat(storage.nodesByKey(ref, keys, NOW)).hasSize(many);
    assertThat(storage.usedNodeIds(ref, ids)).hasSize(many);
    assertThat(
            storage.edgesOf(
                ref, ids, dev.knowledgegraph.model.Direction.BOTH, List.<EdgeType>of(), NOW))
        .isEmpty();
  }

  @Test
  void a_limit_on_nodes_holds_while_many_add() {
    create(policy(10, 10, 10));
    var buses = List.of(engine(storage), engine(storage));
    var results =
        Together.run(
            THREADS,
            i ->
                () ->
                    IntStream.range(0, 4)
                        .mapToObj(n -> 10L * (i + 1) + n)
                        .map(n -> send(buses.get(i % 2), addNode(n)))
                        .toList());

    assertThat(results.stream().flatMap(List::stream))
        .filteredOn(Accepted.class::isInstance)
        .hasSize(10);
    assertThat(storage.counts(ref, NOW).nodes()).isEqualTo(10);
  }

  @Test
  void a_limit_on_edges_of_a_node_holds_while_many_add() {
    create(policy(10, 100, 5));
    var buses = List.of(engine(storage), engine(storage));
    send(buses.getFirst(), addNode(1)).orThrow();
    send(buses.getFirst(), addNode(2)).orThrow();
    var results = Together.run(THREADS, i -> () -> send(buses.get(i % 2), addEdge(i + 1, "d" + i)));

    assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(5);
    assertThat(storage.degree(ref, nodeId(1), NOW)).isEqualTo(5);
  }

  @Test
  void what_goes_beyond_a_limit_is_refused_before_anything_is_written() {
    create(policy(2, 10, 10));
    var bus = engine(storage);
    send(bus, addNode(1)).orThrow();
    var before = answers(NOW);
    var batch = new Batch(ref.id(), List.of(addNode(2), addNode(3)), true);

    assertThat(send(bus, batch))
        .isEqualTo(
            new Rejected(
                new Rejection.ItemRejected(1, new Rejection.LimitExceeded("nodes", 2, 3))));
    assertThat(Answers.of(storage, ref, NOW).differenceFrom(before)).isEmpty();
    assertThat(log()).hasSize(2);
  }

  private void create(Policy policy) {
    append(scribe.write(new CreateGraph(ref.id(), GraphData.named("limited").withPolicy(policy))));
  }

  private AddNode addNode(long number) {
    return new AddNode(ref.id(), nodeId(number), NodeData.empty());
  }

  private AddEdge addEdge(long number, String discriminator) {
    NodeId source = nodeId(1);
    return new AddEdge(
        ref.id(),
        edgeId(number),
        EdgeData.edge(source, EdgeType.RELATED, nodeId(2))
            .withDiscriminator(Discriminator.of(discriminator)));
  }

  private CommandResult send(KnowledgeGraph graph, GraphCommand command) {
    while (true) {
      try {
        return graph.commands().send(ref.owner(), command, CommandOptions.none());
      } catch (ConflictException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static Policy policy(long nodes, long edges, int degree) {
    var open = Policy.open();
    return new Policy(
        "small",
        nodes,
        edges,
        degree,
        false,
        open.maxTitle(),
        open.maxBody(),
        false,
        true,
        true,
        open.minWeight(),
        open.maxWeight(),
        open.maxTags(),
        open.maxTagLength(),
        open.maxCoordinate(),
        false);
  }

  private static String text(int codePoints) {
    return LONG.repeat(codePoints);
  }

  private static List<String> numbered(int count, int codePoints) {
    return IntStream.range(0, count).mapToObj(i -> text(codePoints - 4) + (1_000 + i)).toList();
  }
}
