package dev.knowledgegraph.internal.analytics;

/**
 * How deep in the dense part of the graph each node lies: the largest k such that it is in a
 * subgraph in which all have k neighbors or more. Self loops, parallel arcs and weights do not
 * count.
 *
 * <p>Takes off the node with the fewest neighbors again and again, O(nodes + arcs). V. Batagelj, M.
 * Zaveršnik, "An O(m) algorithm for cores decomposition of networks", 2003.
 */
public final class Cores {
  private final int[] numbers;

  private Cores(int[] numbers) {
    this.numbers = numbers;
  }

  /**
   * Finds the core number of each node.
   *
   * @param undirected in which each arc stands both ways, as in {@link Arcs#undirected()}
   */
  public static Cores of(Arcs undirected) {
    Arcs arcs = undirected.simple();
    var peeling = new Peeling(arcs);
    for (int at = 0; at < arcs.nodes(); at++) {
      peeling.takeOff(peeling.order[at]);
    }
    return new Cores(peeling.degrees);
  }

  /** The core number of each node. */
  public int[] numbers() {
    return numbers;
  }

  /** The largest core number, 0 if there is none. */
  public int largest() {
    int largest = 0;
    for (int number : numbers) {
      largest = Math.max(largest, number);
    }
    return largest;
  }

  /** Nodes in ascending order of the degrees that are left to them. */
  private static final class Peeling {
    private final Arcs arcs;
    private final int[] degrees;
    private final int[] order;

    /** Where each node is in the order. */
    private final int[] places;

    /** Where the nodes of each degree begin in the order. */
    private final int[] bins;

    Peeling(Arcs arcs) {
      this.arcs = arcs;
      int nodes = arcs.nodes();
      degrees = new int[nodes];
      order = new int[nodes];
      places = new int[nodes];
      bins = new int[nodes + 1];
      for (int node = 0; node < nodes; node++) {
        degrees[node] = arcs.degree(node);
        bins[degrees[node] + 1]++;
      }
      for (int degree = 0; degree < nodes; degree++) {
        bins[degree + 1] += bins[degree];
      }
      int[] next = bins.clone();
      for (int node = 0; node < nodes; node++) {
        place(node, next[degrees[node]]++);
      }
    }

    private void place(int node, int place) {
      order[place] = node;
      places[node] = place;
    }

    /** The node has its core number; those that have more lose a neighbor. */
    void takeOff(int node) {
      for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
        int neighbor = arcs.targets()[arc];
        if (degrees[neighbor] > degrees[node]) {
          lower(neighbor);
        }
      }
    }

    /** Changes places with the first of its degree, which then begins one place later. */
    private void lower(int node) {
      int first = bins[degrees[node]]++;
      int other = order[first];
      place(other, places[node]);
      place(node, first);
      degrees[node]--;
    }
  }
}
