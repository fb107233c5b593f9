package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds where a small graph lies in a large one, by backtracking (Ullmann 1976): places are filled
 * one after the other, each from the row of the neighbor that has the fewest entries. Costs, for
 * each node at the first place, at most the product of the degrees met on the way.
 */
public final class PatternSearch {
  private final Adjacency adjacency;
  private final List<Tie> ties;
  private final Sieve sieve;
  private final int limit;
  private final int[] order;
  private final int[] at;
  private final List<int[]> found = new ArrayList<>();
  private long work;

  /** An edge between two places, by their numbers. */
  private record Tie(int from, int to, boolean isDirected, Adjacency.TypeFilter filter) {}

  /** Says who may stand where. */
  @FunctionalInterface
  public interface Sieve {
    /** Those of some numbers that may stand at a place, in the same order. */
    int[] passing(int place, int[] candidates);
  }

  /** The edges of a pattern, one after the other. */
  public static final class Ties {
    private final List<Tie> ties = new ArrayList<>();
    private final Adjacency adjacency;

    /** In which rows they will be looked for. */
    public Ties(Adjacency adjacency) {
      this.adjacency = adjacency;
    }

    /** An edge between two places; no types for any. */
    public void add(int from, int to, boolean isDirected, Collection<EdgeType> types) {
      ties.add(new Tie(from, to, isDirected, adjacency.filter(types)));
    }
  }

  /**
   * What to look for, and how much.
   *
   * @param places how many there are, all of them connected by ties
   * @param first the place that is filled first
   * @param work how many entries may be looked at
   */
  public PatternSearch(
      Adjacency adjacency, int places, Ties ties, Sieve sieve, int first, int limit, long work) {
    this.adjacency = adjacency;
    this.ties = ties.ties;
    this.sieve = sieve;
    this.limit = limit;
    this.work = work;
    this.at = new int[places];
    this.order = order(first);
  }

  /** Each place after one that it is tied to, those with most ties to earlier ones first. */
  private int[] order(int first) {
    var order = new ArrayList<Integer>(List.of(first));
    while (order.size() < at.length) {
      int next =
          IntStream.range(0, at.length)
              .filter(place -> !order.contains(place))
              .boxed()
              .max(
                  Comparator.comparingLong((Integer place) -> tiesTo(place, order))
                      .thenComparing(Comparator.reverseOrder()))
              .orElseThrow();
      order.add(next);
    }
    return order.stream().mapToInt(place -> place).toArray();
  }

  private long tiesTo(int place, List<Integer> others) {
    return ties.stream()
        .filter(
            tie ->
                (tie.from == place && others.contains(tie.to))
                    || (tie.to == place && others.contains(tie.from)))
        .count();
  }

  /** Whether there was time to look everywhere. */
  public boolean isComplete() {
    return work >= 0;
  }

  /**
   * The first matches, each as the node at each place.
   *
   * @param starts who may stand at the first place, in the order in which they are tried
   */
  public List<int[]> run(int[] starts) {
    for (int start : starts) {
      at[order[0]] = start;
      if (agrees(0)) {
        fill(1);
      }
      if (isOver()) {
        break;
      }
    }
    return found;
  }

  private boolean isOver() {
    return found.size() >= limit || work < 0;
  }

  /** Fills the places from one of the order on; as deep as there are places. */
  private void fill(int step) {
    if (step == order.length) {
      found.add(at.clone());
      return;
    }
    int place = order[step];
    for (int candidate : sieve.passing(place, candidates(step))) {
      at[place] = candidate;
      fill(step + 1);
      if (isOver()) {
        return;
      }
    }
  }

  /** Those that the shape lets stand at a place of the order, by their ids. */
  private int[] candidates(int step) {
    Tie narrowest = null;
    int least = Integer.MAX_VALUE;
    for (Tie tie : ties) {
      if (isBetween(tie, step)) {
        int size = size(tie, order[step]);
        if (size < least) {
          least = size;
          narrowest = tie;
        }
      }
    }
    if (narrowest == null) {
      return new int[0];
    }
    int place = order[step];
    int[] ends = ends(narrowest, place);
    return Arrays.stream(ends)
        .distinct()
        .filter(
            end -> {
              at[place] = end;
              return agrees(step);
            })
        .boxed()
        .sorted(adjacency::compare)
        .mapToInt(end -> end)
        .toArray();
  }

  /** Whether a tie leads from a place of the order to one before it. */
  private boolean isBetween(Tie tie, int step) {
    int place = order[step];
    return (tie.to == place && isBefore(tie.from, step))
        || (tie.from == place && isBefore(tie.to, step));
  }

  private boolean isBefore(int place, int step) {
    for (int i = 0; i < step; i++) {
      if (order[i] == place) {
        return true;
      }
    }
    return false;
  }

  private static Direction direction(Tie tie, int place) {
    if (!tie.isDirected) {
      return Direction.BOTH;
    }
    return tie.to == place ? Direction.OUTGOING : Direction.INCOMING;
  }

  private int size(Tie tie, int place) {
    int known = at[tie.to == place ? tie.from : tie.to];
    Rows rows = adjacency.rows(direction(tie, place));
    return rows.stop(known) - rows.start(known);
  }

  /** Who is at the other end of a tie whose one end is known. */
  private int[] ends(Tie tie, int place) {
    int known = at[tie.to == place ? tie.from : tie.to];
    Rows rows = adjacency.rows(direction(tie, place));
    work -= rows.stop(known) - rows.start(known);
    return IntStream.range(rows.start(known), rows.stop(known))
        .filter(entry -> tie.filter.passes(rows.kind(entry)))
        .map(rows::end)
        .toArray();
  }

  /** Whether the node at a place of the order is none of those before it, and has all its ties. */
  private boolean agrees(int step) {
    int place = order[step];
    for (int i = 0; i < step; i++) {
      if (at[order[i]] == at[place]) {
        return false;
      }
    }
    for (Tie tie : ties) {
      boolean isLoop = tie.from == place && tie.to == place;
      if ((isLoop || isBetween(tie, step)) && !isThere(tie)) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is an edge for a tie, looked for from the end that has fewer entries. */
  private boolean isThere(Tie tie) {
    Rows forth = adjacency.rows(tie.isDirected ? Direction.OUTGOING : Direction.BOTH);
    Rows back = adjacency.rows(tie.isDirected ? Direction.INCOMING : Direction.BOTH);
    int from = at[tie.from];
    int to = at[tie.to];
    return forth.stop(from) - forth.start(from) <= back.stop(to) - back.start(to)
        ? isThere(forth, from, to, tie)
        : isThere(back, to, from, tie);
  }

  private boolean isThere(Rows rows, int from, int to, Tie tie) {
    work -= rows.stop(from) - rows.start(from);
    for (int place = rows.start(from); place < rows.stop(from); place++) {
      if (rows.end(place) == to && tie.filter.passes(rows.kind(place))) {
        return true;
      }
    }
    return false;
  }
}
