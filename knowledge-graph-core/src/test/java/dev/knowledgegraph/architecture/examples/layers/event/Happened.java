package dev.knowledgegraph.architecture.examples.layers.event;

/** A fact. */
public record Happened() {}
