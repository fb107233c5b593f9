package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.NodeEvent;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Makes commits of one graph that follow each other, as an engine would. */
final class Commits {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final Random random;
  final GraphRef graph;
  final Map<NodeId, Node> nodes = new LinkedHashMap<>();
  final Map<EdgeId, Edge> edges = new LinkedHashMap<>();
  final List<NodeId> everyNode = new ArrayList<>();
  final List<EdgeId> everyEdge = new ArrayList<>();
  final List<Category> categories = new ArrayList<>();
  long sequence;
  private Graph settings;

  Commits(long seed, String owner) {
    random = new Random(seed);
    graph = new GraphRef(UserId.of(owner), GraphId.of(uuid()));
    settings =
        new Graph(graph.id(), graph.owner(), GraphData.named("graph"), false, START, START, 1);
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  Instant time(long at) {
    return START.plusNanos(at * 1_000);
  }

  Commit create() {
    return commit(List.of(new Change.GraphChange(null, settings)));
  }

  Commit commit(List<? extends Change> changes) {
    return commit(changes, List.of(new NodeEvent.NodeRemoved(NodeId.of(uuid()))));
  }

  private Commit commit(List<? extends Change> changes, List<? extends GraphEvent> events) {
    long expected = sequence++;
    for (Change change : changes) {
      switch (change) {
        case Change.NodeChange n -> {
          if (n.after() != null) {
            nodes.put(n.after().id(), n.after());
          } else if (n.before() != null) {
            nodes.remove(n.before().id());
          }
        }
        case Change.EdgeChange e -> {
          if (e.after() != null) {
            edges.put(e.after().id(), e.after());
          } else if (e.before() != null) {
            edges.remove(e.before().id());
          }
        }
        case Change.NodePassed n -> {}
        case Change.EdgePassed e -> {}
        case Change.GraphChange g -> {}
        case Change.CategoryChange c -> {}
      }
    }
    return new Commit(
        graph,
        expected,
        new Committed(
            new Position(graph.id(), sequence),
            time(sequence),
            graph.owner(),
            "command-" + sequence,
            "",
            "",
            List.copyOf(events)),
        List.copyOf(changes),
        new GraphHead(
            sequence,
            time(sequence),
            nodes.size(),
            edges.size(),
            new Fingerprint(sequence, 2, 3, 4)),
        new Receipt("key-" + sequence, "hash", sequence, 1, time(sequence)));
  }

  Node newNode(NodeData data) {
    var id = NodeId.of(uuid());
    everyNode.add(id);
    return new Node(id, graph.id(), data, List.of(), time(sequence + 1), time(sequence + 1), 1);
  }

  Edge newEdge(EdgeData data) {
    var id = EdgeId.of(uuid());
    everyEdge.add(id);
    return new Edge(id, graph.id(), data, time(sequence + 1), time(sequence + 1), 1);
  }

  Commit add(Node... added) {
    var changes = new ArrayList<Change>();
    for (Node node : added) {
      changes.add(new Change.NodeChange(null, node));
    }
    return commit(changes);
  }

  /** Some changes of any kind. */
  Commit next() {
    var changes = new ArrayList<Change>();
    if (random.nextInt(10) == 0) {
      var changed =
          new Graph(
              graph.id(),
              graph.owner(),
              settings.data().withDescription("at " + sequence),
              random.nextBoolean(),
              START,
              time(sequence + 1),
              settings.version() + 1);
      changes.add(new Change.GraphChange(settings, changed));
      settings = changed;
    }
    if (random.nextInt(8) == 0) {
      var category =
          new Category(
              CategoryId.of(uuid()),
              graph.id(),
              CategoryData.of("category " + random.nextInt(9)),
              time(sequence + 1),
              time(sequence + 1),
              1);
      categories.add(category);
      changes.add(new Change.CategoryChange(null, category));
    }
    var live = new LinkedHashMap<>(nodes);
    var liveEdges = new LinkedHashMap<>(edges);
    var touched = new ArrayList<Change>();
    for (Node node : List.copyOf(live.values())) {
      int dice = random.nextInt(20);
      if (dice == 0) {
        live.remove(node.id());
        changes.add(new Change.NodeChange(node, null));
        for (Edge edge : List.copyOf(liveEdges.values())) {
          if (edge.source().equals(node.id()) || edge.target().equals(node.id())) {
            liveEdges.remove(edge.id());
            touched.add(new Change.EdgeChange(edge, null));
          }
        }
      } else if (dice == 1) {
        var changed =
            new Node(
                node.id(),
                node.graph(),
                data(node.id().toString()),
                categories.isEmpty()
                    ? List.of()
                    : List.of(
                        new Categorization(
                            categories.get(random.nextInt(categories.size())).id(),
                            0.5,
                            Origin.MANUAL)),
                node.created(),
                time(sequence + 1),
                node.version() + 1);
        live.put(node.id(), changed);
        changes.add(new Change.NodeChange(node, changed));
      }
    }
    for (int i = random.nextInt(4); i >= 0; i--) {
      Node node = newNode(data("new " + everyNode.size()));
      live.put(node.id(), node);
      changes.add(new Change.NodeChange(null, node));
    }
    for (Edge edge : List.copyOf(liveEdges.values())) {
      if (random.nextInt(15) == 0) {
        var changed =
            new Edge(
                edge.id(),
                edge.graph(),
                edge.data().withWeight(random.nextInt(5)).withLabel("changed"),
                edge.created(),
                time(sequence + 1),
                edge.version() + 1);
        liveEdges.put(edge.id(), changed);
        touched.add(new Change.EdgeChange(edge, changed));
      }
    }
    var ends = List.copyOf(live.keySet());
    for (int i = random.nextInt(6); i > 0 && !ends.isEmpty(); i--) {
      Edge edge =
          newEdge(
              EdgeData.edge(
                      ends.get(random.nextInt(ends.size())),
                      random.nextBoolean() ? EdgeType.RELATED : EdgeType.of("T"),
                      ends.get(random.nextInt(ends.size())))
                  .withDiscriminator(Discriminator.of("d" + everyEdge.size()))
                  .withDirected(random.nextInt(3) > 0)
                  .withProvenance(
                      random.nextBoolean()
                          ? Provenance.manual()
                          : new Provenance(Origin.AUTOMATIC, "m", 0.25, "why")));
      liveEdges.put(edge.id(), edge);
      touched.add(new Change.EdgeChange(null, edge));
    }
    changes.addAll(touched);
    return commit(changes);
  }

  private NodeData data(String key) {
    NodeData data =
        NodeData.node("title " + random.nextInt(5))
            .label("L" + random.nextInt(3))
            .tag("Tag \"" + random.nextInt(3) + "\\")
            .property("n", random.nextInt(10))
            .body("body\n\u00e9\ud83d\ude00")
            .withStatus(random.nextBoolean() ? NodeStatus.DRAFT : NodeStatus.PUBLISHED);
    return random.nextBoolean() ? data.key(key).at(random.nextDouble(), 2) : data;
  }
}
