package dev.knowledgegraph.lambda;

import dev.knowledgegraph.json.CloudEvent;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An event as it came, not read yet.
 *
 * @param messageId of the message of the queue; empty if it came by itself
 * @param event reads it; throws what {@link CloudEvent#parse} does
 */
record Arrival(String messageId, Supplier<Optional<CloudEvent>> event) {}
