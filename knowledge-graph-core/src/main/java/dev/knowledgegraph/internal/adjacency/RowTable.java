package dev.knowledgegraph.internal.adjacency;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For each node the entries of its edges side by side in one array, those out of it and then those
 * into it, so that whoever goes along edges whatever their direction reads one piece of memory.
 * Immutable: rows that change are written anew behind all others, and only where rows begin and end
 * is copied. What grew out of this shares its arrays, which this does not look into beyond its
 * rows; so only the latest may be changed. Takes 8 bytes a node (12 when rows were changed) and 5
 * an entry (8 with more than 64 types of edges; 8 more with weights); at most 2³¹ entries.
 */
final class RowTable {
  private final int nodes;

  /** Where the row of each node begins, with what leads out of it. */
  private final int[] starts;

  /** Where what leads into it begins. */
  private final int[] middles;

  /** Where the row ends; null while that is where the row of the next node begins. */
  private final int @Nullable [] stops;

  private final int[] ends;
  private final byte @Nullable [] fewKinds;
  private final int @Nullable [] manyKinds;
  private final double @Nullable [] weights;

  /** How much of {@code ends} is in use, by rows of this or of those before it. */
  private final int used;

  /** How many entries the rows have, taken together. */
  private final int count;

  private RowTable(
      int nodes,
      int[] starts,
      int[] middles,
      int @Nullable [] stops,
      int[] ends,
      byte @Nullable [] fewKinds,
      int @Nullable [] manyKinds,
      double @Nullable [] weights,
      int used,
      int count) {
    this.nodes = nodes;
    this.starts = starts;
    this.middles = middles;
    this.stops = stops;
    this.ends = ends;
    this.fewKinds = fewKinds;
    this.manyKinds = manyKinds;
    this.weights = weights;
    this.used = used;
    this.count = count;
  }

  /**
   * Puts each entry into two rows, out of its source and into its other end; what leads out of a
   * node, and what leads into it, is in the order of the numbers at the other ends. Linear time.
   *
   * @param sources of the entries
   */
  static RowTable of(int nodes, int[] sources, Entries entries) {
    int[] targets = entries.ends;
    int[] starts = new int[nodes + 1];
    int[] middles = new int[nodes];
    for (int i = 0; i < entries.size; i++) {
      middles[sources[i]]++;
      starts[targets[i] + 1]++;
    }
    for (int node = 0; node < nodes; node++) {
      middles[node] += starts[node];
      starts[node + 1] += middles[node];
    }
    int room = Math.multiplyExact(2, entries.size);
    boolean few = isFew(entries);
    var table =
        new RowTable(
            nodes,
            starts,
            middles,
            null,
            new int[room],
            few ? new byte[room] : null,
            few ? null : new int[room],
            entries.weights == null ? null : new double[room],
            room,
            room);
    table.fill(starts, entries, sources, targets);
    table.fill(middles, entries, targets, sources);
    return table;
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
  private void fill(int[] parts, Entries entries, int[] owners, int[] others) {
    int[] order = sorted(nodes, owners, sorted(nodes, others, null, entries.size), entries.size);
    int owner = -1;
    int place = 0;
    for (int entry : order) {
      if (owners[entry] != owner) {
        owner = owners[entry];
        place = parts[owner];
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
    return rows(starts, middles, 0);
  }

  /** What leads into each node. */
  Rows in() {
    return stops == null ? rows(middles, starts, 1) : rows(middles, stops, 0);
  }

  /** Both. */
  Rows both() {
    return stops == null ? rows(starts, starts, 1) : rows(starts, stops, 0);
  }

  private Rows rows(int[] from, int[] to, int shift) {
    return new Rows(from, to, shift, ends, fewKinds, manyKinds, weights);
  }

  /** With these rows in place of their own, and room for so many nodes. */
  RowTable with(Map<Integer, Entries> out, Map<Integer, Entries> in, int newNodes) {
    var changed = new HashSet<>(out.keySet());
    changed.addAll(in.keySet());
    var rows = new TreeMap<Integer, Row>();
    for (int node : changed) {
      rows.put(node, new Row(part(out, out(), node), part(in, in(), node)));
    }
    return with(rows, newNodes);
  }

  /** What leads out of a node and what leads into it. */
  private record Row(Entries out, Entries in) {}

  /** A part of a row as it is, or as it was. */
  private Entries part(Map<Integer, Entries> changed, Rows before, int node) {
    Entries entries = changed.get(node);
    if (entries != null) {
      return entries;
    }
    return node < nodes ? before.row(node) : new Entries(0, hasWeights());
  }

  private RowTable with(Map<Integer, Row> changed, int newNodes) {
    Rows both = both();
    int newUsed = used;
    int newCount = count;
    boolean few = fewKinds != null;
    for (var each : changed.entrySet()) {
      int node = each.getKey();
      Row row = each.getValue();
      int size = row.out().size + row.in().size;
      newUsed = Math.addExact(newUsed, size);
      newCount += size - (node < nodes ? both.stop(node) - both.start(node) : 0);
      few &= isFew(row.out()) && isFew(row.in());
    }
    int[] newStarts = new int[newNodes];
    System.arraycopy(starts, 0, newStarts, 0, nodes);
    int[] newMiddles = Arrays.copyOf(middles, newNodes);
    int[] newStops = new int[newNodes];
    System.arraycopy(stops == null ? starts : stops, stops == null ? 1 : 0, newStops, 0, nodes);
    RowTable table = grown(newStarts, newMiddles, newStops, few, newUsed, newCount);
    int place = used;
    for (var each : changed.entrySet()) {
      int node = each.getKey();
      newStarts[node] = place;
      place = table.write(place, each.getValue().out());
      newMiddles[node] = place;
      place = table.write(place, each.getValue().in());
      newStops[node] = place;
    }
    return table;
  }

  /** A table that shares these arrays if they have the room, else has copies with some to spare. */
  private RowTable grown(
      int[] newStarts, int[] newMiddles, int[] newStops, boolean few, int newUsed, int newCount) {
    int room = newUsed <= ends.length ? ends.length : newUsed + newUsed / 8;
    return new RowTable(
        newStarts.length,
        newStarts,
        newMiddles,
        newStops,
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

  /** Writes a part of a row; returns the place after it. */
  private int write(int start, Entries part) {
    for (int i = 0; i < part.size; i++) {
      put(start + i, part.ends[i], part, i);
    }
    return start + part.size;
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
    return 4L * (starts.length + middles.length + (stops == null ? 0 : stops.length))
        + ends.length * (4L + (fewKinds != null ? 1 : 4) + (weights != null ? 8 : 0));
  }
}
