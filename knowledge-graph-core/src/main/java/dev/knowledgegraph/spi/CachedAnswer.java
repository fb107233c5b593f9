package dev.knowledgegraph.spi;

/**
 * The answer to a question, and what it is true for. It counts only while the log stands at exactly
 * this head: a store that was restored and went on differently has another time and fingerprint at
 * the same sequence number.
 *
 * @param head where the log of the graph stood before the question was asked and after it was
 *     answered
 * @param answer what the question was answered with; immutable
 */
public record CachedAnswer(GraphHead head, Object answer) {}
