package dev.knowledgegraph.architecture.examples.cycle.error;

import dev.knowledgegraph.architecture.examples.cycle.query.Asked;

/** Knows the question. */
public record Refused(Asked asked) {}
