package dev.knowledgegraph.functions;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.spi.Delivery;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What became of an event that was given to a function. Closed until the next major version.
 *
 * @param <R> what the function says it did
 */
public sealed interface Attempt<R> {
  /** It was handled. */
  record Done<R>(R result) implements Attempt<R> {}

  /** Nothing is to be done with it: it need not come again. */
  record Ignored<R>() implements Attempt<R> {}

  /**
   * No other try would change anything: it must not come again.
   *
   * @param code of the error
   * @param message what was expected, and where; nothing that a user has put in
   */
  record Refused<R>(String code, String message) implements Attempt<R> {}

  /** Not now: it is to come again. */
  record Failed<R>(RuntimeException cause) implements Attempt<R> {}

  /** Reads an event and has it handled; throws nothing but errors of the machine. */
  static <R> Attempt<R> of(EventFunction<R> function, Supplier<Optional<CloudEvent>> event) {
    try {
      return event
          .get()
          .flatMap(function::handle)
          .<Attempt<R>>map(Done::new)
          .orElseGet(Ignored::new);
    } catch (UndeliverableException | IntegrityException e) {
      return new Refused<>(e.code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Failed<>(e);
    }
  }

  /** The same in the words of publishers. */
  default Delivery delivery() {
    return switch (this) {
      case Done<R> done -> new Delivery.Delivered();
      case Ignored<R> ignored -> new Delivery.Delivered();
      case Refused<R> refused -> new Delivery.Refused(refused.code());
      case Failed<R> failed -> Delivery.failed(failed.cause());
    };
  }
}
