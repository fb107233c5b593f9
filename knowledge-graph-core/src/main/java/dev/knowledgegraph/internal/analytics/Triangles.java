package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;
import java.util.List;

/**
 * How many triangles there are, and how far the neighbors of a node are neighbors of each other.
 * Self loops, parallel arcs and weights do not count.
 *
 * <p>Looks at each triangle from its node of least degree, O(arcs<sup>3/2</sup>). M. Latapy,
 * "Main-memory triangle computations for very large (sparse (power-law)) graphs", 2008.
 */
public final class Triangles {
  /** Nodes that one thread does at a time. */
  private static final int BLOCK = 1 << 10;

  private final long[] counts;
  private final int[] degrees;

  private Triangles(long[] counts, int[] degrees) {
    this.counts = counts;
    this.degrees = degrees;
  }

  /**
   * Counts triangles.
   *
   * @param undirected in which each arc stands both ways, as in {@link Arcs#undirected()}
   */
  public static Triangles of(Arcs undirected, int parallelism, Progress progress) {
    Arcs arcs = undirected.simple();
    int[] degrees = new int[arcs.nodes()];
    Arrays.setAll(degrees, arcs::degree);
    Arcs upward = upward(arcs);
    try (var blocks = new Blocks(parallelism)) {
      List<Count> parts =
          blocks.each(
              Blocks.count(arcs.nodes(), BLOCK),
              () -> new Count(upward),
              (block, own) -> {
                int end = Math.min(upward.nodes(), (block + 1) * BLOCK);
                for (int node = block * BLOCK; node < end; node++) {
                  own.from(node);
                }
              },
              progress);
      return new Triangles(sum(parts, arcs.nodes()), degrees);
    }
  }

  /** Of each pair of arcs the one that leads to the larger degree, or the larger number. */
  private static Arcs upward(Arcs arcs) {
    int[] sources = new int[arcs.count() / 2];
    int[] targets = new int[arcs.count() / 2];
    int count = 0;
    for (int node = 0; node < arcs.nodes(); node++) {
      for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
        int target = arcs.targets()[arc];
        int more = Integer.compare(arcs.degree(target), arcs.degree(node));
        if (more > 0 || (more == 0 && target > node)) {
          sources[count] = node;
          targets[count++] = target;
        }
      }
    }
    return Arcs.of(arcs.nodes(), sources, targets, null);
  }

  private static long[] sum(List<Count> parts, int nodes) {
    long[] sum = new long[nodes];
    for (Count part : parts) {
      for (int node = 0; node < nodes; node++) {
        sum[node] += part.counts[node];
      }
    }
    return sum;
  }

  /** In how many triangles each node is. */
  public long[] counts() {
    return counts;
  }

  /** How many triangles there are. */
  public long total() {
    return Arrays.stream(counts).sum() / 3;
  }

  /**
   * The share of the pairs of its neighbors that are neighbors of each other, for each node: its
   * local clustering coefficient. 0 for one with less than two neighbors.
   */
  public double[] clustering() {
    double[] clustering = new double[counts.length];
    for (int node = 0; node < counts.length; node++) {
      clustering[node] = counts[node] == 0 ? 0 : counts[node] / pairs(node);
    }
    return clustering;
  }

  /** The mean of {@link #clustering()} over all nodes, 0 if there is none. */
  public double averageClustering() {
    return Arrays.stream(clustering()).average().orElse(0);
  }

  /** The share of all pairs of neighbors of a node, over all nodes; 0 if there is none. */
  public double globalClustering() {
    double pairs = 0;
    for (int node = 0; node < counts.length; node++) {
      pairs += pairs(node);
    }
    return pairs == 0 ? 0 : 3.0 * total() / pairs;
  }

  private double pairs(int node) {
    return degrees[node] * (degrees[node] - 1.0) / 2;
  }

  /** What one thread has counted. */
  private static final class Count {
    private final Arcs upward;
    private final long[] counts;

    /** One more than the node from which each was last seen as a neighbor. */
    private final int[] marks;

    Count(Arcs upward) {
      this.upward = upward;
      counts = new long[upward.nodes()];
      marks = new int[upward.nodes()];
    }

    void from(int lowest) {
      int[] offsets = upward.offsets();
      int[] targets = upward.targets();
      int mark = lowest + 1;
      for (int arc = offsets[lowest]; arc < offsets[mark]; arc++) {
        marks[targets[arc]] = mark;
      }
      for (int arc = offsets[lowest]; arc < offsets[mark]; arc++) {
        int middle = targets[arc];
        for (int on = offsets[middle]; on < offsets[middle + 1]; on++) {
          if (marks[targets[on]] == mark) {
            add(lowest, middle, targets[on]);
          }
        }
      }
    }

    private void add(int one, int two, int three) {
      counts[one]++;
      counts[two]++;
      counts[three]++;
    }
  }
}
