package dev.knowledgegraph.peers.tinkergraph;

import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.peers.Versions;
import dev.knowledgegraph.peers.Walker;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.apache.tinkerpop.gremlin.structure.Direction;
import org.apache.tinkerpop.gremlin.structure.T;
import org.apache.tinkerpop.gremlin.structure.Vertex;
import org.apache.tinkerpop.gremlin.tinkergraph.structure.TinkerGraph;

/** The reference graph of TinkerPop, in memory. */
public final class TinkerGraphPeer extends Walker {
  private final TinkerGraph graph = TinkerGraph.open();
  private Vertex[] vertices = {};

  @Override
  public String name() {
    return "TinkerGraph";
  }

  @Override
  public String version() {
    return Versions.of("tinkergraph-gremlin");
  }

  @Override
  public String durability() {
    return "none, in memory";
  }

  @Override
  public String how() {
    return "Vertex.vertices(BOTH) in a loop with stamped marks, nodes given as Vertex";
  }

  @Override
  public void load(Problem problem, Path directory) {
    vertices = new Vertex[problem.nodes()];
    for (int i = 0; i < vertices.length; i++) {
      vertices[i] = graph.addVertex(T.id, i, T.label, "Node", "key", problem.keys().get(i));
    }
    for (int i = 0; i < problem.edges(); i++) {
      Vertex target = vertices[problem.targets()[i]];
      Objects.requireNonNull(vertices[problem.sources()[i]].addEdge(problem.type(i), target));
    }
  }

  @Override
  public void ready(Problem problem) {
    size(problem.nodes());
  }

  @Override
  protected void neighbors(int node, IntConsumer action) {
    var neighbors = vertices[node].vertices(Direction.BOTH);
    while (neighbors.hasNext()) {
      action.accept((Integer) neighbors.next().id());
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
