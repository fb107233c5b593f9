package dev.knowledgegraph.architecture.examples.exceptions.storage.jdbc;

/** An exception that only one adapter knows. */
class JdbcTroubleException extends RuntimeException {
  private static final long serialVersionUID = 1;
}
