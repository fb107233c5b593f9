package dev.knowledgegraph.internal.adjacency;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For each node the entries of its edges in one direction, side by side in one array. Immutable:
 * rows that change are written anew behind all others, and only the beginnings and ends of rows are
 * copied. What grew out of this shares its arrays, which this does not look into beyond its rows;
 * so only the latest may be changed. Takes 8 bytes a node and 5 an entry (8 with more than 64 types
 * of edges; 8 more with weights).
 */
final class Rows {
  private final int[] starts;
  private final int[] stops;
  private final int[] ends;
  private final byte @Nullable [] fewKinds;
  private final int @Nullable [] manyKinds;
  private final double @Nullable [] weights;

  /** How much of {@code ends} is in use, by rows of this or of those before it. */
  private final int used;

  /** How many entries the rows have, taken together. */
  private final int count;

  private Rows(
      int[] starts,
      int[] stops,
      int[] ends,
      byte @Nullable [] fewKinds,
      int @Nullable [] manyKinds,
      double @Nullable [] weights,
      int used,
      int count) {
    this.starts = starts;
    this.stops = stops;
    this.ends = ends;
    this.fewKinds = fewKinds;
    this.manyKinds = manyKinds;
    this.weights = weights;
    this.used = used;
    this.count = count;
  }

  /**
   * Puts entries into rows, each row in the order of the numbers at the other ends; linear time.
   *
   * @param sources whose row each entry goes to
   */
  static Rows of(int nodes, int[] sources, int[] targets, Entries entries) {
    int size = entries.size;
    // Two stable counting sorts, by the other end and then by the row.
    int[] order = sorted(nodes, sources, sorted(nodes, targets, null, size), size);
    int[] offsets = offsets(nodes, sources, size);
    int[] ends = new int[size];
    boolean few = true;
    for (int i = 0; i < size; i++) {
      ends[i] = targets[order[i]];
      few &= entries.kinds[i] <= Byte.MAX_VALUE;
    }
    byte[] fewKinds = few ? new byte[size] : null;
    int[] manyKinds = few ? null : new int[size];
    double[] from = entries.weights;
    double[] weights = from == null ? null : new double[size];
    for (int i = 0; i < size; i++) {
      if (fewKinds != null) {
        fewKinds[i] = (byte) entries.kinds[order[i]];
      } else if (manyKinds != null) {
        manyKinds[i] = entries.kinds[order[i]];
      }
      if (weights != null && from != null) {
        weights[i] = from[order[i]];
      }
    }
    return new Rows(
        Arrays.copyOf(offsets, nodes),
        Arrays.copyOfRange(offsets, 1, nodes + 1),
        ends,
        fewKinds,
        manyKinds,
        weights,
        size,
        size);
  }

  private static int[] offsets(int nodes, int[] keys, int size) {
    int[] offsets = new int[nodes + 1];
    for (int i = 0; i < size; i++) {
      offsets[keys[i] + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      offsets[node + 1] += offsets[node];
    }
    return offsets;
  }

  private static int[] sorted(int nodes, int[] keys, int @Nullable [] order, int size) {
    int[] next = offsets(nodes, keys, size);
    int[] sorted = new int[size];
    for (int i = 0; i < size; i++) {
      int entry = order == null ? i : order[i];
      sorted[next[keys[entry]]++] = entry;
    }
    return sorted;
  }

  /** Rows as they were saved. */
  static Rows of(int[] starts, int[] stops, int[] ends, int[] kinds, double @Nullable [] weights) {
    boolean few = true;
    for (int kind : kinds) {
      few &= kind <= Byte.MAX_VALUE;
    }
    byte[] fewKinds = few ? new byte[kinds.length] : null;
    if (fewKinds != null) {
      for (int i = 0; i < kinds.length; i++) {
        fewKinds[i] = (byte) kinds[i];
      }
    }
    return new Rows(
        starts, stops, ends, fewKinds, few ? null : kinds, weights, ends.length, ends.length);
  }

  /** Where a node's row begins. */
  int start(int node) {
    return starts[node];
  }

  /** Where a node's row ends: the place after its last entry. */
  int stop(int node) {
    return stops[node];
  }

  /** The node at the other end of the entry at a place. */
  int end(int place) {
    return ends[place];
  }

  /** All entries' other ends; not to be written to. */
  int[] ends() {
    return ends;
  }

  int kind(int place) {
    return fewKinds != null ? fewKinds[place] : manyKinds != null ? manyKinds[place] : 0;
  }

  /** The weight of the entry at a place; 1 where no weights are kept. */
  double weight(int place) {
    return weights == null ? 1 : weights[place];
  }

  boolean hasWeights() {
    return weights != null;
  }

  int count() {
    return count;
  }

  /** A node's entries, to be changed. */
  Entries row(int node) {
    var row = new Entries(stops[node] - starts[node] + 4, weights != null);
    for (int place = starts[node]; place < stops[node]; place++) {
      row.add(ends[place], kind(place), weight(place));
    }
    return row;
  }

  /** With these rows in place of their own, and room for so many nodes. */
  Rows with(Map<Integer, Entries> changed, int nodes) {
    int more = changed.values().stream().mapToInt(row -> row.size).sum();
    int needed = Math.addExact(used, more);
    boolean many =
        manyKinds != null
            || changed.values().stream().anyMatch(row -> kindsOf(row) > Byte.MAX_VALUE);
    int room = needed <= ends.length ? ends.length : needed + needed / 8;
    int[] newEnds = room == ends.length ? ends : Arrays.copyOf(ends, room);
    double[] newWeights =
        weights == null || room == weights.length ? weights : Arrays.copyOf(weights, room);
    byte[] newFew = many || fewKinds == null ? null : sized(fewKinds, room);
    int[] newMany = many ? widened(room) : null;
    int[] newStarts = Arrays.copyOf(starts, nodes);
    int[] newStops = Arrays.copyOf(stops, nodes);
    int place = used;
    int newCount = count;
    for (var each : changed.entrySet()) {
      int node = each.getKey();
      Entries row = each.getValue();
      newCount += row.size - (newStops[node] - newStarts[node]);
      System.arraycopy(row.ends, 0, newEnds, place, row.size);
      for (int i = 0; i < row.size; i++) {
        if (newFew != null) {
          newFew[place + i] = (byte) row.kinds[i];
        } else if (newMany != null) {
          newMany[place + i] = row.kinds[i];
        }
      }
      if (newWeights != null && row.weights != null) {
        System.arraycopy(row.weights, 0, newWeights, place, row.size);
      }
      newStarts[node] = place;
      place += row.size;
      newStops[node] = place;
    }
    return new Rows(newStarts, newStops, newEnds, newFew, newMany, newWeights, place, newCount);
  }

  private static int kindsOf(Entries row) {
    int most = 0;
    for (int i = 0; i < row.size; i++) {
      most = Math.max(most, row.kinds[i]);
    }
    return most;
  }

  private static byte[] sized(byte[] kinds, int room) {
    return room == kinds.length ? kinds : Arrays.copyOf(kinds, room);
  }

  private int[] widened(int room) {
    if (manyKinds != null) {
      return room == manyKinds.length ? manyKinds : Arrays.copyOf(manyKinds, room);
    }
    int[] widened = new int[room];
    for (int place = 0; place < used; place++) {
      widened[place] = kind(place);
    }
    return widened;
  }

  /** How many places hold no entry any more. */
  int wasted() {
    return used - count;
  }

  long bytes() {
    return 8L * starts.length
        + ends.length * (4L + (fewKinds != null ? 1 : 4) + (weights != null ? 8 : 0));
  }
}
