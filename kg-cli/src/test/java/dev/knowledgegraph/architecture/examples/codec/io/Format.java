package dev.knowledgegraph.architecture.examples.codec.io;

/** A format. */
public record Format() {}
