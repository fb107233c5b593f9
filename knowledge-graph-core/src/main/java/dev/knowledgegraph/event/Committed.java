package dev.knowledgegraph.event;

import dev.knowledgegraph.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One commit as it stands in the log: the events of one command, and around them who, when and why.
 * The id of the event at index {@code i} is {@code graph/sequence/i}: it is the same in every
 * delivery.
 *
 * @param time strictly later than that of the commit before it in the same graph, to the
 *     microsecond
 * @param commandId the command's id, or the idempotency key it came with
 * @param correlationId what it belongs to; empty if nothing was said
 * @param causationId what led to it; empty if nothing was said
 */
public record Committed(
    Position position,
    Instant time,
    UserId actor,
    String commandId,
    String correlationId,
    String causationId,
    List<GraphEvent> events) {
  public Committed {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(actor, "actor");
    events = List.copyOf(events);
  }

  /** The deterministic id of the event at {@code index}. */
  public String eventId(int index) {
    return position.graph()
        + "/"
        + position.sequence()
        + "/"
        + Objects.checkIndex(index, events.size());
  }
}
