package dev.knowledgegraph.architecture.examples.upward;

/** The door. */
public record Door() {}
