package dev.knowledgegraph.architecture.examples.cycle.query;

import dev.knowledgegraph.architecture.examples.cycle.error.Refused;

/** Knows the refusal. */
public record Asked(Refused refused) {}
