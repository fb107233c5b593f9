package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import java.util.Arrays;
import java.util.Collection;

/**
 * The nodes within some hops of others, by breadth-first search. What it costs is the number of
 * entries of the nodes nearer than the last hop.
 */
public final class Reach {
  private static final int UNORDERED = -1;
  private static final int BROAD = 64;

  private final int[] nodes;
  private final int[] levels;

  private Reach(int[] nodes, int[] levels) {
    this.nodes = nodes;
    this.levels = levels;
  }

  /** In the order in which they were come to, the starts first. */
  public int[] nodes() {
    return nodes;
  }

  /**
   * How many nodes are at most so many hops away: at 0 the starts, at 1 also those one hop away …;
   * the last is the number of nodes.
   */
  public int[] levels() {
    return levels;
  }

  /**
   * Walks up to {@code depth} hops.
   *
   * @param types empty for all
   */
  public static Reach within(
      Adjacency adjacency,
      int[] starts,
      int depth,
      Direction direction,
      Collection<EdgeType> types) {
    var workspace = adjacency.workspaces().take(adjacency.size());
    try {
      return new Search(adjacency, workspace, direction, types).run(starts, depth);
    } finally {
      adjacency.workspaces().give(workspace);
    }
  }

  /** How many nodes are within {@code depth} hops, the starts among them; makes no copy of them. */
  public static int count(
      Adjacency adjacency, int start, int depth, Direction direction, Collection<EdgeType> types) {
    if (depth == 1) {
      int neighbors = neighbors(adjacency, start, direction, types);
      if (neighbors != UNORDERED) {
        return neighbors + 1;
      }
    }
    var workspace = adjacency.workspaces().take(adjacency.size());
    try {
      var search = new Search(adjacency, workspace, direction, types);
      search.begin(start);
      int hop = 1;
      while (hop < depth && search.hop()) {
        hop++;
      }
      return hop == depth ? search.countHop() : search.found;
    } finally {
      adjacency.workspaces().give(workspace);
    }
  }

  /**
   * How many nodes are one hop away, by merging the rows of the node, which needs no marks; or
   * {@link #UNORDERED}, since a row that was changed after the arrays were made need not be in
   * order.
   */
  private static int neighbors(
      Adjacency adjacency, int node, Direction direction, Collection<EdgeType> types) {
    Rows rows = adjacency.rows(Direction.BOTH);
    int[] ends = rows.ends();
    var filter = adjacency.filter(types);
    int middle = adjacency.out().stop(node);
    int out = direction == Direction.INCOMING ? middle : rows.start(node);
    int in = middle;
    int stop = direction == Direction.OUTGOING ? middle : rows.stop(node);
    int count = 0;
    int last = -1;
    while (out < middle || in < stop) {
      boolean isOut = in == stop || (out < middle && ends[out] <= ends[in]);
      int place = isOut ? out++ : in++;
      int end = ends[place];
      if (end < last) {
        return UNORDERED;
      }
      if (end != last && end != node && filter.passes(rows.kind(place))) {
        count++;
        last = end;
      }
    }
    return count;
  }

  private static final class Search {
    private final Rows rows;
    private final Adjacency.TypeFilter filter;
    private final int[] marks;
    private final int[] list;
    private final int mark;
    private int done;
    private int found;

    Search(
        Adjacency adjacency, Workspace workspace, Direction direction, Collection<EdgeType> types) {
      this.rows = adjacency.rows(direction);
      this.filter = adjacency.filter(types);
      this.marks = workspace.marks();
      this.list = workspace.list();
      this.mark = workspace.freshMark();
    }

    Reach run(int[] starts, int depth) {
      for (int start : starts) {
        begin(start);
      }
      int[] levels = new int[8];
      levels[0] = found;
      int hops = 0;
      while (hops < depth && hop()) {
        hops++;
        if (hops == levels.length) {
          levels = Arrays.copyOf(levels, 2 * hops);
        }
        levels[hops] = found;
      }
      return new Reach(Arrays.copyOf(list, found), Arrays.copyOf(levels, hops + 1));
    }

    void begin(int start) {
      if (marks[start] != mark) {
        marks[start] = mark;
        list[found++] = start;
      }
    }

    /** One hop from all nodes that were come to last; {@code false} if it leads nowhere new. */
    boolean hop() {
      int from = done;
      int to = found;
      found = isBroad() ? list(rows, list, from, to, marks, mark) : listWanted(from, to);
      done = to;
      return found > to;
    }

    /** How many have been come to with a last hop, which are then not listed. */
    int countHop() {
      if (isBroad()) {
        return found + count(rows, list, done, found, marks, mark);
      }
      hop();
      return found;
    }

    /**
     * From so many nodes that it pays to write down each end and go on behind it if it is new,
     * instead of a branch that cannot be foreseen.
     */
    private boolean isBroad() {
      return found - done >= BROAD && filter.passesAll();
    }

    private static int count(Rows rows, int[] list, int from, int to, int[] marks, int mark) {
      int count = 0;
      int[] ends = rows.ends();
      for (int i = from; i < to; i++) {
        int node = list[i];
        int stop = rows.stop(node);
        for (int place = rows.start(node); place < stop; place++) {
          int end = ends[place];
          count += oneIfDifferent(marks[end], mark);
          marks[end] = mark;
        }
      }
      return count;
    }

    private static int list(Rows rows, int[] list, int from, int to, int[] marks, int mark) {
      int next = to;
      int[] ends = rows.ends();
      for (int i = from; i < to; i++) {
        int node = list[i];
        int stop = rows.stop(node);
        for (int place = rows.start(node); place < stop; place++) {
          int end = ends[place];
          list[next] = end;
          next += oneIfDifferent(marks[end], mark);
          marks[end] = mark;
        }
      }
      return next;
    }

    private static int oneIfDifferent(int a, int b) {
      int difference = a ^ b;
      return (difference | -difference) >>> 31;
    }

    private int listWanted(int from, int to) {
      int next = to;
      for (int i = from; i < to; i++) {
        int stop = rows.stop(list[i]);
        for (int place = rows.start(list[i]); place < stop; place++) {
          int end = rows.end(place);
          if (marks[end] != mark && filter.passes(rows.kind(place))) {
            marks[end] = mark;
            list[next++] = end;
          }
        }
      }
      return next;
    }
  }
}
