package dev.knowledgegraph.internal.adjacency;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For each node the entries of its edges side by side in one array, those out of it and then those
 * into it, so that whoever goes along edges whatever their direction reads one piece of memory.
 * Immutable: rows that change are written anew behind all others, and only where rows begin and end
 * is copied. What grew out of this shares its arrays, which this does not look into beyond its
 * rows; so only the latest may be changed. Takes 12 bytes a node and 5 an entry (8 with more than
 * 64 types of edges; 8 more with weights); at most 2³¹ entries.
 */
final class RowTable {
  /** For each node: where what leads out of it begins, where what leads into it does, the end. */
  static final int BOUNDS = 3;

  private final int[] bounds;
  private final int[] ends;
  private final byte @Nullable [] fewKinds;
  private final int @Nullable [] manyKinds;
  private final double @Nullable [] weights;

  /** How much of {@code ends} is in use, by rows of this or of those before it. */
  private final int used;

  /** How many entries the rows have, taken together. */
  private final int count;

  private RowTable(
      int[] bounds,
      int[] ends,
      byte @Nullable [] fewKinds,
      int @Nullable [] manyKinds,
      double @Nullable [] weights,
      int used,
      int count) {
    this.bounds = bounds;
    this.ends = ends;
    this.fewKinds = fewKinds;
    this.manyKinds = manyKinds;
    this.weights = weights;
    this.used = used;
    this.count = count;
  }

  /** Rows that are filled bit by bit. */
  private static RowTable empty(int[] bounds, int room, boolean few, boolean weighted, int used) {
    return new RowTable(
        bounds,
        new int[room],
        few ? new byte[room] : null,
        few ? null : new int[room],
        weighted ? new double[room] : null,
        used,
        used);
  }

  /**
   * Puts each entry into two rows, out of its source and into its other end; what leads out of a
   * node, and what leads into it, is in the order of the numbers at the other ends. Linear time.
   *
   * @param sources of the entries
   */
  static RowTable of(int nodes, int[] sources, Entries entries) {
    int size = entries.size;
    int[] targets = entries.ends;
    int[] bounds = bounds(nodes, sources, targets, size);
    int room = Math.multiplyExact(2, size);
    var table = empty(bounds, room, isFew(entries), entries.weights != null, room);
    table.fill(0, nodes, entries, sources, targets);
    table.fill(1, nodes, entries, targets, sources);
    return table;
  }

  private static int[] bounds(int nodes, int[] sources, int[] targets, int size) {
    int[] bounds = new int[Math.multiplyExact(BOUNDS, nodes)];
    for (int i = 0; i < size; i++) {
      bounds[BOUNDS * sources[i] + 1]++;
      bounds[BOUNDS * targets[i] + 2]++;
    }
    int place = 0;
    for (int node = 0; node < nodes; node++) {
      bounds[BOUNDS * node] = place;
      for (int part = 1; part < BOUNDS; part++) {
        place += bounds[BOUNDS * node + part];
        bounds[BOUNDS * node + part] = place;
      }
    }
    return bounds;
  }

  private static boolean isFew(Entries entries) {
    for (int i = 0; i < entries.size; i++) {
      if (entries.kinds[i] > Byte.MAX_VALUE) {
        return false;
      }
    }
    return true;
  }

  /** Fills one part of each row, each with the entries of its owner. */
  private void fill(int part, int nodes, Entries entries, int[] owners, int[] others) {
    int[] order = sorted(nodes, owners, sorted(nodes, others, null, entries.size), entries.size);
    int owner = -1;
    int place = 0;
    for (int entry : order) {
      if (owners[entry] != owner) {
        owner = owners[entry];
        place = bounds[BOUNDS * owner + part];
      }
      put(place++, others[entry], entries, entry);
    }
  }

  private void put(int place, int end, Entries entries, int entry) {
    ends[place] = end;
    if (fewKinds != null) {
      fewKinds[place] = (byte) entries.kinds[entry];
    } else if (manyKinds != null) {
      manyKinds[place] = entries.kinds[entry];
    }
    if (weights != null && entries.weights != null) {
      weights[place] = entries.weights[entry];
    }
  }

