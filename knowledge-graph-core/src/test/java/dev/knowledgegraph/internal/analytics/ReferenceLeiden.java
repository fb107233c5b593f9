package dev.knowledgegraph.internal.analytics;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import nl.cwts.networkanalysis.Clustering;
import nl.cwts.networkanalysis.LeidenAlgorithm;
import nl.cwts.networkanalysis.Network;
import nl.cwts.util.LargeDoubleArray;
import nl.cwts.util.LargeIntArray;

/**
 * The Leiden algorithm by its authors. It knows no parallel edges, so their weights are added up;
 * its quality is modularity if nodes weigh what their edges do, and the resolution is divided by
 * the sum of that.
 */
final class ReferenceLeiden {
  private final Network network;
  private final double total;

  ReferenceLeiden(SampleGraph graph) {
    Map<Long, Double> weights = new TreeMap<>();
    for (int i = 0; i < graph.sources.length; i++) {
      long smaller = Math.min(graph.sources[i], graph.targets[i]);
      long edge = smaller << 32 | Math.max(graph.sources[i], graph.targets[i]);
      weights.merge(edge, graph.weights == null ? 1 : graph.weights[i], Double::sum);
    }
    LargeIntArray[] ends = {
      new LargeIntArray(weights.keySet().stream().mapToInt(edge -> (int) (edge >>> 32)).toArray()),
      new LargeIntArray(weights.keySet().stream().mapToInt(Long::intValue).toArray())
    };
    double[] values = weights.values().stream().mapToDouble(Double::doubleValue).toArray();
    network = new Network(graph.nodes, true, ends, new LargeDoubleArray(values), false, true);
    total = 2 * network.getTotalEdgeWeight() + network.getTotalEdgeWeightSelfLinks();
  }

  /** The best of some starts of so many iterations, at resolution 1. */
  int[] communities(int starts, int iterations, long seed) {
    var algorithm =
        new LeidenAlgorithm(
            1 / total, iterations, LeidenAlgorithm.DEFAULT_RANDOMNESS, new Random(seed));
    var best = new Clustering(network.getNNodes());
    double bestQuality = algorithm.calcQuality(network, best);
    for (int start = 0; start < starts; start++) {
      var clustering = new Clustering(network.getNNodes());
      algorithm.improveClustering(network, clustering);
      double quality = algorithm.calcQuality(network, clustering);
      if (quality > bestQuality) {
        best = clustering;
        bestQuality = quality;
      }
    }
    return best.getClusters();
  }
}
