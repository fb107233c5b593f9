package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.model.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The k shortest paths on which no node comes twice: Yen's algorithm (1971) with Lawler's rule
 * (1972), by which a path is varied only from where it left the path that it is a detour of. Each
 * detour is found by an A* search (Hart, Nilsson and Raphael 1968) whose estimate, the distance to
 * the target when nothing has to be avoided, is found once from there; so it looks at little more
 * than the nodes along the detour, unless it has to go far around.
 */
final class Detours {
  private final Adjacency adjacency;
  private final Direction direction;
  private final Adjacency.TypeFilter filter;
  private final boolean weighted;
  private final int target;
  private final double[] ahead;

  /** All paths in question are to this target. */
  Detours(
      Adjacency adjacency,
      Direction direction,
      Adjacency.TypeFilter filter,
      boolean weighted,
      int target) {
    this.adjacency = adjacency;
    this.direction = direction;
    this.filter = filter;
    this.weighted = weighted;
    this.target = target;
    this.ahead = weighted ? weightsAhead() : hopsAhead();
  }

  /** A path, how far each of its nodes is from the source, and its place where it turns off. */
  private static final class Path {
    final int[] nodes;
    final double[] distances;
    final int turn;

    Path(int[] nodes, double[] distances, int turn) {
      this.nodes = nodes;
      this.distances = distances;
      this.turn = turn;
    }

    double length() {
      return distances[distances.length - 1];
    }
  }

  private int compare(Path one, Path other) {
    int order = Double.compare(one.length(), other.length());
    if (order == 0) {
      order = Integer.compare(one.nodes.length, other.nodes.length);
    }
    for (int i = 0; order == 0 && i < one.nodes.length; i++) {
      order = adjacency.compare(one.nodes[i], other.nodes[i]);
    }
    return order;
  }

  /** The shortest {@code k} from a source, the shortest first; fewer if there are no more. */
  List<int[]> from(int source, int k) {
    var paths = new ArrayList<int[]>();
    var found = new PriorityQueue<Path>(this::compare);
    Path direct = detour(new Path(new int[] {source}, new double[1], 0), 0, Set.of());
    for (Path next = direct; next != null; next = found.poll()) {
      paths.add(next.nodes);
      if (paths.size() == k) {
        break;
      }
      for (int turn = next.turn; turn < next.nodes.length - 1; turn++) {
        Path detour = detour(next, turn, taken(paths, next.nodes, turn));
        if (detour != null) {
          found.add(detour);
        }
      }
    }
    return paths;
  }

  /** Where the paths go that are the same as this one up to a turn. */
  private static Set<Integer> taken(List<int[]> paths, int[] path, int turn) {
    var taken = new HashSet<Integer>();
    for (int[] other : paths) {
      if (other.length > turn + 1 && Arrays.equals(other, 0, turn + 1, path, 0, turn + 1)) {
        taken.add(other[turn + 1]);
      }
    }
    return taken;
  }

  /** The shortest path that goes along another up to a turn, and then not to any of these nodes. */
  private @Nullable Path detour(Path along, int turn, Set<Integer> avoided) {
    var workspace = adjacency.workspaces().take(adjacency.size());
    try {
      return new Search(workspace, along, turn, avoided).run();
    } finally {
      adjacency.workspaces().give(workspace);
    }
  }

  /** Marks are one for nodes that have been come to, another for those it must not come to. */
  private final class Search {
    private record Way(int node, double distance, double estimate) {}

    private final Path along;
    private final int turn;
    private final Set<Integer> avoided;
    private final int[] marks;
    private final int[] cameFrom;
    private final double[] best;
    private final int reached;
    private final int closed;
    private final PriorityQueue<Way> queue =
        new PriorityQueue<>(
            Comparator.comparingDouble(Way::estimate)
                .thenComparing(Way::distance, Comparator.reverseOrder())
                .thenComparing(Way::node, adjacency::compare));

