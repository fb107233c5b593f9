package dev.knowledgegraph.architecture.examples.internals.internal;

/** Nobody else is meant to see this. */
public record Secret() {}
