package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;

/**
 * The nodes that can be reached from one, nearest first, with their distances in arcs. To be used
 * for one start after another: what one search wrote is taken back before the next, so that a
 * search costs what it reaches, not what the graph has.
 */
final class ShortestPathTree {
  static final int UNREACHED = -1;

  private final Arcs arcs;
  private final int[] distances;
  private final int[] order;
  private int reached;

  ShortestPathTree(Arcs arcs) {
    this.arcs = arcs;
    distances = new int[arcs.nodes()];
    order = new int[arcs.nodes()];
    Arrays.fill(distances, UNREACHED);
  }

  /** Searches from a node, in O(nodes reached + their arcs). */
  void search(int start, int depth) {
    clear();
    int[] offsets = arcs.offsets();
    int[] targets = arcs.targets();
    reach(start, 0);
    for (int at = 0; at < reached; at++) {
      int node = order[at];
      int distance = distances[node] + 1;
      if (distance > depth) {
        return;
      }
      for (int arc = offsets[node]; arc < offsets[node + 1]; arc++) {
        if (distances[targets[arc]] == UNREACHED) {
          reach(targets[arc], distance);
        }
      }
    }
  }

  private void reach(int node, int distance) {
    distances[node] = distance;
    order[reached++] = node;
  }

  private void clear() {
    for (int at = 0; at < reached; at++) {
      distances[order[at]] = UNREACHED;
    }
    reached = 0;
  }

  /** How many nodes were reached, the start among them. */
  int reached() {
    return reached;
  }

  /** The node that was reached at a place, in ascending order of distance. */
  int node(int at) {
    return order[at];
  }

  /** In arcs from the start, or {@link #UNREACHED}. */
  int distance(int node) {
    return distances[node];
  }
}
