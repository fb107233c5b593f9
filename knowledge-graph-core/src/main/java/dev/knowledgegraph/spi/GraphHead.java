package dev.knowledgegraph.spi;

import java.time.Instant;

/**
 * Where the log of a graph stands, and the totals that are kept with it.
 *
 * @param sequence of the latest commit; 0 before the first
 * @param time of the latest commit; the epoch before the first
 * @param nodes how many live nodes there are
 * @param edges how many live edges there are
 * @param fingerprint of all live elements and the settings
 */
public record GraphHead(
    long sequence, Instant time, long nodes, long edges, Fingerprint fingerprint) {
  public static final GraphHead EMPTY = new GraphHead(0, Instant.EPOCH, 0, 0, Fingerprint.EMPTY);
}
