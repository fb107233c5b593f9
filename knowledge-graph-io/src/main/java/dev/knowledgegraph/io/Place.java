package dev.knowledgegraph.io;

/**
 * Where something stands in the input.
 *
 * @param file the file as it was named
 * @param line from 1; 0 if unknown
 * @param column from 1; 0 if unknown
 */
public record Place(String file, long line, int column) {
  /** A whole line. */
  public static Place of(String file, long line) {
    return new Place(file, line, 0);
  }

  /** {@code file:line:column}, without what is unknown. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
  }
}
