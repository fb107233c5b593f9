package dev.knowledgegraph.peers.jena;

import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.peers.StoredPeer;
import dev.knowledgegraph.peers.Versions;
import dev.knowledgegraph.peers.Walker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.loader.DataLoader;
import org.apache.jena.tdb2.loader.LoaderFactory;
import org.jspecify.annotations.Nullable;

/** RDF: a node is an IRI, an edge is a triple. */
public final class JenaTdb2 extends Walker implements StoredPeer {
  private static final String NODES = "urn:node:";
  private static final String TYPES = "urn:type:";

  private final Map<Node, Integer> numbers = new HashMap<>();
  private Node[] nodes = {};
  private @Nullable DatasetGraph dataset;

  @Override
  public String name() {
    return "Jena TDB2";
  }

  @Override
  public String version() {
    return Versions.of("jena-tdb2");
  }

  @Override
  public String durability() {
    return "bulk loader, parallel; synced at its end";
  }

  @Override
  public String how() {
    return "Graph.find both ways in one read transaction, a loop with stamped marks";
  }

  @Override
  public void load(Problem problem, Path directory) {
    dataset = DatabaseMgr.connectDatasetGraph(directory.toString());
    DataLoader loader = LoaderFactory.parallelLoader(dataset, (format, values) -> {});
    loader.startBulk();
    StreamRDF triples = loader.streamRDF();
    for (int i = 0; i < problem.edges(); i++) {
      triples.triple(
          Triple.create(
              node(problem.keys().get(problem.sources()[i])),
              NodeFactory.createURI(TYPES + problem.type(i)),
              node(problem.keys().get(problem.targets()[i]))));
    }
    loader.finishBulk();
  }

  private static Node node(String key) {
    return NodeFactory.createURI(NODES + key);
  }

  @Override
  public void open(Path directory) {
    dataset = DatabaseMgr.connectDatasetGraph(directory.toString());
    dataset.begin(ReadWrite.READ);
  }

  @Override
  public void ready(Problem problem) {
    size(problem.nodes());
    nodes = problem.keys().stream().map(JenaTdb2::node).toArray(Node[]::new);
    for (int i = 0; i < nodes.length; i++) {
      numbers.put(nodes[i], i);
    }
    dataset().begin(ReadWrite.READ);
  }

  @Override
  protected void neighbors(int node, IntConsumer action) {
    Graph graph = dataset().getDefaultGraph();
    graph
        .find(nodes[node], Node.ANY, Node.ANY)
        .forEachRemaining(triple -> action.accept(number(triple.getObject())));
    graph
        .find(Node.ANY, Node.ANY, nodes[node])
        .forEachRemaining(triple -> action.accept(number(triple.getSubject())));
  }

  private int number(Node node) {
    return Objects.requireNonNull(numbers.get(node));
  }

  @Override
  public Set<String> neighbors(String key) {
    Graph graph = dataset().getDefaultGraph();
    var found = new HashSet<Node>();
    graph.find(node(key), Node.ANY, Node.ANY).forEachRemaining(t -> found.add(t.getObject()));
    graph.find(Node.ANY, Node.ANY, node(key)).forEachRemaining(t -> found.add(t.getSubject()));
    found.remove(node(key));
    var keys = new HashSet<String>();
    found.forEach(node -> keys.add(node.getURI().substring(NODES.length())));
    return keys;
  }

  private DatasetGraph dataset() {
    return Objects.requireNonNull(dataset);
  }

  @Override
  public void close() {
    dataset().end();
    dataset().close();
  }
}
