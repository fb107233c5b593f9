package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;

/**
 * Which nodes can reach each other along arcs both ways. A component is named by its smallest node.
 * Weights do not count.
 *
 * <p>One depth-first search without recursion, O(nodes + arcs). R. E. Tarjan, "Depth-first search
 * and linear graph algorithms", 1972.
 */
public final class StrongComponents {
  private final int[] labels;
  private final int count;

  private StrongComponents(int[] labels, int count) {
    this.labels = labels;
    this.count = count;
  }

  /** Finds the components. */
  public static StrongComponents of(Arcs arcs) {
    var search = new Search(arcs);
    for (int node = 0; node < arcs.nodes(); node++) {
      if (search.visited[node] == 0) {
        search.from(node);
      }
    }
    return new StrongComponents(search.labels, search.count);
  }

  /** The component of each node: its smallest member. */
  public int[] labels() {
    return labels;
  }

  /** How many components there are. */
  public int count() {
    return count;
  }

  private static final class Search {
    private static final int NONE = -1;

    private final Arcs arcs;
    private final int[] labels;

    /** When each node was visited, from 1; 0 if it was not. */
    private final int[] visited;

    /** The earliest visited node without a component that is known to be reached from each. */
    private final int[] low;

    /** The arc that comes next for each node on the path. */
    private final int[] next;

    private final int[] path;

    /** Visited nodes that have no component yet. */
    private final int[] open;

    private int time;
    private int depth;
    private int opened;
    private int count;

    Search(Arcs arcs) {
      this.arcs = arcs;
      labels = new int[arcs.nodes()];
      visited = new int[arcs.nodes()];
      low = new int[arcs.nodes()];
      next = new int[arcs.nodes()];
      path = new int[arcs.nodes()];
      open = new int[arcs.nodes()];
      Arrays.fill(labels, NONE);
    }

    void from(int start) {
      enter(start);
      while (depth > 0) {
        int node = path[depth - 1];
        if (next[node] < arcs.offsets()[node + 1]) {
          follow(node, arcs.targets()[next[node]++]);
        } else {
          leave(node);
        }
      }
    }

    private void enter(int node) {
      visited[node] = ++time;
      low[node] = time;
      next[node] = arcs.offsets()[node];
      path[depth++] = node;
      open[opened++] = node;
    }

    private void follow(int node, int target) {
      if (visited[target] == 0) {
        enter(target);
      } else if (labels[target] == NONE) {
        low[node] = Math.min(low[node], visited[target]);
      }
    }

    private void leave(int node) {
      depth--;
      if (depth > 0) {
        int before = path[depth - 1];
        low[before] = Math.min(low[before], low[node]);
      }
      if (low[node] == visited[node]) {
        complete(node);
      }
    }

    /** All that was opened since the node is one component with it. */
    private void complete(int node) {
      int first = opened;
      int smallest = node;
      do {
        smallest = Math.min(smallest, open[--first]);
      } while (open[first] != node);
      for (int i = first; i < opened; i++) {
        labels[open[i]] = smallest;
      }
      opened = first;
      count++;
    }
  }
}
