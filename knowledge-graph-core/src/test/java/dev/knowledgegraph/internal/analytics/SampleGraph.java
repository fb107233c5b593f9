package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.builder.GraphTypeBuilder;
import org.jgrapht.util.SupplierUtil;
import org.jspecify.annotations.Nullable;

/** A graph to try algorithms on, as arcs and as what JGraphT works on. */
final class SampleGraph {
  final int nodes;
  final int[] sources;
  final int[] targets;
  final double @Nullable [] weights;

  SampleGraph(int nodes, int[] sources, int[] targets, double @Nullable [] weights) {
    this.nodes = nodes;
    this.sources = sources;
    this.targets = targets;
    this.weights = weights;
  }

  /** Without weights, from pairs such as {@code "0-1 1-2"}. */
  static SampleGraph of(int nodes, String pairs) {
    String[] each = pairs.isBlank() ? new String[0] : pairs.split(" ");
    return new SampleGraph(nodes, ends(each, 0), ends(each, 1), null);
  }

  private static int[] ends(String[] pairs, int end) {
    return Arrays.stream(pairs).mapToInt(pair -> Integer.parseInt(pair.split("-")[end])).toArray();
  }

  SampleGraph withWeights(double... weights) {
    return new SampleGraph(nodes, sources, targets, weights);
  }

  Arcs arcs() {
    return Arcs.of(nodes, sources, targets, weights);
  }

  Arcs undirected() {
    return arcs().undirected();
  }

  /** The largest component, its nodes numbered anew in the same order. */
  SampleGraph largestComponent() {
    int[] labels = Components.of(arcs()).labels();
    int[] sizes = new int[nodes];
    for (int label : labels) {
      sizes[label]++;
    }
    int largest = IntStream.range(0, nodes).reduce(0, (a, b) -> sizes[b] > sizes[a] ? b : a);
    int[] numbers = new int[nodes];
    int count = 0;
    for (int node = 0; node < nodes; node++) {
      numbers[node] = labels[node] == largest ? count++ : -1;
    }
    int[] kept =
        IntStream.range(0, sources.length).filter(i -> labels[sources[i]] == largest).toArray();
    return new SampleGraph(
        count,
        Arrays.stream(kept).map(i -> numbers[sources[i]]).toArray(),
        Arrays.stream(kept).map(i -> numbers[targets[i]]).toArray(),
        null);
  }

  Graph<Integer, DefaultWeightedEdge> directedOracle() {
    return fill(GraphTypeBuilder.directed(), true);
  }

  Graph<Integer, DefaultWeightedEdge> undirectedOracle() {
    return fill(GraphTypeBuilder.undirected(), true);
  }

  /** Without self loops and parallel edges. */
  Graph<Integer, DefaultWeightedEdge> simpleOracle() {
    return fill(GraphTypeBuilder.undirected(), false);
  }

  private Graph<Integer, DefaultWeightedEdge> fill(
      GraphTypeBuilder<Integer, DefaultWeightedEdge> type, boolean all) {
    Graph<Integer, DefaultWeightedEdge> graph =
        type.allowingSelfLoops(all)
            .allowingMultipleEdges(all)
            .weighted(weights != null)
            .edgeSupplier(SupplierUtil.createSupplier(DefaultWeightedEdge.class))
            .buildGraph();
    for (int node = 0; node < nodes; node++) {
      graph.addVertex(node);
    }
    for (int i = 0; i < sources.length; i++) {
      if (all || sources[i] != targets[i]) {
        DefaultWeightedEdge edge = graph.addEdge(sources[i], targets[i]);
        if (edge != null && weights != null) {
          graph.setEdgeWeight(edge, weights[i]);
        }
      }
    }
    return graph;
  }

  /** The scores of JGraphT in the order of the nodes. */
  double[] inOrder(Map<Integer, ? extends Number> scores) {
    double[] ordered = new double[nodes];
    scores.forEach((node, score) -> ordered[node] = score.doubleValue());
    return ordered;
  }

  @Override
  public String toString() {
    var text = new StringBuilder(nodes + " nodes, \"");
    for (int i = 0; i < Math.min(50, sources.length); i++) {
      text.append(sources[i]).append('-').append(targets[i]).append(' ');
    }
    return text.append('"') + (weights == null ? "" : " weighing " + Arrays.toString(weights));
  }
}
