package dev.knowledgegraph.internal.analytics;

/**
 * On how many shortest paths between two others each node lies: for every pair the share of its
 * shortest paths. Parallel arcs are different paths; weights do not count.
 *
 * <p>Exact in O(nodes · arcs). From a sample of starts in O(sample · arcs): then it is scaled to
 * what all starts would give if they were like the sample.
 *
 * <p>U. Brandes, "A faster algorithm for betweenness centrality", 2001; U. Brandes, C. Pich,
 * "Centrality estimation in large networks", 2007.
 */
public final class Betweenness {
  /** Starts that one thread does before it adds up. */
  private static final int BLOCK = 16;

  private final double[] scores;

  private Betweenness(double[] scores) {
    this.scores = scores;
  }

  /**
   * From every node; the same to the bit for any parallelism.
   *
   * @param directed false if each arc stands both ways, as in {@link Arcs#undirected()}: then a
   *     pair counts once
   */
  public static Betweenness exact(Arcs arcs, boolean directed, int parallelism, Progress progress) {
    int[] starts = new int[arcs.nodes()];
    for (int node = 0; node < starts.length; node++) {
      starts[node] = node;
    }
    return from(starts, arcs, directed, parallelism, progress);
  }

  /** From so many nodes that the seed draws, or from all if there are no more. */
  public static Betweenness sampled(
      Arcs arcs, boolean directed, int sample, long seed, int parallelism, Progress progress) {
    if (sample < 1) {
      throw new IllegalArgumentException("expected a sample of 1 or more: " + sample);
    }
    if (sample >= arcs.nodes()) {
      return exact(arcs, directed, parallelism, progress);
    }
    int[] starts = new int[sample];
    System.arraycopy(new SplitMix(seed).permutation(arcs.nodes()), 0, starts, 0, sample);
    return from(starts, arcs, directed, parallelism, progress);
  }

  /** The score of each node. */
  public double[] scores() {
    return scores;
  }

  private static Betweenness from(
      int[] starts, Arcs arcs, boolean directed, int parallelism, Progress progress) {
    double[] scores = new double[arcs.nodes()];
    try (var blocks = new Blocks(parallelism)) {
      blocks.inOrder(
          Blocks.count(starts.length, BLOCK),
          () -> new Dependencies(arcs),
          (block, own) -> {
            int end = Math.min(starts.length, (block + 1) * BLOCK);
            for (int i = block * BLOCK; i < end; i++) {
              own.from(starts[i]);
            }
          },
          (block, own) -> own.moveTo(scores),
          progress);
    }
    double scale = (directed ? 1 : 0.5) * scores.length / starts.length;
    for (int node = 0; node < scores.length; node++) {
      scores[node] *= scale;
    }
    return new Betweenness(scores);
  }

  /** How much the paths from some starts depend on each node. */
  private static final class Dependencies {
    private final Arcs arcs;
    private final ShortestPathTree tree;
    private final double[] paths;
    private final double[] ahead;
    private final double[] sums;

    Dependencies(Arcs arcs) {
      this.arcs = arcs;
      tree = new ShortestPathTree(arcs);
      paths = new double[arcs.nodes()];
      ahead = new double[arcs.nodes()];
      sums = new double[arcs.nodes()];
    }

    void from(int start) {
      tree.search(start, Integer.MAX_VALUE);
      countPaths(start);
      for (int at = tree.reached() - 1; at > 0; at--) {
        int node = tree.node(at);
        ahead[node] = ahead(node);
        sums[node] += ahead[node];
      }
    }

    private void countPaths(int start) {
      for (int at = 0; at < tree.reached(); at++) {
        paths[tree.node(at)] = 0;
      }
      paths[start] = 1;
      for (int at = 0; at < tree.reached(); at++) {
        int node = tree.node(at);
        int next = tree.distance(node) + 1;
        for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
          int target = arcs.targets()[arc];
          if (tree.distance(target) == next) {
            paths[target] += paths[node];
          }
        }
      }
    }

    /** What the nodes one arc farther, which are done, depend on this one. */
    private double ahead(int node) {
      int next = tree.distance(node) + 1;
      double sum = 0;
      for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
        int target = arcs.targets()[arc];
        if (tree.distance(target) == next) {
          sum += (1 + ahead[target]) / paths[target];
        }
      }
      return sum * paths[node];
    }

    void moveTo(double[] scores) {
      for (int node = 0; node < scores.length; node++) {
        scores[node] += sums[node];
        sums[node] = 0;
      }
    }
  }
}
