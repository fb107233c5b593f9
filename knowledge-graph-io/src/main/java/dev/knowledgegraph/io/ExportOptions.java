package dev.knowledgegraph.io;

/**
 * How to export.
 *
 * @param strict refuse to leave anything out
 * @param defuseFormulas write a ' before text that a spreadsheet would take for a formula
 */
public record ExportOptions(boolean strict, boolean defuseFormulas) {
  /** Leave out what the format cannot hold, write text as it is. */
  public static ExportOptions defaults() {
    return new ExportOptions(false, false);
  }

  public ExportOptions withStrict(boolean newStrict) {
    return new ExportOptions(newStrict, defuseFormulas);
  }

  public ExportOptions withDefuseFormulas(boolean newDefuseFormulas) {
    return new ExportOptions(strict, newDefuseFormulas);
  }
}
