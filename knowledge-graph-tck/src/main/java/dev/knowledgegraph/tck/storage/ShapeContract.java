package dev.knowledgegraph.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.GraphQuery.FindAllShortestPaths;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.GraphQuery.FindPath;
import dev.knowledgegraph.query.GraphQuery.FindSubgraph;
import dev.knowledgegraph.query.Views.Route;
import dev.knowledgegraph.query.Views.Subgraph;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.ShapeSink;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.GraphSamples;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.Seeds;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Law 12 of {@link dev.knowledgegraph.spi.GraphReader}, and what rests on it: along arrays every
 * question is answered as along the storage, at every moment and however the arrays came to be. The
 * system property {@value #SEQUENCES} says how many sequences of commands.
 */
public abstract class ShapeContract extends StorageContract {
  /** The system property. */
  public static final String SEQUENCES = "kg.shape.sequences";

  private static final int STEPS = 40;
  private static final int ALL_NODES = 1_000;
  private static final long MEMORY = 1L << 30;
  private static final List<NodeId> NODES =
      LongStream.rangeClosed(1, RandomCommands.NODES).mapToObj(Scribe::nodeId).toList();

  /** A suite for stores of such a fixture. */
  protected ShapeContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void the_shape_is_that_of_all_nodes_and_edges_at_every_moment() {
    for (Commit commit : GraphSamples.life(scribe)) {
      append(commit);
    }
    for (long at = 0; at <= scribe.head(); at++) {
      assertThat(shapeOf(storage, ref, at)).as("as of %s", at).isEqualTo(elements(ref, at));
    }
    assertThat(shapeOf(storage, ref, NOW)).isEqualTo(elements(ref, NOW)).isNotEmpty();
  }

  @Test
  void the_shape_of_another_owners_graph_is_empty() {
    storage.append(GraphSamples.triangle(scribe));
    assertThat(shapeOf(storage, new Scribe("eve", 1).ref(), NOW)).isEmpty();
    assertThat(shapeOf(storage, ref, NOW)).isNotEmpty();
  }

  @Test
  void arrays_that_follow_random_commands_answer_as_the_storage_does() {
    long first = Seeds.seed("shape");
    int sequences = Integer.getInteger(SEQUENCES, 100);
    var walked = over(0);
    var arrays = over(MEMORY);
    int patched = 0;
    for (long seed = first; seed < first + sequences; seed++) {
      var random = new Random(seed);
      var commands = new RandomCommands(seed, seed - first + 1);
      for (var step : commands.take(STEPS)) {
        arrays.commands().send(step.caller(), step.command(), step.options());
        for (GraphRef graph : commands.graphs()) {
          if (!isThere(graph) || random.nextInt(3) > 0) {
            continue;
          }
          var view = arrays.as(graph.owner()).graph(graph.id());
          view.shape();
          patched++;
          requireSame(view, walked.as(graph.owner()).graph(graph.id()), random, seed);
        }
      }
      for (GraphRef graph : commands.graphs()) {
        if (isThere(graph)) {
          long at = 1 + random.nextLong(storage.head(graph).sequence());
          requireSame(
              arrays.as(graph.owner()).graph(graph.id()).at(at),
              walked.as(graph.owner()).graph(graph.id()).at(at),
              random,
              seed);
        }
      }
    }
    assertThat(patched).isGreaterThan(sequences);
  }

  private boolean isThere(GraphRef graph) {
    return storage.findGraph(graph.id()).filter(found -> found.ref().equals(graph)).isPresent();
  }

  private KnowledgeGraph over(long memory) {
    return KnowledgeGraph.builder()
        .storage(storage)
        .clock(new ManualClock())
        .adjacencyMemory(memory)
        .build();
  }

  private static void requireSame(GraphView arrays, GraphView walked, Random random, long seed) {
    var one = NODES.get(random.nextInt(NODES.size()));
    var other = NODES.get(random.nextInt(NODES.size()));
    var direction = List.of(Direction.values()).get(random.nextInt(3));
    var types =
        random.nextBoolean() ? Set.<EdgeType>of() : Set.of(EdgeType.RELATED, EdgeType.of("drew"));
    var about =
        "%s from %s to %s, %s, again with -D%s=%d -D%s=1"
            .formatted(direction, one, other, types, Seeds.PROPERTY, seed, SEQUENCES);
    var shape = arrays.shape();
    assertThat(shape.position()).as(about).isEqualTo(arrays.position());
    assertThat(shape.nodes()).as(about).isEqualTo(walked.statistics().nodes());
    assertThat(shape.edges()).as(about).isEqualTo(walked.statistics().edges());
    assertThat(shape.contains(one)).as(about).isEqualTo(walked.find(one).isPresent());
    if (!shape.contains(one) || !shape.contains(other)) {
      return;
    }
    int depth = 1 + random.nextInt(3);
    var near = new FindNeighbors(arrays.id(), one, depth, direction, types, ALL_NODES);
    assertThat(arrays.ask(near)).as(about).isEqualTo(walked.ask(near));
    assertThat(within(arrays, one, depth, direction, types))
        .as(about)
        .isEqualTo(within(walked, near));
    var part = new FindSubgraph(arrays.id(), List.of(one, other), 1, types, ALL_NODES);
    assertThat(sorted(arrays.ask(part))).as(about).isEqualTo(sorted(walked.ask(part)));
    var all = new FindAllShortestPaths(arrays.id(), one, other, direction, types, 50);
    assertThat(arrays.ask(all)).as(about).isEqualTo(walked.ask(all));
    for (boolean weighted : new boolean[] {false, true}) {
      var path = new FindPath(arrays.id(), one, other, direction, types, weighted, 4);
      requireAsGood(outcome(arrays, path), outcome(walked, path), weighted, about);
    }
  }

  private static Map<NodeId, Integer> within(
      GraphView view, NodeId node, int depth, Direction direction, Set<EdgeType> types) {
    var distances = new HashMap<NodeId, Integer>();
    view.shape().within(node, depth, direction, types, distances::put);
    assertThat(view.shape().countWithin(node, depth, direction, types.toArray(EdgeType[]::new)))
        .isEqualTo(distances.size());
    return distances;
  }

  private static Map<NodeId, Integer> within(GraphView view, FindNeighbors query) {
    var distances = new HashMap<NodeId, Integer>();
    view.ask(query)
        .neighbors()
        .forEach(neighbor -> distances.put(neighbor.node().id(), neighbor.distance()));
    return distances;
  }

  private static Subgraph sorted(Subgraph subgraph) {
    var edges = new ArrayList<>(subgraph.edges());
    edges.sort(Comparator.comparing(Edge::id));
    return new Subgraph(subgraph.nodes(), edges, subgraph.complete());
  }

  /** A path, none, or the refusal of a negative weight. */
  private static Object outcome(GraphView view, FindPath query) {
    try {
      return view.ask(query);
    } catch (RejectedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  // Which of several paths that are equally good is shown is not said.
  private static void requireAsGood(Object arrays, Object walked, boolean weighted, String about) {
    if (arrays instanceof Optional<?> mine && walked instanceof Optional<?> theirs) {
      assertThat(mine.isPresent()).as(about).isEqualTo(theirs.isPresent());
      if (mine.isPresent()
          && mine.get() instanceof Route one
          && theirs.get() instanceof Route other) {
        assertThat(one.edges()).as(about).hasSize(one.nodes().size() - 1);
        if (weighted) {
          assertThat(one.weight()).as(about).isCloseTo(other.weight(), Offset.offset(1e-9));
        } else {
          assertThat(one.hops()).as(about).isEqualTo(other.hops());
        }
      }
    } else if (!weighted) {
      assertThat(arrays).as(about).isEqualTo(walked);
    }
  }

  private List<String> elements(GraphRef graph, long at) {
    var elements = new ArrayList<String>();
    storage.forEachNode(graph, at, (Node node) -> elements.add(node.id().toString()));
    storage.forEachEdge(
        graph,
        at,
        edge ->
            elements.add(
                text(edge.source(), edge.target(), edge.type(), edge.directed(), edge.weight())));
    return elements.stream().sorted().toList();
  }

  private static List<String> shapeOf(Storage storage, GraphRef graph, long at) {
    var elements = new ArrayList<String>();
    var ids = new HashMap<Integer, NodeId>();
    storage.readShape(
        graph,
        at,
        new ShapeSink() {
          @Override
          public void node(int number, NodeId id) {
            assertThat(ids.put(number, id)).isNull();
            elements.add(id.toString());
          }

          @Override
          public void edge(int source, int target, EdgeType type, boolean directed, double weight) {
            elements.add(text(end(source), end(target), type, directed, weight));
          }

          private NodeId end(int number) {
            return Objects.requireNonNull(ids.get(number), "an end that is no node");
          }
        });
    return elements.stream().sorted().toList();
  }

  private static String text(
      NodeId source, NodeId target, EdgeType type, boolean directed, double weight) {
    return source + " " + type.name() + " " + target + " " + directed + " " + weight;
  }
}
