package dev.knowledgegraph.internal.adjacency;

import org.jspecify.annotations.Nullable;

/**
 * For each node some of the entries of its edges, side by side: those out of it, those into it, or
 * all. A window on a {@link RowTable}.
 */
final class Rows {
  private final int[] bounds;
  private final int first;
  private final int last;
  private final int[] ends;
  private final byte @Nullable [] fewKinds;
  private final int @Nullable [] manyKinds;
  private final double @Nullable [] weights;

  /** From the {@code first} to the {@code last} of the {@link RowTable#BOUNDS} of each node. */
  Rows(
      int[] bounds,
      int first,
      int last,
      int[] ends,
      byte @Nullable [] fewKinds,
      int @Nullable [] manyKinds,
      double @Nullable [] weights) {
    this.bounds = bounds;
    this.first = first;
    this.last = last;
    this.ends = ends;
    this.fewKinds = fewKinds;
    this.manyKinds = manyKinds;
    this.weights = weights;
  }

  /** Where a node's row begins. */
  int start(int node) {
    return bounds[RowTable.BOUNDS * node + first];
  }

  /** Where a node's row ends: the place after its last entry. */
  int stop(int node) {
    return bounds[RowTable.BOUNDS * node + last];
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
