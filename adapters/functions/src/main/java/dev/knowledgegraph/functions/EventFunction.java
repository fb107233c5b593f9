package dev.knowledgegraph.functions;

import dev.knowledgegraph.json.CloudEvent;
import java.util.Optional;

/**
 * Does what follows from an event. Laws:
 *
 * <ol>
 *   <li>Events come late, out of order and more than once; whatever way they come, what is there in
 *       the end is what each of them once would have made.
 *   <li>It decides on what the store says now, never on what an event says a thing is like.
 *   <li>What it is not there for is ignored, and so is what is about something that is gone.
 *   <li>It touches nothing of an owner but the one whose graph the event is from.
 *   <li>What it throws says whether the event is to come again, as {@link Attempt} tells.
 * </ol>
 *
 * May be shared between threads.
 *
 * @param <R> what it says it did
 */
@FunctionalInterface
public interface EventFunction<R> {
  /**
   * Handles an event.
   *
   * @return what was done; empty if it is not there for such events
   */
  Optional<R> handle(CloudEvent event);
}
