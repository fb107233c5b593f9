package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Shortest paths between two nodes, as the nodes on the way. */
public final class Paths {
  private final Adjacency adjacency;
  private final Direction direction;
  private final Adjacency.TypeFilter filter;

  /**
   * Along edges that count in a direction.
   *
   * @param types empty for all
   */
  public Paths(Adjacency adjacency, Direction direction, Collection<EdgeType> types) {
    this.adjacency = adjacency;
    this.direction = direction;
    this.filter = adjacency.filter(types);
  }

  /**
   * One with the fewest hops; null if there is none with at most {@code maxHops}. Searches from
   * both ends, always on from the one that has fewer nodes to go on from (Pohl 1971).
   */
  public int @Nullable [] shortest(int source, int target, int maxHops) {
    if (source == target) {
      return new int[] {source};
    }
    var workspace = adjacency.workspaces().take(adjacency.size());
    try {
      return new TwoWaySearch(workspace, source, target).run(maxHops);
    } finally {
      adjacency.workspaces().give(workspace);
    }
  }

  /** Marks are one for nodes that can be reached, another for those that can reach the target. */
  private final class TwoWaySearch {
    private static final int NONE = -1;

    private final int[] marks;
    private final int[] cameFrom;
    private final int[] reachable;
    private final int[] reaching;
    private final int reachableMark;
    private final int reachingMark;
    private final Rows onward = adjacency.rows(direction);
    private final Rows backward = adjacency.rows(direction.reversed());
    private final boolean all = filter.passesAll();
    private int lastOnward = NONE;
    private int firstBackward = NONE;

    TwoWaySearch(Workspace workspace, int source, int target) {
      marks = workspace.marks();
      cameFrom = workspace.links();
      reachable = workspace.list();
      reaching = workspace.second();
      reachableMark = workspace.freshMark();
      reachingMark = workspace.freshMark();
      begin(source, reachable, reachableMark);
      begin(target, reaching, reachingMark);
    }

    private void begin(int node, int[] list, int mark) {
      marks[node] = mark;
      cameFrom[node] = NONE;
      list[0] = node;
    }

    int @Nullable [] run(int maxHops) {
      int reachableFrom = 0;
      int reachableTo = 1;
      int reachingFrom = 0;
      int reachingTo = 1;
      for (int hop = 0; hop < maxHops; hop++) {
        if (reachableFrom == reachableTo || reachingFrom == reachingTo) {
          return null;
        }
        if (reachableTo - reachableFrom <= reachingTo - reachingFrom) {
          int size = hop(onward, reachable, reachableFrom, reachableTo, true);
          reachableFrom = reachableTo;
          reachableTo = size;
        } else {
          int size = hop(backward, reaching, reachingFrom, reachingTo, false);
          reachingFrom = reachingTo;
          reachingTo = size;
        }
        if (lastOnward != NONE) {
          return path();
        }
      }
      return null;
    }

    /** Where the two sides meet in the middle of a hop the search is over. */
    private int hop(Rows rows, int[] list, int from, int to, boolean isOnward) {
      int mine = isOnward ? reachableMark : reachingMark;
      int theirs = isOnward ? reachingMark : reachableMark;
      int size = to;
      for (int i = from; i < to && lastOnward == NONE; i++) {
        size = hop(rows, list, list[i], size, mine, theirs);
      }
      if (lastOnward != NONE && !isOnward) {
        int last = lastOnward;
        lastOnward = firstBackward;
        firstBackward = last;
      }
      return size;
    }

    private int hop(Rows rows, int[] list, int node, int size, int mine, int theirs) {
      int next = size;
      int[] ends = rows.ends();
      int stop = rows.stop(node);
      for (int place = rows.start(node); place < stop; place++) {
        int end = ends[place];
        int mark = marks[end];
        if (mark != mine && (all || filter.passes(rows.kind(place)))) {
          if (mark == theirs) {
            lastOnward = node;
            firstBackward = end;
            return next;
          }
          marks[end] = mine;
          cameFrom[end] = node;
          list[next++] = end;
        }
      }
      return next;
    }

    private int[] path() {
      int before = 0;
      for (int node = lastOnward; node != NONE; node = cameFrom[node]) {
        before++;
      }
      int after = 0;
      for (int node = firstBackward; node != NONE; node = cameFrom[node]) {
        after++;
      }
      int[] path = new int[before + after];
      int place = before;
      for (int node = lastOnward; node != NONE; node = cameFrom[node]) {
        path[--place] = node;
      }
      place = before;
      for (int node = firstBackward; node != NONE; node = cameFrom[node]) {
        path[place++] = node;
      }
      return path;
    }
  }

  /**
   * Those with the fewest hops, at most {@code limit}, in the order of the ids on the way. Costs a
   * breadth-first search to the target, and the entries into the nodes on the way.
   */
  public List<int[]> allShortest(int source, int target, int limit) {
    var workspace = adjacency.workspaces().take(adjacency.size());
    try {
      return new LevelSearch(workspace, source, target).run(limit);
    } finally {
      adjacency.workspaces().give(workspace);
    }
  }

  /** Backwards from the target, so that paths are then found forwards, without dead ends. */
  private final class LevelSearch {
    private final int source;
    private final int[] marks;
    private final int[] toTarget;
    private final int[] list;
    private final int mark;

    LevelSearch(Workspace workspace, int source, int target) {
      this.source = source;
      marks = workspace.marks();
      toTarget = workspace.links();
      list = workspace.list();
      mark = workspace.freshMark();
      marks[target] = mark;
      toTarget[target] = 0;
      list[0] = target;
    }