    Search(Workspace workspace, Path along, int turn, Set<Integer> avoided) {
      this.along = along;
      this.turn = turn;
      this.avoided = avoided;
      marks = workspace.marks();
      cameFrom = workspace.links();
      best = workspace.numbers();
      reached = workspace.freshMark();
      closed = workspace.freshMark();
    }

    @Nullable Path run() {
      for (int i = 0; i <= turn; i++) {
        marks[along.nodes[i]] = closed;
      }
      int start = along.nodes[turn];
      if (start == target) {
        return along;
      }
      goOn(start, along.distances[turn], avoided);
      while (!queue.isEmpty()) {
        Way way = queue.remove();
        if (way.node() == target) {
          return path();
        }
        if (way.distance() == best[way.node()]) {
          goOn(way.node(), way.distance(), Set.of());
        }
      }
      return null;
    }

    private void goOn(int node, double distance, Set<Integer> except) {
      Rows rows = adjacency.rows(direction);
      for (int place = rows.start(node); place < rows.stop(node); place++) {
        int end = rows.end(place);
        if (marks[end] != closed
            && ahead[end] < Double.POSITIVE_INFINITY
            && filter.passes(rows.kind(place))
            && !except.contains(end)) {
          offer(node, end, distance + length(rows, place));
        }
      }
    }

    private void offer(int from, int node, double distance) {
      if (marks[node] != reached || distance < best[node]) {
        marks[node] = reached;
        best[node] = distance;
        cameFrom[node] = from;
        queue.add(new Way(node, distance, distance + ahead[node]));
      }
    }

    private Path path() {
      int start = along.nodes[turn];
      int size = turn + 1;
      for (int node = target; node != start; node = cameFrom[node]) {
        size++;
      }
      int[] nodes = Arrays.copyOf(along.nodes, size);
      double[] distances = Arrays.copyOf(along.distances, size);
      int place = size;
      for (int node = target; node != start; node = cameFrom[node]) {
        nodes[--place] = node;
        distances[place] = best[node];
      }
      return new Path(nodes, distances, turn);
    }
  }

  private double length(Rows rows, int place) {
    return weighted ? Paths.notNegative(rows.weight(place)) : 1;
  }

  /** The distance of each node to the target; infinite if there is no way. */
  private double[] hopsAhead() {
    double[] hops = farAway();
    int[] list = new int[adjacency.size()];
    list[0] = target;
    int size = 1;
    for (int i = 0; i < size; i++) {
      Rows rows = adjacency.rows(direction.reversed());
      for (int place = rows.start(list[i]); place < rows.stop(list[i]); place++) {
        int end = rows.end(place);
        if (hops[end] == Double.POSITIVE_INFINITY && filter.passes(rows.kind(place))) {
          hops[end] = hops[list[i]] + 1;
          list[size++] = end;
        }
      }
    }
    return hops;
  }

  private double[] weightsAhead() {
    record Way(int node, double weight) {}

    double[] weights = farAway();
    var queue = new PriorityQueue<Way>(Comparator.comparingDouble(Way::weight));
    queue.add(new Way(target, 0));
    while (!queue.isEmpty()) {
      Way way = queue.remove();
      if (way.weight() > weights[way.node()]) {
        continue;
      }
      Rows rows = adjacency.rows(direction.reversed());
      for (int place = rows.start(way.node()); place < rows.stop(way.node()); place++) {
        int end = rows.end(place);
        double weight = way.weight() + length(rows, place);
        if (weight < weights[end] && filter.passes(rows.kind(place))) {
          weights[end] = weight;
          queue.add(new Way(end, weight));
        }
      }
    }
    return weights;
  }

  private double[] farAway() {
    double[] far = new double[adjacency.size()];
    Arrays.fill(far, Double.POSITIVE_INFINITY);
    far[target] = 0;
    return far;
  }
}
