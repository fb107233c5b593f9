package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.Views.Difference;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Compares two states of a graph by a scan of each; what it lists is ordered by id. */
final class Differences {
  private Differences() {}

  static Difference between(GraphReader reader, GraphRef graph, long from, long to) {
    var nodes =
        Changed.of(
            action -> reader.forEachNode(graph, from, action),
            action -> reader.forEachNode(graph, to, action),
            Node::id);
    var edges =
        Changed.of(
            action -> reader.forEachEdge(graph, from, action),
            action -> reader.forEachEdge(graph, to, action),
            Edge::id);
    return new Difference(
        from,
        to,
        nodes.added(),
        nodes.changed(),
        nodes.removed(),
        edges.added(),
        edges.changed(),
        edges.removed());
  }

  private record Changed<K, T>(List<T> added, List<T> changed, List<K> removed) {
    static <K extends Comparable<K>, T> Changed<K, T> of(
        Consumer<Consumer<T>> before, Consumer<Consumer<T>> after, Function<T, K> key) {
      Map<K, T> gone = new TreeMap<>();
      before.accept(element -> gone.put(key.apply(element), element));
      var added = new ArrayList<T>();
      var changed = new ArrayList<T>();
      after.accept(
          element -> {
            var old = gone.remove(key.apply(element));
            if (old == null) {
              added.add(element);
            } else if (!old.equals(element)) {
              changed.add(element);
            }
          });
      added.sort(Comparator.comparing(key));
      changed.sort(Comparator.comparing(key));
      return new Changed<>(List.copyOf(added), List.copyOf(changed), List.copyOf(gone.keySet()));
    }
  }
}
