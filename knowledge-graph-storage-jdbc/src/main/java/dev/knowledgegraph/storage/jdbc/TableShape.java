package dev.knowledgegraph.storage.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * A table that many rows are written to, and which of its columns hold the same in many rows in a
 * row.
 *
 * @param columns a letter a column: {@code c} for what rows have in common, {@code r} for what each
 *     has of its own, each in the order of the columns
 */
record TableShape(String name, String columns) {
  /** How many columns rows have in common. */
  int common() {
    return (int) columns.chars().filter(letter -> letter == 'c').count();
  }

  /** The whole row, in the order of the columns. */
  @Nullable Object[] row(@Nullable Object[] common, @Nullable Object[] own) {
    var row = new @Nullable Object[columns.length()];
    int shared = 0;
    int single = 0;
    for (int i = 0; i < row.length; i++) {
      row[i] = columns.charAt(i) == 'c' ? common[shared++] : own[single++];
    }
    return row;
  }
}
