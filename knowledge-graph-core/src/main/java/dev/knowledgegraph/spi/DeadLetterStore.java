package dev.knowledgegraph.spi;

import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.model.GraphRef;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of each subscriber in each graph. Laws:
 *
 * <ol>
 *   <li>What is parked is found as it was parked last, one letter for each place, in the order of
 *       the places, until it is unparked.
 *   <li>{@link #park} and {@link #unpark} do all or nothing, durably; unparking what is not there
 *       does nothing.
 *   <li>A page begins after the given place, whether there is a letter or not, and ends at the
 *       limit.
 *   <li>Each subscriber has its own in each graph, and nobody but the graph's owner sees or changes
 *       them; {@link #parkedFor} names those who have any, in no order.
 *   <li>They outlive the process wherever the log does, and stay when their graph is removed.
 * </ol>
 *
 * Nothing is checked against the log. May be shared between threads. Contract: {@code
 * DeadLetterContract} in the TCK.
 */
public interface DeadLetterStore {
  /** Keeps letters, in the place of those that are there. */
  void park(String subscriber, GraphRef graph, List<DeadLetter> letters);

  /** Forgets the letters at these places. */
  void unpark(String subscriber, GraphRef graph, Collection<EventPlace> places);

  /**
   * Up to {@code limit} letters.
   *
   * @param after the place before the page; null for the first page
   */
  List<DeadLetter> parked(String subscriber, GraphRef graph, @Nullable EventPlace after, int limit);

  /** The subscribers that have letters in a graph. */
  List<String> parkedFor(GraphRef graph);
}
