package dev.knowledgegraph.architecture.examples.formats.storage;

/** A store. */
public record Store() {}