    List<int[]> run(int limit) {
      int size = 1;
      for (int i = 0; i < size && marks[source] != mark; i++) {
        size = hop(list[i], size);
      }
      var paths = new ArrayList<int[]>();
      if (marks[source] == mark) {
        int[] path = new int[toTarget[source] + 1];
        path[0] = source;
        collect(path, limit, paths);
      }
      return paths;
    }

    private int hop(int node, int size) {
      int next = size;
      Rows rows = adjacency.rows(direction.reversed());
      for (int place = rows.start(node); place < rows.stop(node); place++) {
        int end = rows.end(place);
        if (marks[end] != mark && filter.passes(rows.kind(place))) {
          marks[end] = mark;
          toTarget[end] = toTarget[node] + 1;
          list[next++] = end;
        }
      }
      return next;
    }

    /** Goes through all ways from the source, without recursion: one list of next nodes a hop. */
    private void collect(int[] path, int limit, List<int[]> paths) {
      int[] @Nullable [] choices = new int[path.length][];
      int[] chosen = new int[path.length];
      int hop = 0;
      while (hop >= 0 && paths.size() < limit) {
        if (hop == path.length - 1) {
          paths.add(path.clone());
          hop--;
          continue;
        }
        int[] next = choices[hop];
        if (next == null) {
          next = nearer(path[hop]);
          choices[hop] = next;
          chosen[hop] = 0;
        }
        if (chosen[hop] == next.length) {
          choices[hop] = null;
          hop--;
        } else {
          path[hop + 1] = next[chosen[hop]++];
          hop++;
        }
      }
    }

    private int[] nearer(int node) {
      var nearer = new ArrayList<Integer>();
      Rows rows = adjacency.rows(direction);
      for (int place = rows.start(node); place < rows.stop(node); place++) {
        int end = rows.end(place);
        if (marks[end] == mark
            && toTarget[end] == toTarget[node] - 1
            && filter.passes(rows.kind(place))) {
          nearer.add(end);
        }
      }
      return nearer.stream().distinct().sorted(adjacency::compare).mapToInt(n -> n).toArray();
    }
  }

  /**
   * The lightest one, by the sum of the weights; null if there is none. Dijkstra's algorithm (1959)
   * with a binary heap, to which a node is added again when a lighter way to it is found; ties by
   * id.
   *
   * @throws RejectedException if an edge that it looks at has a negative weight
   */
  public int @Nullable [] lightest(int source, int target) {
    var workspace = adjacency.workspaces().take(adjacency.size());
    try {
      return new WeightSearch(workspace, source, target).run();
    } finally {
      adjacency.workspaces().give(workspace);
    }
  }

  /** A way to a node; marks are one for nodes that have been come to, another for those done. */
  private final class WeightSearch {
    private record Way(int node, double weight) {}

    private final int source;
    private final int target;
    private final int[] marks;
    private final int[] cameFrom;
    private final double[] best;
    private final int open;
    private final int done;
    private final PriorityQueue<Way> queue =
        new PriorityQueue<>(
            Comparator.comparingDouble(Way::weight).thenComparing(Way::node, adjacency::compare));

    WeightSearch(Workspace workspace, int source, int target) {
      this.source = source;
      this.target = target;
      marks = workspace.marks();
      cameFrom = workspace.links();
      best = workspace.numbers();
      open = workspace.freshMark();
      done = workspace.freshMark();
    }

    int @Nullable [] run() {
      offer(source, source, 0);
      while (!queue.isEmpty()) {
        Way way = queue.remove();
        if (way.node() == target) {
          return path();
        }
        if (marks[way.node()] != done) {
          marks[way.node()] = done;
          Rows rows = adjacency.rows(direction);
          goOn(rows, way);
        }
      }
      return null;
    }

    private void goOn(Rows rows, Way way) {
      for (int place = rows.start(way.node()); place < rows.stop(way.node()); place++) {
        if (filter.passes(rows.kind(place))) {
          offer(way.node(), rows.end(place), way.weight() + notNegative(rows.weight(place)));
        }
      }
    }

    private void offer(int from, int node, double weight) {
      boolean isNew = marks[node] != open && marks[node] != done;
      if (isNew || (marks[node] == open && weight < best[node])) {
        marks[node] = open;
        best[node] = weight;
        cameFrom[node] = from;
        queue.add(new Way(node, weight));
      }
    }

    private int[] path() {
      int length = 1;
      for (int node = target; node != source; node = cameFrom[node]) {
        length++;
      }
      int[] path = new int[length];
      int node = target;
      for (int place = length - 1; place >= 0; place--) {
        path[place] = node;
        node = cameFrom[node];
      }
      return path;
    }
  }

  /**
   * The {@code k} shortest on which no node comes twice, the shortest first; fewer if there are no
   * more. Of paths of the same length the one with fewer hops is first, then by the ids on the way.
   * Costs one search from the target over all nodes that can reach it, and for each path at most
   * one search for each of its nodes.
   *
   * @param weighted whether the length is the sum of the weights, or the number of hops
   * @throws RejectedException if an edge that it looks at has a negative weight
   */
  public List<int[]> shortest(int source, int target, boolean weighted, int k) {
    return new Detours(adjacency, direction, filter, weighted, target).from(source, k);
  }

  static double notNegative(double weight) {
    if (weight < 0) {
      throw new RejectedException(
          new Rejection.Invalid(
              List.of(
                  new FieldError(
                      "weighted",
                      "expected weights of 0 or more along the way, found a negative one"))));
    }
    return weight;
  }
}
