package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;

/**
 * Where the graph falls apart: the articulation points, without which their component is several,
 * and the bridges, the edges of which the same is true. Of parallel edges none is a bridge; self
 * loops and weights do not count.
 *
 * <p>One depth-first search without recursion, O(nodes + arcs). J. Hopcroft, R. Tarjan, "Algorithm
 * 447: efficient algorithms for graph manipulation", 1973.
 */
public final class Cuts {
  private final int[] points;
  private final int[] bridgeSources;
  private final int[] bridgeTargets;

  private Cuts(int[] points, int[] bridgeSources, int[] bridgeTargets) {
    this.points = points;
    this.bridgeSources = bridgeSources;
    this.bridgeTargets = bridgeTargets;
  }

  /**
   * Finds articulation points and bridges.
   *
   * @param undirected in which each arc stands both ways, as in {@link Arcs#undirected()}
   */
  public static Cuts of(Arcs undirected) {
    var search = new Search(undirected);
    for (int node = 0; node < undirected.nodes(); node++) {
      if (search.visited[node] == 0) {
        search.from(node);
      }
    }
    return search.cuts();
  }

  /** The articulation points, in ascending order. */
  public int[] points() {
    return points;
  }

  /** The smaller end of each bridge; bridges are in ascending order of it, then of the other. */
  public int[] bridgeSources() {
    return bridgeSources;
  }

  /** The larger end of each bridge. */
  public int[] bridgeTargets() {
    return bridgeTargets;
  }

  private static final class Search {
    private static final int NONE = -1;

    private final Arcs arcs;

    /** When each node was visited, from 1; 0 if it was not. */
    private final int[] visited;

    /** The earliest visited node that is reached from each, or from below it, past its parent. */
    private final int[] low;

    /** The arc that comes next for each node on the path. */
    private final int[] next;

    private final int[] parents;
    private final boolean[] backSeen;
    private final boolean[] articulation;

    /** Whether the edge from its parent to each node is a bridge. */
    private final boolean[] bridge;

    private int time;

    Search(Arcs arcs) {
      this.arcs = arcs;
      visited = new int[arcs.nodes()];
      low = new int[arcs.nodes()];
      next = new int[arcs.nodes()];
      parents = new int[arcs.nodes()];
      backSeen = new boolean[arcs.nodes()];
      articulation = new boolean[arcs.nodes()];
      bridge = new boolean[arcs.nodes()];
    }

    void from(int root) {
      enter(root, NONE);
      int children = 0;
      int node = root;
      while (node != NONE) {
        if (next[node] == arcs.offsets()[node + 1]) {
          leave(node);
          node = parents[node];
        } else {
          int target = arcs.targets()[next[node]++];
          if (visited[target] == 0) {
            enter(target, node);
            children += node == root ? 1 : 0;
            node = target;
          } else {
            look(node, target);
          }
        }
      }
      articulation[root] = children > 1;
    }

    /** The first arc to the parent is the one that led here; a second one is another way. */
    private void look(int node, int target) {
      if (target == parents[node] && !backSeen[node]) {
        backSeen[node] = true;
      } else {
        low[node] = Math.min(low[node], visited[target]);
      }
    }

    private void enter(int node, int parent) {
      visited[node] = ++time;
      low[node] = time;
      parents[node] = parent;
      next[node] = arcs.offsets()[node];
    }

    private void leave(int node) {
      int parent = parents[node];
      if (parent == NONE) {
        return;
      }
      low[parent] = Math.min(low[parent], low[node]);
      articulation[parent] |= low[node] >= visited[parent];
      bridge[node] = low[node] > visited[parent];
    }

    Cuts cuts() {
      int[] points = new int[articulation.length];
      long[] bridges = new long[bridge.length];
      int pointCount = 0;
      int bridgeCount = 0;
      for (int node = 0; node < bridge.length; node++) {
        if (articulation[node]) {
          points[pointCount++] = node;
        }
        if (bridge[node]) {
          long smaller = Math.min(node, parents[node]);
          bridges[bridgeCount++] = smaller << 32 | Math.max(node, parents[node]);
        }
      }
      long[] sorted = Arrays.copyOf(bridges, bridgeCount);
      Arrays.sort(sorted);
      return new Cuts(
          Arrays.copyOf(points, pointCount),
          Arrays.stream(sorted).mapToInt(each -> (int) (each >>> 32)).toArray(),
          Arrays.stream(sorted).mapToInt(each -> (int) each).toArray());
    }
  }
}