  /** A stable counting sort. */
  private static int[] sorted(int nodes, int[] keys, int @Nullable [] order, int size) {
    int[] next = new int[nodes + 1];
    for (int i = 0; i < size; i++) {
      next[keys[i] + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      next[node + 1] += next[node];
    }
    int[] sorted = new int[size];
    for (int i = 0; i < size; i++) {
      int entry = order == null ? i : order[i];
      sorted[next[keys[entry]]++] = entry;
    }
    return sorted;
  }

  /** What leads out of each node. */
  Rows out() {
    return rows(0, 1);
  }

  /** What leads into each node. */
  Rows in() {
    return rows(1, 2);
  }

  /** Both. */
  Rows both() {
    return rows(0, 2);
  }

  private Rows rows(int first, int last) {
    return new Rows(bounds, first, last, ends, fewKinds, manyKinds, weights);
  }

  /** With these rows in place of their own, and room for so many nodes. */
  RowTable with(Map<Integer, Entries> out, Map<Integer, Entries> in, int nodes) {
    var changed = new HashSet<>(out.keySet());
    changed.addAll(in.keySet());
    int[] newBounds = Arrays.copyOf(bounds, Math.multiplyExact(BOUNDS, nodes));
    int newUsed = used;
    int newCount = count;
    boolean few = fewKinds != null;
    for (int node : changed) {
      Entries outgoing = out.get(node);
      Entries incoming = in.get(node);
      int start = newBounds[BOUNDS * node];
      int middle = newBounds[BOUNDS * node + 1];
      int stop = newBounds[BOUNDS * node + 2];
      int outSize = outgoing == null ? middle - start : outgoing.size;
      int inSize = incoming == null ? stop - middle : incoming.size;
      newUsed = Math.addExact(newUsed, outSize + inSize);
      newCount += outSize + inSize - (stop - start);
      few &= (outgoing == null || isFew(outgoing)) && (incoming == null || isFew(incoming));
    }
    RowTable table = grown(newBounds, few, newUsed, newCount);
    int place = used;
    for (int node : changed) {
      newBounds[BOUNDS * node] = place;
      place = table.write(place, out.get(node), this, node, 0);
      newBounds[BOUNDS * node + 1] = place;
      place = table.write(place, in.get(node), this, node, 1);
      newBounds[BOUNDS * node + 2] = place;
    }
    return table;
  }

  /** A table that shares these arrays if they have the room, else has copies with some to spare. */
  private RowTable grown(int[] newBounds, boolean few, int newUsed, int newCount) {
    int room = newUsed <= ends.length ? ends.length : newUsed + newUsed / 8;
    return new RowTable(
        newBounds,
        room == ends.length ? ends : Arrays.copyOf(ends, room),
        few && fewKinds != null ? sized(fewKinds, room) : null,
        few ? null : widened(room),
        weights == null || room == weights.length ? weights : Arrays.copyOf(weights, room),
        newUsed,
        newCount);
  }

  private static byte[] sized(byte[] kinds, int room) {
    return room == kinds.length ? kinds : Arrays.copyOf(kinds, room);
  }

  private int[] widened(int room) {
    if (manyKinds != null) {
      return room == manyKinds.length ? manyKinds : Arrays.copyOf(manyKinds, room);
    }
    int[] widened = new int[room];
    for (int place = 0; fewKinds != null && place < used; place++) {
      widened[place] = fewKinds[place];
    }
    return widened;
  }

  /** Writes a part of a row, as it is or as it was; returns the place after it. */
  private int write(int start, @Nullable Entries changed, RowTable before, int node, int part) {
    Entries row = changed;
    if (row == null) {
      row =
          node < before.bounds.length / BOUNDS
              ? before.rows(part, part + 1).row(node)
              : new Entries(0, false);
    }
    for (int i = 0; i < row.size; i++) {
      put(start + i, row.ends[i], row, i);
    }
    return start + row.size;
  }

  boolean hasWeights() {
    return weights != null;
  }

  int count() {
    return count;
  }

  /** How many places hold no entry any more. */
  int wasted() {
    return used - count;
  }

  long bytes() {
    return 4L * bounds.length
        + ends.length * (4L + (fewKinds != null ? 1 : 4) + (weights != null ? 8 : 0));
  }
}
