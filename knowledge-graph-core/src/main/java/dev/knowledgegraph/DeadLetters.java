package dev.knowledgegraph;

import dev.knowledgegraph.error.UnsupportedCapabilityException;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.internal.Engine;
import dev.knowledgegraph.internal.Redelivery;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.ElementPublisher;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the publishers of a store could not deliver of one graph. May be shared between threads;
 * while letters are replayed or given up, nothing else is delivered from this process.
 */
public final class DeadLetters {
  private final Engine engine;
  private final GraphRef graph;

  DeadLetters(Engine engine, GraphRef graph) {
    this.engine = engine;
    this.graph = graph;
  }

  /** The names of the publishers that have letters, those given up among them. */
  public List<String> subscribers() {
    return engine.storage().parkedFor(graph).stream().sorted().toList();
  }

  /**
   * Up to {@code limit} letters of a publisher in the order of the log, those given up among them.
   *
   * @param after the place before the page; null for the first page
   */
  public List<DeadLetter> list(String subscriber, @Nullable EventPlace after, int limit) {
    return engine.storage().parked(subscriber, graph, after, limit);
  }

  /** The letter at a place. */
  public Optional<DeadLetter> find(String subscriber, EventPlace place) {
    return Redelivery.find(engine.storage(), subscriber, graph, place);
  }

  /**
   * What stands in the log at the place of a letter: one event, or all of a commit.
   *
   * @throws dev.knowledgegraph.error.IntegrityException if it cannot be read
   */
  public List<EventEnvelope> events(EventPlace place) {
    return Redelivery.events(engine.storage(), graph, place);
  }

  /** Whether so many streams are parked (1,024) that the publisher pauses until there are fewer. */
  public boolean isFull(String subscriber) {
    return engine.isFull(graph, subscriber);
  }

  /**
   * Delivers the letters once more to the publisher of this name.
   *
   * @throws UnsupportedCapabilityException if this store was given no publisher of events of this
   *     name
   */
  public Replay replay(String subscriber) {
    var publisher =
        engine
            .elementPublisher(subscriber)
            .orElseThrow(
                () ->
                    new UnsupportedCapabilityException(
                        "PUBLISHER_UNKNOWN",
                        "this store was opened without a publisher of events of this name"));
    return replay(subscriber, publisher);
  }

  /**
   * Delivers the letters of a publisher once more, to another one: in the order of the log, each
   * read anew from it. What is delivered leaves; the rest stays, and what waits behind it too, as
   * does what stands beyond the position that the publisher has come to.
   */
  public Replay replay(String subscriber, ElementPublisher publisher) {
    Redelivery done = engine.redeliver(graph, subscriber, publisher);
    return new Replay(done.delivered(), done.stayed());
  }

  /**
   * What came of a replay.
   *
   * @param delivered how many letters left
   * @param stayed how many did not
   */
  public record Replay(int delivered, int stayed) {}

  /**
   * Gives letters up, for ever: they are never delivered, and stay to be looked at with the reason.
   * What waited behind one is delivered with the next replay.
   *
   * @param reason up to 1,000 characters
   * @return how many there were that had not been given up
   * @throws IllegalArgumentException if the reason is blank or too long
   */
  public int discard(String subscriber, Collection<EventPlace> places, String reason) {
    return engine.discard(graph, subscriber, places, reason);
  }
}
