package dev.knowledgegraph.query;

import java.util.Map;

/** How many elements there are, by label, by tag (folded) and by edge type; names sorted. */
public record Counts(
    long nodes,
    long edges,
    Map<String, Long> labels,
    Map<String, Long> tags,
    Map<String, Long> types) {}
