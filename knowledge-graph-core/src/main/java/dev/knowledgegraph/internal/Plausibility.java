package dev.knowledgegraph.internal;

import dev.knowledgegraph.event.CategoryEvent;
import dev.knowledgegraph.event.CategoryEvent.CategoryAdded;
import dev.knowledgegraph.event.CategoryEvent.CategoryChanged;
import dev.knowledgegraph.event.CategoryEvent.CategoryRemoved;
import dev.knowledgegraph.event.EdgeEvent;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent;
import dev.knowledgegraph.event.NodeEvent;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.NodeEvent.NodeCategorized;
import dev.knowledgegraph.event.NodeEvent.NodeKeyed;
import dev.knowledgegraph.event.NodeEvent.NodeMerged;
import dev.knowledgegraph.event.NodeEvent.NodeUnmerged;
import dev.knowledgegraph.event.SettingsEvent;
import dev.knowledgegraph.event.SettingsEvent.GraphCreated;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event can have happened to a state: a log may come from anywhere, and one that names
 * what is not there must not make a graph that no command could have made.
 */
final class Plausibility {
  private final UnitOfWork state;

  Plausibility(UnitOfWork state) {
    this.state = state;
  }

  /**
   * @throws IllegalArgumentException if it cannot
   */
  void check(GraphEvent event) {
    boolean begins = event instanceof GraphCreated;
    check(begins == state.isGone(), "a graph that begins once, before all else");
    check(!begins || state.head().sequence() == 0, "nothing after the end of the graph");
    switch (event) {
      case SettingsEvent e -> {}
      case ImportEvent e -> {}
      case CategoryEvent e -> check(e);
      case NodeEvent e -> check(e);
      case EdgeAdded e -> {
        check(state.edge(e.edge()).isEmpty(), "an edge that is not there yet");
        check(e.data(), null);
      }
      case EdgeEvent e -> check(state.edge(e.edge()).isPresent(), "an edge that is there");
    }
  }

  private void check(NodeEvent event) {
    boolean isThere = state.node(event.node()).isPresent();
    check(
        isThere != (event instanceof NodeAdded),
        isThere ? "a node that is not there yet" : "a node that is there");
    switch (event) {
      case NodeAdded e -> check(e.data().key(), e.node(), null);
      case NodeKeyed e -> check(e.key(), e.node(), null);
      case NodeCategorized e ->
          check(state.category(e.category()).isPresent(), "a category that is there");
      case NodeMerged e -> {
        check(
            !e.absorbed().equals(e.node()) && state.node(e.absorbed()).isPresent(),
            "another node to merge");
        check(e.data().key(), e.node(), e.absorbed());
      }
      case NodeUnmerged e -> {
        check(state.node(e.absorbed()).isEmpty(), "a node that was merged");
        check(e.restored().absorbed().key(), e.absorbed(), e.node());
        check(e.restored().survivor().key(), e.node(), e.absorbed());
        Stream.of(e.restored().moved(), e.restored().ended())
            .flatMap(List::stream)
            .forEach(edge -> check(edge.data(), e.absorbed()));
      }
      default -> {}
    }
  }

  private void check(@Nullable NodeKey key, NodeId node, @Nullable NodeId other) {
    check(
        key == null
            || state
                .nodeByKey(key)
                .filter(holder -> !holder.id().equals(node) && !holder.id().equals(other))
                .isEmpty(),
        "a key that no other node has");
  }

  private void check(EdgeData edge, @Nullable NodeId coming) {
    for (NodeId end : List.of(edge.source(), edge.target())) {
      check(end.equals(coming) || state.node(end).isPresent(), "an edge between nodes");
    }
  }

  private void check(CategoryEvent event) {
    boolean isThere = state.category(event.category()).isPresent();
    switch (event) {
      case CategoryAdded e -> {
        check(!isThere, "a category that is not there yet");
        checkParents(e.category(), e.data());
      }
      case CategoryChanged e -> {
        check(isThere, "a category that is there");
        checkParents(e.category(), e.data());
      }
      case CategoryRemoved e -> check(isThere, "a category that is there");
    }
  }

  private void checkParents(CategoryId category, CategoryData data) {
    CategoryId above = data.parent();
    for (int level = 0; above != null; level++) {
      var parent = state.category(above);
      check(
          level < CategoryData.MAX_LEVEL && !above.equals(category) && parent.isPresent(),
          "a parent category that is there and above");
      above = parent.flatMap(found -> Optional.ofNullable(found.data().parent())).orElse(null);
    }
  }

  /**
   * @throws IllegalArgumentException if something else was found than expected
   */
  void check(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", found something else");
    }
  }
}
