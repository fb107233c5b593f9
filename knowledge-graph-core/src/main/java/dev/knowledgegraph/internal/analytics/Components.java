package dev.knowledgegraph.internal.analytics;

/**
 * Which nodes can reach each other, the directions of arcs left out of account. A component is
 * named by its smallest node. Weights do not count.
 *
 * <p>Union and find with paths halved, O((nodes + arcs) · log nodes) and in practice linear. R. E.
 * Tarjan, J. van Leeuwen, "Worst-case analysis of set union algorithms", 1984.
 */
public final class Components {
  private final int[] labels;
  private final int count;

  private Components(int[] labels, int count) {
    this.labels = labels;
    this.count = count;
  }

  /** Finds the components; it does not matter whether each arc stands one way or both. */
  public static Components of(Arcs arcs) {
    int[] parents = new int[arcs.nodes()];
    for (int node = 0; node < parents.length; node++) {
      parents[node] = node;
    }
    for (int node = 0; node < parents.length; node++) {
      for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
        unite(parents, node, arcs.targets()[arc]);
      }
    }
    // A parent is smaller than its children, so it has its label before them.
    int count = 0;
    for (int node = 0; node < parents.length; node++) {
      parents[node] = parents[parents[node]];
      count += parents[node] == node ? 1 : 0;
    }
    return new Components(parents, count);
  }

  private static void unite(int[] parents, int one, int other) {
    int a = root(parents, one);
    int b = root(parents, other);
    parents[Math.max(a, b)] = Math.min(a, b);
  }

  private static int root(int[] parents, int node) {
    int at = node;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  /** The component of each node: its smallest member. */
  public int[] labels() {
    return labels;
  }

  /** How many components there are. */
  public int count() {
    return count;
  }
}
