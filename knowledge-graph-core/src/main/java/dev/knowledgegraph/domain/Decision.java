package dev.knowledgegraph.domain;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.event.GraphEvent;
import java.util.List;

/** What a decider makes of a command. Closed until the next major version. */
public sealed interface Decision {
  /** These events happen; none if the command would change nothing. */
  record Accept(List<GraphEvent> events) implements Decision {
    public Accept {
      events = List.copyOf(events);
    }
  }

  /** Nothing happens. */
  record Refuse(Rejection reason) implements Decision {}

  static Decision accept(GraphEvent... events) {
    return new Accept(List.of(events));
  }

  static Decision accept(List<? extends GraphEvent> events) {
    return new Accept(List.copyOf(events));
  }

  static Decision refuse(Rejection reason) {
    return new Refuse(reason);
  }

  /** Refuses for all of {@code errors}. */
  static Decision invalid(List<FieldError> errors) {
    return new Refuse(new Rejection.Invalid(errors));
  }
}
