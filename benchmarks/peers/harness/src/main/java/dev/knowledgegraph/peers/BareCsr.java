package dev.knowledgegraph.peers;

import java.nio.file.Path;

/**
 * The floor: compressed sparse rows in three int arrays and nothing else. The row of a node has the
 * targets of its edges, then the sources of the edges into it, so all three directions can be
 * asked, and both at once is one walk over one row. No types, no ids, no changes.
 */
public final class BareCsr implements Peer {
  private static final int NONE = -1;

  private int[] starts = {0};
  private int[] middles = {};
  private int[] ends = {};
  private int[] marks = {};
  private int[] list = {};
  private int[] second = {};
  private int[] cameFrom = {};
  private int mark;
  private int met;
  private int metFrom;

  @Override
  public String name() {
    return "bare CSR";
  }

  @Override
  public String version() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public String durability() {
    return "none, in memory";
  }

  @Override
  public String how() {
    return "int arrays, stamped marks, nodes given as int";
  }

  @Override
  public void load(Problem problem, Path directory) {
    build(problem.nodes(), problem.sources(), problem.targets());
  }

  void build(int nodes, int[] sources, int[] targets) {
    int[] out = new int[nodes];
    starts = new int[nodes + 1];
    for (int i = 0; i < sources.length; i++) {
      out[sources[i]]++;
      starts[sources[i] + 1]++;
      starts[targets[i] + 1]++;
    }
    middles = new int[nodes];
    int[] nextOut = new int[nodes];
    int[] nextIn = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      starts[node + 1] += starts[node];
      middles[node] = starts[node] + out[node];
      nextOut[node] = starts[node];
      nextIn[node] = middles[node];
    }
    ends = new int[2 * sources.length];
    for (int i = 0; i < sources.length; i++) {
      ends[nextOut[sources[i]]++] = targets[i];
      ends[nextIn[targets[i]]++] = sources[i];
    }
    marks = new int[nodes];
    list = new int[nodes];
    second = new int[nodes];
    cameFrom = new int[nodes];
  }

  @Override
  public int within(int node, int hops) {
    int stamp = stamps(1);
    marks[node] = stamp;
    list[0] = node;
    int from = 0;
    int size = 1;
    for (int hop = 0; hop < hops && from < size; hop++) {
      int to = size;
      for (; from < to; from++) {
        int stop = starts[list[from] + 1];
        for (int place = starts[list[from]]; place < stop; place++) {
          int end = ends[place];
          if (marks[end] != stamp) {
            marks[end] = stamp;
            list[size++] = end;
          }
        }
      }
    }
    return size - 1;
  }

  @Override
  public int distance(int source, int target) {
    return path(source, target).length - 1;
  }

  /**
   * The nodes on a shortest way, none if it is too long or there is none. Searches from both ends,
   * always on from the one that has fewer nodes to go on from.
   */
  int[] path(int source, int target) {
    if (source == target) {
      return new int[] {source};
    }
    int here = stamps(2);
    int there = here + 1;
    begin(source, list, here);
    begin(target, second, there);
    int from = 0;
    int to = 1;
    int backFrom = 0;
    int backTo = 1;
    for (int hop = 1; hop <= Problem.MOST_HOPS && from < to && backFrom < backTo; hop++) {
      boolean isOnward = to - from <= backTo - backFrom;
      int size =
          isOnward ? hop(list, from, to, here, there) : hop(second, backFrom, backTo, there, here);
      if (size < 0) {
        return isOnward ? path(met, metFrom, hop) : path(metFrom, met, hop);
      }
      if (isOnward) {
        from = to;
        to = size;
      } else {
        backFrom = backTo;
        backTo = size;
      }
    }
    return new int[0];
  }

  private void begin(int node, int[] nodes, int stamp) {
    marks[node] = stamp;
    cameFrom[node] = NONE;
    nodes[0] = node;
  }

  /** Where the new nodes end, or -1 when the other side was met. */
  private int hop(int[] nodes, int from, int to, int mine, int theirs) {
    int size = to;
    for (int i = from; i < to; i++) {
      int node = nodes[i];
      int stop = starts[node + 1];
      for (int place = starts[node]; place < stop; place++) {
        int end = ends[place];
        if (marks[end] == theirs) {
          met = end;
          metFrom = node;
          return -1;
        }
        if (marks[end] != mine) {
          marks[end] = mine;
          cameFrom[end] = node;
          nodes[size++] = end;
        }
      }
    }
    return size;
  }

  /** From the last node of the target's side and the one before it, of the source's side. */
  private int[] path(int firstBackward, int lastOnward, int hops) {
    int[] path = new int[hops + 1];
    int place = 0;
    for (int node = lastOnward; node != NONE; node = cameFrom[node]) {
      place++;
    }
    int next = place;
    for (int node = lastOnward; node != NONE; node = cameFrom[node]) {
      path[--place] = node;
    }
    for (int node = firstBackward; node != NONE; node = cameFrom[node]) {
      path[next++] = node;
    }
    return path;
  }

  /** Stamps that are on no node; there are two thousand million of them. */
  private int stamps(int count) {
    mark += count;
    return mark - count + 1;
  }

  @Override
  public long viewBytes() {
    return 4L * (starts.length + middles.length + ends.length);
  }

  @Override
  public void close() {}
}
