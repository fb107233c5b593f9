package dev.knowledgegraph.internal.analytics;

/**
 * How near each node is to the others, along arcs that lead away from it; for the way to it, give
 * {@link Arcs#transposed()}. Both measures are from 0 to 1; distances are counted in arcs, weights
 * do not count.
 *
 * <ul>
 *   <li>Harmonic: the mean of 1 / distance over all others, 0 for one that cannot be reached.
 *   <li>Classic: 1 / the mean distance to those that can be reached, times their share of all
 *       others (S. Wasserman, K. Faust, "Social network analysis", 1994); in a connected graph just
 *       1 / the mean distance. 0 if none can be reached.
 * </ul>
 *
 * <p>A breadth-first search from every node, O(nodes · arcs).
 */
public final class Closeness {
  /** Starts that one thread does at a time. */
  private static final int BLOCK = 64;

  private final double[] harmonic;
  private final double[] classic;

  private Closeness(int nodes) {
    harmonic = new double[nodes];
    classic = new double[nodes];
  }

  /** Measures all nodes; the same to the bit for any parallelism. */
  public static Closeness of(Arcs arcs, int parallelism, Progress progress) {
    var closeness = new Closeness(arcs.nodes());
    try (var blocks = new Blocks(parallelism)) {
      blocks.each(
          Blocks.count(arcs.nodes(), BLOCK),
          () -> new ShortestPathTree(arcs),
          (block, tree) -> {
            int end = Math.min(arcs.nodes(), (block + 1) * BLOCK);
            for (int node = block * BLOCK; node < end; node++) {
              tree.search(node, Integer.MAX_VALUE);
              closeness.measure(node, tree);
            }
          },
          progress);
    }
    return closeness;
  }

  private void measure(int node, ShortestPathTree tree) {
    long sum = 0;
    double inverse = 0;
    for (int at = 1; at < tree.reached(); at++) {
      int distance = tree.distance(tree.node(at));
      sum += distance;
      inverse += 1.0 / distance;
    }
    if (sum > 0) {
      double others = harmonic.length - 1;
      double reached = tree.reached() - 1;
      harmonic[node] = inverse / others;
      classic[node] = reached / sum * (reached / others);
    }
  }

  /** The harmonic closeness of each node. */
  public double[] harmonic() {
    return harmonic;
  }

  /** The classic closeness of each node. */
  public double[] classic() {
    return classic;
  }
}
