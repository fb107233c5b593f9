package dev.knowledgegraph.memory;

import dev.knowledgegraph.query.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every state that every element of one kind in one graph ever had, ordered by id. */
final class Revisions<K extends Comparable<K>, T> {
  private final TreeMap<K, List<Revision<T>>> byKey = new TreeMap<>();

  /** Ends the latest state, if it has not ended yet, and starts the next, unless it is null. */
  void put(K key, @Nullable T state, long sequence) {
    var states = byKey.computeIfAbsent(key, k -> new ArrayList<>());
    if (!states.isEmpty() && states.getLast().until() == Revision.NOW) {
      var ended = states.removeLast();
      states.add(new Revision<>(ended.state(), ended.from(), sequence));
    }
    if (state != null) {
      states.add(new Revision<>(state, sequence, Revision.NOW));
    }
  }

  /** Notes that a key was used, though no state ever had it. */
  void note(K key) {
    byKey.computeIfAbsent(key, k -> new ArrayList<>());
  }

  /** Makes the latest state another one, as if it had always been so. */
  void amend(K key, T state) {
    var states = byKey.getOrDefault(key, List.of());
    var latest = states.removeLast();
    states.add(new Revision<>(state, latest.from(), latest.until()));
  }

  /** Ends all states. */
  void endAll(long sequence) {
    byKey.keySet().forEach(key -> put(key, null, sequence));
  }

  boolean contains(K key) {
    return byKey.containsKey(key);
  }

  List<Revision<T>> history(K key) {
    return List.copyOf(byKey.getOrDefault(key, List.of()));
  }

  Optional<T> find(K key, long at) {
    return stateAt(byKey.getOrDefault(key, List.of()), at);
  }

  /** The states of those keys that are live, in the order of the keys, each once. */
  Stream<T> find(Collection<K> keys, long at) {
    return keys.stream().distinct().flatMap(key -> find(key, at).stream());
  }

  Stream<T> all(long at) {
    return byKey.values().stream().flatMap(states -> stateAt(states, at).stream());
  }

  private static <T> Optional<T> stateAt(List<Revision<T>> states, long at) {
    for (var revision : states.reversed()) {
      if (revision.from() <= at) {
        boolean isLive = revision.until() == Revision.NOW || at < revision.until();
        return isLive ? Optional.of(revision.state()) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
