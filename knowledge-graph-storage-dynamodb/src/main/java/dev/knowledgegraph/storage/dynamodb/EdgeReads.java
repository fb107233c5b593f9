package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Revision;
import dev.knowledgegraph.spi.EdgeShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads of edges, in one state of one graph. */
final class EdgeReads {
  /** All that is read of an edge to know its ends, type, direction and weight. */
  static final List<String> SHAPE =
      List.of(
          ElementItems.GONE, ElementItems.TYPE, ElementItems.WEIGHT, ElementItems.BIDIRECTIONAL);

  private static final List<String> IS_LIVE = List.of(ElementItems.GONE);

  private static final Comparator<Edge> BY_IDENTITY =
      Comparator.comparing(Edge::source)
          .thenComparing(edge -> edge.type().name(), NodeSort.byCodePoint())
          .thenComparing(Edge::target)
          .thenComparing(edge -> edge.data().discriminator().value(), NodeSort.byCodePoint())
          .thenComparing(Edge::id);

  private EdgeReads() {}

  static Map<EdgeId, Edge> byId(View view, Collection<EdgeId> ids) {
    var chains = NodeReads.chains(view.keys(), ids.stream().map(EdgeId::value).toList());
    var places = new ArrayList<Key>();
    for (Item item : View.live(view.current(Family.EDGE, chains, List.of()).values())) {
      places.add(place(view, item));
    }
    var byId = new LinkedHashMap<EdgeId, Edge>();
    for (Edge edge : edges(view, view.table().get(places).values())) {
      byId.put(edge.id(), edge);
    }
    return byId;
  }

  private static Key place(View view, Item byId) {
    return view.keys().out(byId.text(ElementItems.PLACE), byId.key().sequence());
  }

  private static List<Edge> edges(View view, Collection<Item> items) {
    return view.whole(items).stream().map(item -> ElementItems.edge(item, view.graph())).toList();
  }

  static Set<EdgeId> used(View view, Collection<EdgeId> ids) {
    var chains = NodeReads.chains(view.keys(), ids.stream().map(EdgeId::value).toList());
    var used = new HashSet<EdgeId>();
    for (String chain : view.current(Family.EDGE, chains, IS_LIVE).keySet()) {
      used.add(new EdgeId(Codec.uuid(chain)));
    }
    return used;
  }

  static List<Edge> of(
      View view, Collection<NodeId> nodes, Direction direction, Collection<EdgeType> types) {
    var ends = beginnings(view.keys(), nodes, types);
    var found = new LinkedHashMap<EdgeId, Edge>();
    var out = View.live(view.currentUnder(Family.OUT, ends, List.of()));
    for (Edge edge : edges(view, counting(direction, true, out))) {
      found.put(edge.id(), edge);
    }
    var in = View.live(view.currentUnder(Family.IN, ends, List.of()));
    var places =
        counting(direction, false, in).stream().map(item -> view.keys().out(item.key())).toList();
    for (Edge edge : edges(view, view.table().get(places).values())) {
      found.put(edge.id(), edge);
    }
    return sorted(found.values());
  }

  private static List<Item> counting(Direction direction, boolean isSource, List<Item> items) {
    return items.stream()
        .filter(item -> direction.counts(isSource, !item.has(ElementItems.BIDIRECTIONAL)))
        .toList();
  }

  private static List<Edge> sorted(Collection<Edge> edges) {
    return edges.stream().sorted(BY_IDENTITY).toList();
  }

  private static Map<Integer, Set<String>> beginnings(
      Keys keys, Collection<NodeId> nodes, Collection<EdgeType> types) {
    var beginnings = new HashMap<Integer, Set<String>>();
    for (NodeId node : nodes) {
      var ofBucket =
          beginnings.computeIfAbsent(keys.bucket(node.value()), bucket -> new LinkedHashSet<>());
      String chain = Keys.chain(node.value());
      if (types.isEmpty()) {
        ofBucket.add(chain);
      }
      types.forEach(type -> ofBucket.add(chain + Keys.type(type)));
    }
    return beginnings;
  }

  static List<Edge> from(View view, Collection<NodeId> sources) {
    var ends = beginnings(view.keys(), sources, List.of());
    return sorted(edges(view, View.live(view.currentUnder(Family.OUT, ends, List.of()))));
  }

  static List<Edge> ofShape(View view, Collection<EdgeShape> shapes) {
    var beginnings = new HashMap<Integer, Set<String>>();
    for (EdgeShape shape : shapes) {
      beginnings
          .computeIfAbsent(
              view.keys().bucket(shape.source().value()), bucket -> new LinkedHashSet<>())
          .add(
              Keys.chain(shape.source().value())
                  + Keys.type(shape.type())
                  + Keys.chain(shape.target().value()));
    }
    return sorted(edges(view, View.live(view.currentUnder(Family.OUT, beginnings, List.of()))));
  }

  static int degree(View view, NodeId node) {
    var ends = beginnings(view.keys(), List.of(node), List.of());
    return View.live(view.currentUnder(Family.OUT, ends, IS_LIVE)).size()
        + View.live(view.currentUnder(Family.IN, ends, IS_LIVE)).size();
  }

  static void each(View view, Consumer<Edge> action) {
    view.forEach(Family.OUT, List.of(), page -> edges(view, page).forEach(action));
  }

  static List<Revision<Edge>> history(View view, EdgeId id) {
    var versions = view.versions(view.keys().edge(id, 0));
    var places =
        versions.stream().filter(ElementItems::isLive).map(item -> place(view, item)).toList();
    var found = view.whole(view.table().get(places).values());
    var states =
        found.stream().sorted(Comparator.comparingLong(item -> item.key().sequence())).toList();
    return Revisions.of(
        view,
        versions.stream().map(item -> item.key().sequence()).toList(),
        states.stream().map(item -> item.key().sequence()).toList(),
        states.stream().map(item -> ElementItems.edge(item, view.graph())).toList());
  }
}
