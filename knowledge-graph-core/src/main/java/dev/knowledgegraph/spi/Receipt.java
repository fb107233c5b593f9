package dev.knowledgegraph.spi;

import java.time.Instant;

/**
 * That a command with an idempotency key was carried out.
 *
 * @param requestHash of the command, to notice a key that is used for another one
 * @param sequence where the log stood after it
 * @param events how many events it made
 */
public record Receipt(
    String idempotencyKey, String requestHash, long sequence, int events, Instant time) {}
