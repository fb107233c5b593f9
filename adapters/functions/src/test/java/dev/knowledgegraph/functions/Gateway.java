package dev.knowledgegraph.functions;

import dev.knowledgegraph.json.CloudEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what each connection got, and misbehaves as it is told. */
final class Gateway implements MessageSender {
  final Set<String> gone = new HashSet<>();
  final Map<String, Queue<RuntimeException>> failures = new HashMap<>();
  private final Map<String, List<String>> texts = new HashMap<>();

  void fails(String connection, RuntimeException... more) {
    failures.computeIfAbsent(connection, id -> new ConcurrentLinkedQueue<>()).addAll(List.of(more));
  }

  @Override
  public synchronized Sending send(Connection connection, String text) {
    RuntimeException failure =
        failures.getOrDefault(connection.id(), new ConcurrentLinkedQueue<>()).poll();
    if (failure != null) {
      throw failure;
    }
    if (gone.contains(connection.id())) {
      return Sending.GONE;
    }
    texts.computeIfAbsent(connection.id(), id -> new ArrayList<>()).add(text);
    return Sending.SENT;
  }

  /** The texts that a connection got, in order. */
  synchronized List<String> texts(String connection) {
    return List.copyOf(texts.getOrDefault(connection, List.of()));
  }

  /** The ids of the events that a connection got, in order. */
  List<String> ids(String connection) {
    return texts(connection).stream()
        .map(text -> CloudEvent.parse(text, "").orElseThrow().id())
        .toList();
  }
}
