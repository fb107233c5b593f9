package dev.knowledgegraph.io;

import java.util.List;

/**
 * What an import did.
 *
 * @param format the name of the format, or of each, separated by commas
 * @param unresolved how many references named something that is not there
 * @param rejected how many parts of the input could not be used
 * @param rejects the first {@value #MAX_REJECTS} of them
 * @param position where the log stands afterwards
 */
public record ImportReport(
    String format,
    long nodesAdded,
    long nodesChanged,
    long nodesUnchanged,
    long nodesRemoved,
    long edgesAdded,
    long edgesChanged,
    long edgesUnchanged,
    long edgesRemoved,
    long unresolved,
    long rejected,
    List<Reject> rejects,
    long position,
    long durationMs) {
  /** How many rejects a report lists. */
  public static final int MAX_REJECTS = 1_000;

  /** A part of the input that could not be used. */
  public record Reject(String file, long line, int column, String reason) {}

  public ImportReport {
    rejects = List.copyOf(rejects);
  }

  /** Whether anything was added, changed or removed. */
  public boolean changedAnything() {
    return nodesAdded + nodesChanged + nodesRemoved + edgesAdded + edgesChanged + edgesRemoved > 0;
  }
}
