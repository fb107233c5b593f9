package dev.knowledgegraph.command;

import org.jspecify.annotations.Nullable;

/**
 * How a command is to be carried out.
 *
 * @param idempotencyKey the same key with the same command gives the same answer for 24 hours, and
 *     changes nothing again; null for none
 * @param expectedVersion refuse unless the element (for a settings command: the graph) is at this
 *     version; null for any
 * @param correlationId what the command belongs to, for logs and events; empty for none
 * @param causationId the event that led to it; empty for none
 */
public record CommandOptions(
    @Nullable String idempotencyKey,
    @Nullable Long expectedVersion,
    String correlationId,
    String causationId) {
  private static final CommandOptions NONE = new CommandOptions(null, null, "", "");

  public CommandOptions {
    if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > 200)) {
      throw new IllegalArgumentException("idempotency key: expected 1 to 200 characters");
    }
    if (correlationId.length() > 200 || causationId.length() > 200) {
      throw new IllegalArgumentException("correlation and causation id: at most 200 characters");
    }
  }

  public static CommandOptions none() {
    return NONE;
  }

  public CommandOptions withIdempotencyKey(@Nullable String key) {
    return new CommandOptions(key, expectedVersion, correlationId, causationId);
  }

  public CommandOptions withExpectedVersion(@Nullable Long version) {
    return new CommandOptions(idempotencyKey, version, correlationId, causationId);
  }

  public CommandOptions withCorrelationId(String id) {
    return new CommandOptions(idempotencyKey, expectedVersion, id, causationId);
  }
}
