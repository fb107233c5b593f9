package dev.knowledgegraph.internal.analytics;

/**
 * How good a division into communities is: the share of the weight that lies inside of them, less
 * what would lie there if the same weights were joined at random. At a resolution above 1 more is
 * taken off, so that small communities are better.
 *
 * <p>A self loop counts twice for its node, parallel edges add up. O(nodes + arcs). M. E. J.
 * Newman, M. Girvan, "Finding and evaluating community structure in networks", 2004; with
 * resolution J. Reichardt, S. Bornholdt, "Statistical mechanics of community detection", 2006.
 */
public final class Modularity {
  private Modularity() {}

  /**
   * The modularity of a division, 0 if the graph has no weight.
   *
   * @param undirected in which each arc stands both ways, as in {@link Arcs#undirected()}; no
   *     weight is negative
   * @param communities the community of each node, from 0
   */
  public static double of(Arcs undirected, int[] communities, double resolution) {
    int largest = -1;
    for (int community : communities) {
      largest = Math.max(largest, community);
    }
    double[] strengths = new double[largest + 1];
    double inside = 0;
    double total = 0;
    for (int node = 0; node < undirected.nodes(); node++) {
      int own = communities[node];
      for (int arc = undirected.offsets()[node]; arc < undirected.offsets()[node + 1]; arc++) {
        double weight = undirected.weight(arc);
        strengths[own] += weight;
        total += weight;
        inside += communities[undirected.targets()[arc]] == own ? weight : 0;
      }
    }
    return total == 0 ? 0 : inside / total - resolution * sumOfSquares(strengths, total);
  }

  private static double sumOfSquares(double[] strengths, double total) {
    double sum = 0;
    for (double strength : strengths) {
      double share = strength / total;
      sum += share * share;
    }
    return sum;
  }
}
