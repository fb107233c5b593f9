package dev.knowledgegraph.architecture.examples.searching.storage;

/** A store. */
public record Store() {}
