package dev.knowledgegraph.peers.jgrapht;

import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.peers.Versions;
import dev.knowledgegraph.peers.Walker;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.jgrapht.Graph;
import org.jgrapht.alg.interfaces.ShortestPathAlgorithm;
import org.jgrapht.alg.shortestpath.BidirectionalDijkstraShortestPath;
import org.jgrapht.graph.AsUndirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedPseudograph;

/** A directed graph of Java objects, which may have parallel edges and self loops. */
public final class JGraphT extends Walker {
  private final Graph<Integer, Typed> graph = new DirectedPseudograph<>(Typed.class);
  private final Graph<Integer, Typed> bothWays = new AsUndirectedGraph<>(graph);
  private final ShortestPathAlgorithm<Integer, Typed> paths =
      new BidirectionalDijkstraShortestPath<>(bothWays, Problem.MOST_HOPS);

  /** An edge that knows its type, as everybody's does. */
  static final class Typed extends DefaultEdge {
    private static final long serialVersionUID = 1L;

    private final String type;

    Typed(String type) {
      this.type = type;
    }

    @Override
    public String toString() {
      return type + super.toString();
    }
  }

  @Override
  public String name() {
    return "JGraphT";
  }

  @Override
  public String version() {
    return Versions.of("jgrapht-core");
  }

  @Override
  public String durability() {
    return "none, in memory";
  }

  @Override
  public String how() {
    return "outgoingEdgesOf and incomingEdgesOf in a loop with stamped marks;"
        + " paths by BidirectionalDijkstraShortestPath";
  }

  @Override
  public void load(Problem problem, Path directory) {
    for (int i = 0; i < problem.nodes(); i++) {
      graph.addVertex(i);
    }
    for (int i = 0; i < problem.edges(); i++) {
      graph.addEdge(problem.sources()[i], problem.targets()[i], new Typed(problem.type(i)));
    }
  }

  @Override
  public void ready(Problem problem) {
    size(problem.nodes());
  }

  @Override
  protected void neighbors(int node, IntConsumer action) {
    for (Typed edge : graph.outgoingEdgesOf(node)) {
      action.accept(graph.getEdgeTarget(edge));
    }
    for (Typed edge : graph.incomingEdgesOf(node)) {
      action.accept(graph.getEdgeSource(edge));
    }
  }

  @Override
  public int distance(int source, int target) {
    var path = paths.getPath(source, target);
    return path == null ? -1 : path.getLength();
  }

  @Override
  public void close() {}
}
