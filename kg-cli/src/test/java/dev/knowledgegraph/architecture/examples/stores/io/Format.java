package dev.knowledgegraph.architecture.examples.stores.io;

/** A format. */
public record Format() {}
