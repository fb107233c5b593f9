package dev.knowledgegraph.peers;

import java.nio.file.Path;

/**
 * The floor: compressed sparse rows in three int arrays and nothing else. The row of a node has the
 * targets of its edges, then the sources of the edges into it, so all three directions can be
 * asked, and both at once is one walk over one row. No types, no ids, no changes.
 */
public final class BareCsr implements Peer {
  private int[] starts = {0};
  private int[] middles = {};
  private int[] ends = {};
  private int[] marks = {};
  private int[] list = {};
  private int[] second = {};
  private int mark;

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

  /** From both ends, always on from the one that has fewer nodes to go on from. */
  @Override
  public int distance(int source, int target) {
    if (source == target) {
      return 0;
    }
    int here = stamps(2);
    int there = here + 1;
    marks[source] = here;
    marks[target] = there;
    list[0] = source;
    second[0] = target;
    int from = 0;
    int to = 1;
    int backFrom = 0;
    int backTo = 1;
    for (int hop = 1; hop <= Problem.MOST_HOPS && from < to && backFrom < backTo; hop++) {
      if (to - from <= backTo - backFrom) {
        int size = hop(list, from, to, here, there);
        if (size < 0) {
          return hop;
        }
        from = to;
        to = size;
      } else {
        int size = hop(second, backFrom, backTo, there, here);
        if (size < 0) {
          return hop;
        }
        backFrom = backTo;
        backTo = size;
      }
    }
    return -1;
  }

  /** Where the new nodes end, or -1 when the other side was met. */
  private int hop(int[] nodes, int from, int to, int mine, int theirs) {
    int size = to;
    for (int i = from; i < to; i++) {
      int stop = starts[nodes[i] + 1];
      for (int place = starts[nodes[i]]; place < stop; place++) {
        int end = ends[place];
        if (marks[end] == theirs) {
          return -1;
        }
        if (marks[end] != mine) {
          marks[end] = mine;
          nodes[size++] = end;
        }
      }
    }
    return size;
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
