package dev.knowledgegraph.internal;

import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.StreamId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.spi.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The streams of a graph that wait behind a dead letter, each with the place of the first one. */
final class ParkedStreams {
  /** As many are parked at most; then the subscriber pauses. */
  static final int MOST = 1_024;

  private static final int PAGE = 1_000;

  private final Map<StreamId, EventPlace> first = new HashMap<>();

  private ParkedStreams() {}

  static ParkedStreams of(Storage storage, String subscriber, GraphRef graph) {
    var streams = new ParkedStreams();
    EventPlace last = null;
    List<DeadLetter> page;
    do {
      page = storage.parked(subscriber, graph, last, PAGE);
      for (DeadLetter letter : page) {
        if (!letter.isDiscarded()) {
          streams.add(letter);
        }
        last = letter.place();
      }
    } while (page.size() == PAGE);
    return streams;
  }

  void add(DeadLetter letter) {
    first.putIfAbsent(letter.stream(), letter.place());
  }

  /** Whether the first letter of the stream is this very event. */
  boolean beginsAt(StreamId stream, EventPlace place) {
    return place.equals(first.get(stream));
  }

  /** Whether an event has to be parked behind an earlier one. */
  boolean blocks(StreamId stream, EventPlace place) {
    return isBefore(first.get(stream), place) || isBefore(first.get(StreamId.WHOLE), place);
  }

  /** Whether there is room for a letter of this stream. */
  boolean hasRoom(StreamId stream) {
    return first.containsKey(stream) || first.size() < MOST;
  }

  boolean isFull() {
    return first.size() >= MOST;
  }

  private static boolean isBefore(@Nullable EventPlace parked, EventPlace place) {
    return parked != null && parked.compareTo(place) < 0;
  }
}
