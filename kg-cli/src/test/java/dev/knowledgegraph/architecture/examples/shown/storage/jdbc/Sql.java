package dev.knowledgegraph.architecture.examples.shown.storage.jdbc;

/** SQL is nobody else's business. */
public record Sql() {}
