package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arcs of a graph whose nodes are the numbers from 0, as compressed sparse rows: the targets of
 * all arcs stand in one array, those of a node side by side, in ascending order. Parallel arcs are
 * repeated; a self loop stands once. Immutable; what {@link #offsets()} and its like give must not
 * be written to.
 *
 * <p>Takes 4 bytes a node and 4 an arc, with weights 12 an arc.
 */
public final class Arcs {
  private final int[] offsets;
  private final int[] targets;
  private final double @Nullable [] weights;

  private Arcs(int[] offsets, int[] targets, double @Nullable [] weights) {
    this.offsets = offsets;
    this.targets = targets;
    this.weights = weights;
  }

  /**
   * Puts arcs in order, in time and memory that are linear in nodes and arcs.
   *
   * @param sources from 0 to {@code nodes} − 1, like {@code targets}; of equal length
   * @param weights of the arcs, or null if each weighs 1
   */
  public static Arcs of(int nodes, int[] sources, int[] targets, double @Nullable [] weights) {
    if (sources.length != targets.length || (weights != null && weights.length != targets.length)) {
      throw new IllegalArgumentException("expected as many sources as targets and weights");
    }
    // Two stable counting sorts, by target and then by source, leave each row in order.
    int[] byTarget = sorted(nodes, targets, null);
    int[] order = sorted(nodes, sources, byTarget);
    int[] offsets = starts(nodes, sources);
    int[] rows = new int[targets.length];
    double[] rowWeights = weights == null ? null : new double[targets.length];
    for (int i = 0; i < order.length; i++) {
      rows[i] = targets[order[i]];
      if (rowWeights != null && weights != null) {
        rowWeights[i] = weights[order[i]];
      }
    }
    return new Arcs(offsets, rows, rowWeights);
  }

  private static int[] starts(int nodes, int[] keys) {
    int[] starts = new int[nodes + 1];
    for (int key : keys) {
      starts[Objects.checkIndex(key, nodes) + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      starts[node + 1] += starts[node];
    }
    return starts;
  }

  private static int[] sorted(int nodes, int[] keys, int @Nullable [] order) {
    int[] next = starts(nodes, keys);
    int[] sorted = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      int arc = order == null ? i : order[i];
      sorted[next[keys[arc]]++] = arc;
    }
    return sorted;
  }

  /** How many nodes there are. */
  public int nodes() {
    return offsets.length - 1;
  }

  /** How many arcs there are. */
  public int count() {
    return targets.length;
  }

  /** Where the row of each node begins in {@link #targets()}, and after the last where it ends. */
  public int[] offsets() {
    return offsets;
  }

  /** The targets of all arcs, row after row. */
  public int[] targets() {
    return targets;
  }

  /** The weights of all arcs in the order of {@link #targets()}, or null if each weighs 1. */
  public double @Nullable [] weights() {
    return weights;
  }

  /** How many arcs leave a node. */
  public int degree(int node) {
    return offsets[node + 1] - offsets[node];
  }

  /** The weight of the arc at a place in {@link #targets()}. */
  public double weight(int arc) {
    return weights == null ? 1 : weights[arc];
  }

  /** The source of each arc, in the order of {@link #targets()}. */
  private int[] sources() {
    int[] sources = new int[targets.length];
    for (int node = 0; node < nodes(); node++) {
      for (int arc = offsets[node]; arc < offsets[node + 1]; arc++) {
        sources[arc] = node;
      }
    }
    return sources;
  }

  /** The same arcs turned round. */
  public Arcs transposed() {
    return of(nodes(), targets, sources(), weights);
  }

  /** Each arc both ways; a self loop then stands twice in its row and counts twice in a degree. */
  public Arcs undirected() {
    int count = targets.length;
    int[] sources = new int[2 * count];
    int[] both = new int[2 * count];
    int[] from = sources();
    System.arraycopy(from, 0, sources, 0, count);
    System.arraycopy(targets, 0, sources, count, count);
    System.arraycopy(targets, 0, both, 0, count);
    System.arraycopy(from, 0, both, count, count);
    double[] twice = null;
    if (weights != null) {
      twice = new double[2 * count];
      System.arraycopy(weights, 0, twice, 0, count);
      System.arraycopy(weights, 0, twice, count, count);
    }
    return of(nodes(), sources, both, twice);
  }

  /** The same with 0 in place of each weight below it. */
  public Arcs withoutNegativeWeights() {
    if (weights == null || Arrays.stream(weights).allMatch(weight -> weight >= 0)) {
      return this;
    }
    double[] atLeastZero = Arrays.stream(weights).map(weight -> Math.max(0, weight)).toArray();
    return new Arcs(offsets, targets, atLeastZero);
  }

  /** The same rows without self loops, weights and repetitions: of parallel arcs one is left. */
  public Arcs simple() {
    int[] starts = new int[offsets.length];
    int[] kept = new int[targets.length];
    int count = 0;
    for (int node = 0; node < nodes(); node++) {
      for (int arc = offsets[node]; arc < offsets[node + 1]; arc++) {
        boolean repeated = arc > offsets[node] && targets[arc] == targets[arc - 1];
        if (targets[arc] != node && !repeated) {
          kept[count++] = targets[arc];
        }
      }
      starts[node + 1] = count;
    }
    return new Arcs(starts, Arrays.copyOf(kept, count), null);
  }

  /** Whether an arc leads from one node to another; takes the logarithm of the row's length. */
  boolean contains(int source, int target) {
    return Arrays.binarySearch(targets, offsets[source], offsets[source + 1], target) >= 0;
  }
}
