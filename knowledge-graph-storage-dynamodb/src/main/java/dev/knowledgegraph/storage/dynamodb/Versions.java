package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items that a commit makes beside its entry in the log: a version of each thing it changed.
 * They follow from the commit alone, so writing them again changes nothing.
 */
final class Versions {
  private final Keys keys;
  private final long sequence;
  private final List<Item> items = new ArrayList<>();

  private Versions(Keys keys, long sequence) {
    this.keys = keys;
    this.sequence = sequence;
  }

  /**
   * All of them, each under a key of its own.
   *
   * @param expires when the receipt may go
   */
  static List<Item> of(Keys keys, Commit commit, Instant expires) {
    long sequence = commit.expectedHead() + 1;
    var versions = new Versions(keys, sequence);
    commit.changes().forEach(versions::add);
    if (commit.receipt() != null) {
      versions.items.add(ElementItems.receipt(keys, commit.receipt(), sequence, expires));
    }
    return versions.items;
  }

  private void add(Change change) {
    switch (change) {
      case Change.GraphChange g -> {
        // A graph that ends has no version: its head says so, and all in it has ended by that.
        if (g.after() != null) {
          boolean wasDefault = g.before() != null && g.before().isDefault();
          items.addAll(ElementItems.settings(keys, g.after(), wasDefault, sequence));
        }
      }
      case Change.CategoryChange c -> {
        if (c.after() != null) {
          items.addAll(ElementItems.category(keys, c.after(), sequence));
        } else if (c.before() != null) {
          items.add(ElementItems.gone(keys.category(c.before().id(), sequence)));
        }
      }
      case Change.NodeChange n -> node(n.before(), n.after());
      case Change.NodePassed n ->
          items.add(ElementItems.gone(keys.node(n.id(), sequence)).mark(ElementItems.PASSED));
      case Change.EdgeChange e -> edge(e.before(), e.after());
      case Change.EdgePassed e ->
          items.add(ElementItems.gone(keys.edge(e.id(), sequence)).mark(ElementItems.PASSED));
    }
  }

  private void node(@Nullable Node before, @Nullable Node after) {
    if (after == null) {
      if (before != null) {
        items.add(ElementItems.gone(keys.node(before.id(), sequence)));
      }
      return;
    }
    items.addAll(ElementItems.node(keys, after, sequence));
    if (before == null) {
      items.add(Item.at(keys.created(after, sequence)));
    }
    if (!after.title().isEmpty() && (before == null || !before.title().equals(after.title()))) {
      items.add(Item.at(keys.title(after, sequence)));
    }
    after
        .key()
        .filter(key -> before == null || !key.equals(before.data().key()))
        .ifPresent(
            key ->
                items.add(
                    Item.at(keys.key(key, sequence))
                        .text(ElementItems.NODE, Codec.hex(after.id().value()))));
  }

  private void edge(@Nullable Edge before, @Nullable Edge after) {
    if (before != null && (after == null || !isSamePlace(before, after))) {
      items.add(ElementItems.gone(keys.out(before, sequence)));
      items.add(ElementItems.gone(keys.in(before, sequence)));
    }
    if (after != null) {
      items.addAll(ElementItems.edge(keys, after, sequence));
      items.add(ElementItems.in(keys, after, sequence));
      items.add(ElementItems.byId(keys, after, sequence));
    } else if (before != null) {
      items.add(ElementItems.gone(keys.edge(before.id(), sequence)));
    }
  }

  private static boolean isSamePlace(Edge a, Edge b) {
    return a.source().equals(b.source())
        && a.type().equals(b.type())
        && a.target().equals(b.target());
  }
}
