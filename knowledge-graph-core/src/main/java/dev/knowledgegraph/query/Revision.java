package dev.knowledgegraph.query;

/**
 * An element as it was over a range of its graph's log.
 *
 * @param from the sequence number of the commit that made it so
 * @param until the sequence number of the commit that ended it so; {@link #NOW} if it is still so
 */
public record Revision<T>(T state, long from, long until) {
  public static final long NOW = Long.MAX_VALUE;
}
