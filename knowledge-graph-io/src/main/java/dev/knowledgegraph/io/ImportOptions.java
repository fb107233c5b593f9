package dev.knowledgegraph.io;

import java.util.Map;

/**
 * How to import.
 *
 * @param dryRun only read and report
 * @param onError what to do with input that cannot be used
 * @param prune whether to remove what an import brought and the sources no longer have
 * @param columnMap which field each column is: overrules the meaning of its name
 * @param limits the bounds for input from anywhere
 */
public record ImportOptions(
    boolean dryRun, OnError onError, boolean prune, Map<String, String> columnMap, Limits limits) {
  /** What to do with input that cannot be used. */
  public enum OnError {
    /** Stop at the first. */
    STOP,
    /** Report it and go on. */
    SKIP
  }

  /**
   * Bounds for input from anywhere.
   *
   * @param fileBytes of one file, unpacked
   * @param lineLength in characters
   * @param depth of nested values
   */
  public record Limits(long fileBytes, int lineLength, int depth) {
    /** 64 GiB, 16 Mi characters, 64 levels. */
    public static Limits defaults() {
      return new Limits(64L << 30, 16 << 20, 64);
    }
  }

  public ImportOptions {
    columnMap = Map.copyOf(columnMap);
  }

  /** Import, stop at the first error, remove nothing. */
  public static ImportOptions defaults() {
    return new ImportOptions(false, OnError.STOP, false, Map.of(), Limits.defaults());
  }

  public ImportOptions withDryRun(boolean newDryRun) {
    return new ImportOptions(newDryRun, onError, prune, columnMap, limits);
  }

  public ImportOptions withOnError(OnError newOnError) {
    return new ImportOptions(dryRun, newOnError, prune, columnMap, limits);
  }

  public ImportOptions withPrune(boolean newPrune) {
    return new ImportOptions(dryRun, onError, newPrune, columnMap, limits);
  }

  public ImportOptions withColumnMap(Map<String, String> newColumnMap) {
    return new ImportOptions(dryRun, onError, prune, newColumnMap, limits);
  }

  public ImportOptions withLimits(Limits newLimits) {
    return new ImportOptions(dryRun, onError, prune, columnMap, newLimits);
  }
}
