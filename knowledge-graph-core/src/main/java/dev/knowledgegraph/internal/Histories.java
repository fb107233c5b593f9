package dev.knowledgegraph.internal;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EdgeEvent;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent;
import dev.knowledgegraph.event.NodeEvent.NodeMerged;
import dev.knowledgegraph.event.NodeEvent.NodeUnmerged;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Revision;
import dev.knowledgegraph.query.Views.HistoryEntry;
import dev.knowledgegraph.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells the life of an element: its revisions, with what the log says about each. */
final class Histories {
  private final Storage storage;
  private final GraphRef graph;
  private final long at;

  Histories(Storage storage, GraphRef graph, long at) {
    this.storage = storage;
    this.graph = graph;
    this.at = at;
  }

  List<HistoryEntry> node(NodeId id) {
    return history(storage.nodeHistory(graph, id), Node::version, event -> touches(event, id));
  }

  List<HistoryEntry> edge(EdgeId id) {
    return history(storage.edgeHistory(graph, id), Edge::version, event -> touches(event, id));
  }

  private <T> List<HistoryEntry> history(
      List<Revision<T>> revisions, ToLongFunction<T> versionOf, Predicate<GraphEvent> touches) {
    var entries = new ArrayList<HistoryEntry>();
    for (int i = 0; i < revisions.size(); i++) {
      var revision = revisions.get(i);
      long version = versionOf.applyAsLong(revision.state());
      add(entries, revision.from(), version, touches);
      boolean goesOn = i + 1 < revisions.size() && revisions.get(i + 1).from() == revision.until();
      if (!goesOn && revision.until() != Revision.NOW) {
        add(entries, revision.until(), version + 1, touches);
      }
    }
    return List.copyOf(entries);
  }

  private void add(
      List<HistoryEntry> entries, long sequence, long version, Predicate<GraphEvent> touches) {
    if (sequence <= at) {
      storage.read(graph, sequence - 1, 1).stream()
          .map(commit -> entry(commit, version, touches))
          .forEach(entries::add);
    }
  }

  private static HistoryEntry entry(Committed commit, long version, Predicate<GraphEvent> touches) {
    String direct = names(commit.events().stream().filter(touches));
    // What ended by rule, such as an edge with its node, is not named by any event.
    String what = direct.isEmpty() ? names(commit.events().stream()) : direct;
    return new HistoryEntry(
        commit.position().sequence(), commit.time(), commit.actor(), version, what);
  }

  private static String names(Stream<GraphEvent> events) {
    return events.map(Histories::name).distinct().collect(Collectors.joining(", "));
  }

  /** The name of an event in words: {@code node.content-changed} for NodeContentChanged. */
  static String name(GraphEvent event) {
    return event
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .replaceFirst("-", ".")
        .toLowerCase(Locale.ROOT);
  }

  private static boolean touches(GraphEvent event, NodeId id) {
    return switch (event) {
      case NodeMerged merged -> merged.node().equals(id) || merged.absorbed().equals(id);
      case NodeUnmerged unmerged -> unmerged.node().equals(id) || unmerged.absorbed().equals(id);
      case NodeEvent node -> node.node().equals(id);
      case NodesImported imported ->
          imported.nodes().stream().anyMatch(added -> added.node().equals(id));
      default -> false;
    };
  }

  private static boolean touches(GraphEvent event, EdgeId id) {
    return switch (event) {
      case EdgeEvent edge -> edge.edge().equals(id);
      case EdgesImported imported -> holds(imported.edges(), id);
      case NodeMerged merged -> merged.moved().contains(id);
      case NodeUnmerged unmerged ->
          holds(unmerged.restored().moved(), id) || holds(unmerged.restored().ended(), id);
      default -> false;
    };
  }

  private static boolean holds(List<EdgeAdded> edges, EdgeId id) {
    return edges.stream().anyMatch(added -> added.edge().equals(id));
  }
}
