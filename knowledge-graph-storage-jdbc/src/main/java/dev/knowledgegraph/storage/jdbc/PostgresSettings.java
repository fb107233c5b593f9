package dev.knowledgegraph.storage.jdbc;

import java.time.Duration;

/**
 * How a store uses its PostgreSQL.
 *
 * @param schema the schema the tables are in; made if it is not there
 * @param connections the most connections this process has open, 1 to 1,000. Each call takes one
 *     for as long as it lasts. More than the server has processors (times two or three) make
 *     nothing faster
 * @param connectionWait how long a call waits for a connection before it fails with {@code
 *     STORE_BUSY}, at least 250 ms
 * @param statementLimit how long a statement may take before it fails with {@code STORE_TIMEOUT}
 * @param patience how long a write goes on finding out what became of it when the connection broke
 *     at its commit
 */
public record PostgresSettings(
    String schema,
    int connections,
    Duration connectionWait,
    Duration statementLimit,
    Duration patience) {
  private static final Duration LEAST_WAIT = Duration.ofMillis(250);

  public PostgresSettings {
    if (!schema.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException(
          "schema: expected a small letter or _, then these and digits, at most 63");
    }
    if (connections < 1 || connections > 1_000) {
      throw new IllegalArgumentException("connections: expected 1 to 1000, found " + connections);
    }
    if (connectionWait.compareTo(LEAST_WAIT) < 0) {
      throw new IllegalArgumentException(
          "connectionWait: expected 250 ms or more, found " + connectionWait);
    }
    if (statementLimit.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "statementLimit: expected 1 s or more, found " + statementLimit);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience: expected 0 or more, found " + patience);
    }
  }

  /** Schema {@code kg}, 10 connections, waits of 5 s, statements of 5 min, 30 s of patience. */
  public static PostgresSettings standard() {
    return new PostgresSettings(
        "kg", 10, Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(30));
  }

  public PostgresSettings withSchema(String name) {
    return new PostgresSettings(name, connections, connectionWait, statementLimit, patience);
  }

  public PostgresSettings withConnections(int most) {
    return new PostgresSettings(schema, most, connectionWait, statementLimit, patience);
  }

  public PostgresSettings withConnectionWait(Duration longest) {
    return new PostgresSettings(schema, connections, longest, statementLimit, patience);
  }

  public PostgresSettings withStatementLimit(Duration longest) {
    return new PostgresSettings(schema, connections, connectionWait, longest, patience);
  }

  public PostgresSettings withPatience(Duration longest) {
    return new PostgresSettings(schema, connections, connectionWait, statementLimit, longest);
  }
}
