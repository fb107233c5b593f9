package dev.knowledgegraph.internal.adjacency;

import org.jspecify.annotations.Nullable;

/**
 * For each node some of the entries of its edges, side by side: those out of it, those into it, or
 * all. A window on a {@link RowTable}.
 */
final class Rows {
  private final int[] starts;
  private final int[] stops;
  private final int shift;
  private final int[] ends;
  private final byte @Nullable [] fewKinds;
  private final int @Nullable [] manyKinds;
  private final double @Nullable [] weights;

  /**
   * Rows in arrays of all.
   *
   * @param starts where the row of each node begins
   * @param stops where it ends
   * @param shift how much further in {@code stops} a node is than in {@code starts}
   */
  Rows(
      int[] starts,
      int[] stops,
      int shift,
      int[] ends,
      byte @Nullable [] fewKinds,
      int @Nullable [] manyKinds,
      double @Nullable [] weights) {
    this.starts = starts;
    this.stops = stops;
    this.shift = shift;
    this.ends = ends;
    this.fewKinds = fewKinds;
    this.manyKinds = manyKinds;
    this.weights = weights;
  }

  /** Where a node's row begins. */
  int start(int node) {
    return starts[node];
  }

  /** Where a node's row ends: the place after its last entry. */
  int stop(int node) {
    return stops[node + shift];
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

  /** A node's entries, to be changed. */
  Entries row(int node) {
    var row = new Entries(stop(node) - start(node) + 4, weights != null);
    for (int place = start(node); place < stop(node); place++) {
      row.add(ends[place], kind(place), weight(place));
    }
    return row;
  }
}
