package dev.knowledgegraph.benchmarks.peers;

import dev.knowledgegraph.GraphShape;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.io.ImportOptions;
import dev.knowledgegraph.io.Importer;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.peers.StoredPeer;
import dev.knowledgegraph.peers.Versions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The library of this project, through its public door. */
public final class Ours implements StoredPeer {
  private List<Path> files = List.of();
  private NodeId[] ids = {};
  private @Nullable KnowledgeGraph store;
  private @Nullable GraphShape shape;

  @Override
  public String name() {
    return "ours";
  }

  @Override
  public String version() {
    return Versions.of("knowledge-graph-core");
  }

  @Override
  public String durability() {
    return "each commit synced (SQLite, WAL, synchronous=FULL), with history";
  }

  @Override
  public String how() {
    return "loads CSV files; GraphView.shape(), nodes given as NodeId";
  }

  @Override
  public void prepare(Problem problem, Path directory) throws IOException {
    Path nodes = directory.resolve("nodes.csv");
    try (var out = new PrintWriter(Files.newBufferedWriter(nodes))) {
      out.println("id,title");
      problem.keys().forEach(key -> out.println(key + "," + key));
    }
    Path edges = directory.resolve("edges.csv");
    try (var out = new PrintWriter(Files.newBufferedWriter(edges))) {
      out.println("source,target,type");
      for (int i = 0; i < problem.edges(); i++) {
        String source = problem.keys().get(problem.sources()[i]);
        String target = problem.keys().get(problem.targets()[i]);
        out.println(source + "," + target + "," + problem.type(i));
      }
    }
    files = List.of(nodes, edges);
  }

  @Override
  public void load(Problem problem, Path directory) throws IOException {
    open(directory);
    var report = Importer.run(graph(), files, ImportOptions.defaults());
    if (report.nodesAdded() != problem.nodes() || report.edgesAdded() != problem.edges()) {
      throw new IllegalStateException("not all of it arrived: " + report);
    }
  }

  @Override
  public void open(Path directory) {
    store = KnowledgeGraph.open(directory);
  }

  @Override
  public void ready(Problem problem) {
    Map<String, Integer> numbers = HashMap.newHashMap(problem.nodes());
    problem.keys().forEach(key -> numbers.put(key, numbers.size()));
    ids = new NodeId[problem.nodes()];
    graph()
        .forEachNode(
            node -> {
              String key = node.key().orElseThrow().value();
              ids[Objects.requireNonNull(numbers.get(key))] = node.id();
            });
    shape = graph().shape();
  }

  @Override
  public int within(int node, int hops) {
    return shape().countWithin(ids[node], hops, Direction.BOTH);
  }

  @Override
  public int distance(int source, int target) {
    return shape().path(ids[source], ids[target], Direction.BOTH).size() - 1;
  }

  @Override
  public Set<String> neighbors(String key) {
    NodeId node = graph().find(key).orElseThrow().id();
    return graph().neighbors(node).toList().stream()
        .map(neighbor -> neighbor.node().key().orElseThrow().value())
        .collect(Collectors.toSet());
  }

  @Override
  public long viewBytes() {
    return shape().bytes();
  }

  private GraphShape shape() {
    return Objects.requireNonNull(shape);
  }

  private GraphView graph() {
    return Objects.requireNonNull(store).as(UserId.of("bench")).graph("peers");
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }
}
