package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.query.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads of nodes, in one state of one graph. */
final class NodeReads {
  private static final int CANDIDATES = 64;

  private NodeReads() {}

  /** Chains of ids, by bucket. */
  static Map<Integer, Set<String>> chains(Keys keys, Collection<UUID> ids) {
    var chains = new HashMap<Integer, Set<String>>();
    for (UUID id : ids) {
      chains.computeIfAbsent(keys.bucket(id), bucket -> new LinkedHashSet<>()).add(Keys.chain(id));
    }
    return chains;
  }

  static Map<NodeId, Node> byId(View view, Collection<NodeId> ids) {
    var chains = chains(view.keys(), ids.stream().map(NodeId::value).toList());
    var current = view.current(Family.NODE, chains, List.of());
    var byId = new LinkedHashMap<NodeId, Node>();
    for (Item item : view.whole(View.live(current.values()))) {
      Node node = ElementItems.node(item, view.graph());
      byId.put(node.id(), node);
    }
    return byId;
  }

  static Map<NodeKey, Node> byKey(View view, Collection<NodeKey> wanted) {
    Keys keys = view.keys();
    var chains = new HashMap<Integer, Set<String>>();
    for (NodeKey key : wanted) {
      String hash = Codec.hash(key.value());
      chains.computeIfAbsent(keys.bucket(hash), bucket -> new LinkedHashSet<>()).add(hash + "#");
    }
    // Who took a key last has it, or nobody has.
    var takers = new LinkedHashSet<NodeId>();
    for (Item item : view.current(Family.KEY, chains, List.of()).values()) {
      takers.add(new NodeId(Codec.uuid(item.text(ElementItems.NODE))));
    }
    var isWanted = new HashSet<>(wanted);
    var byKey = new LinkedHashMap<NodeKey, Node>();
    for (Node node : byId(view, takers).values()) {
      node.key().filter(isWanted::contains).ifPresent(key -> byKey.put(key, node));
    }
    return byKey;
  }

  static List<Node> byTitle(View view, String title, int limit) {
    return title.isEmpty() ? untitled(view, limit) : titled(view, title, limit);
  }

  // Most nodes of a graph may have no title: they are not written down by it.
  private static List<Node> untitled(View view, int limit) {
    var found = new ArrayList<Node>();
    var candidates = new ArrayList<NodeId>();
    Created.walk(
        view,
        "",
        id -> {
          candidates.add(id);
          if (candidates.size() == CANDIDATES) {
            takeTitled(view, "", candidates, limit, found);
            candidates.clear();
          }
          return found.size() < limit;
        });
    takeTitled(view, "", candidates, limit, found);
    return found;
  }

  /** Of those that ever had a title, oldest first, those that have it. */
  private static List<Node> titled(View view, String title, int limit) {
    String hash = Codec.hash(title);
    String partition = view.keys().partition(Family.TITLE, view.keys().bucket(hash));
    var found = new ArrayList<Node>();
    @Nullable NodeId last = null;
    String from = hash + "#";
    while (found.size() < limit) {
      var page =
          view.table().query(Range.of(partition, from, hash + "#" + Keys.END).first(CANDIDATES));
      var candidates = new LinkedHashSet<NodeId>();
      page.forEach(item -> candidates.add(new NodeId(Codec.uuid(item.key().sort().split("#")[2]))));
      // A node that took the title again is there twice, one after the other.
      candidates.remove(last);
      takeTitled(view, title, candidates, limit, found);
      if (page.size() < CANDIDATES) {
        break;
      }
      last = candidates.isEmpty() ? last : List.copyOf(candidates).getLast();
      from = page.getLast().key().sort() + "\u0001";
    }
    return found;
  }

  private static void takeTitled(
      View view, String title, Collection<NodeId> candidates, int limit, List<Node> found) {
    var nodes = byId(view, candidates);
    for (NodeId id : candidates) {
      Node node = nodes.get(id);
      if (node != null && node.title().equals(title) && found.size() < limit) {
        found.add(node);
      }
    }
  }

  static Set<NodeId> used(View view, Collection<NodeId> ids) {
    var chains = chains(view.keys(), ids.stream().map(NodeId::value).toList());
    var used = new HashSet<NodeId>();
    for (String chain : view.current(Family.NODE, chains, List.of("version")).keySet()) {
      used.add(new NodeId(Codec.uuid(chain)));
    }
    return used;
  }

  static void each(View view, Consumer<Node> action) {
    view.forEach(
        Family.NODE,
        List.of(),
        page -> {
          for (Item item : view.whole(page)) {
            action.accept(ElementItems.node(item, view.graph()));
          }
        });
  }

  static List<Revision<Node>> history(View view, NodeId id) {
    var versions = view.whole(view.versions(view.keys().node(id, 0)));
    var states = versions.stream().filter(ElementItems::isLive).toList();
    return Revisions.of(
        view,
        versions.stream().map(item -> item.key().sequence()).toList(),
        states.stream().map(item -> item.key().sequence()).toList(),
        states.stream().map(item -> ElementItems.node(item, view.graph())).toList());
  }
}
