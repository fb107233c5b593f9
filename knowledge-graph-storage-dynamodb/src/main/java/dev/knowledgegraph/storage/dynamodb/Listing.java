package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.storage.dynamodb.Pages.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Lists, page by page: each page starts after the place where the last ended. All nodes, oldest
 * first, cost what a page has. Any other order or filter of nodes reads all nodes of the graph, by
 * degree all edges too; a list of edges reads all edges, those of one node only that node's.
 */
final class Listing {
  private static final Comparator<String> NUMBERS = Comparator.comparingLong(Long::parseLong);

  private Listing() {}

  static Page<Node> nodes(
      View view, NodeFilter filter, NodeSort sort, Page.Request page, long total) {
    if (filter.equals(NodeFilter.all()) && sort.equals(NodeSort.created())) {
      return oldestFirst(view, page, total);
    }
    var degrees = sort.by() == NodeSort.By.DEGREE ? degrees(view) : Map.<NodeId, Long>of();
    Function<Node, String> value =
        node ->
            switch (sort.by()) {
              case CREATED -> created(node);
              case UPDATED -> Long.toString(LogFormat.micros(node.updated()));
              case TITLE -> node.title();
              case DEGREE -> Long.toString(degrees.getOrDefault(node.id(), 0L));
            };
    var byValue = sort.by() == NodeSort.By.TITLE ? NodeSort.byCodePoint() : NUMBERS;
    var pages =
        new Pages<Node>(
            node -> new Place(value.apply(node), node.id().value()),
            sort.descending() ? byValue.reversed() : byValue,
            page);
    NodeReads.each(
        view,
        node -> {
          if (filter.matches(node)) {
            pages.take(node);
          }
        });
    return pages.page();
  }

  private static String created(Node node) {
    return Long.toString(LogFormat.micros(node.created()));
  }

  private static Page<Node> oldestFirst(View view, Page.Request page, long total) {
    Place after = Place.parse(page.after());
    String from = after == null ? "" : Created.place(number(after), new NodeId(after.id()));
    int wanted = page.size() + 1;
    var found = new ArrayList<Node>();
    var candidates = new ArrayList<NodeId>();
    Created.walk(
        view,
        from,
        id -> {
          candidates.add(id);
          if (candidates.size() == wanted) {
            takeLive(view, candidates, found);
          }
          return found.size() < wanted;
        });
    takeLive(view, candidates, found);
    if (found.size() < wanted) {
      return new Page<>(found, total, null);
    }
    var shown = found.subList(0, page.size());
    return new Page<>(
        shown, total, new Place(created(shown.getLast()), shown.getLast().id().value()).cursor());
  }

  private static long number(Place place) {
    try {
      return Long.parseLong(place.value());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "page start: expected one from a page, found something else", e);
    }
  }

  private static void takeLive(View view, List<NodeId> candidates, List<Node> found) {
    var nodes = NodeReads.byId(view, candidates);
    for (NodeId id : candidates) {
      Node node = nodes.get(id);
      if (node != null) {
        found.add(node);
      }
    }
    candidates.clear();
  }

  private static Map<NodeId, Long> degrees(View view) {
    var degrees = new HashMap<NodeId, Long>();
    view.forEach(
        Family.OUT,
        EdgeReads.SHAPE,
        edges -> {
          for (Item edge : edges) {
            degrees.merge(ElementItems.source(edge), 1L, Long::sum);
            degrees.merge(ElementItems.target(edge), 1L, Long::sum);
          }
        });
    return degrees;
  }

  static Page<Edge> edges(View view, EdgeFilter filter, Page.Request page) {
    var pages =
        new Pages<Edge>(
            edge -> new Place(Long.toString(LogFormat.micros(edge.created())), edge.id().value()),
            NUMBERS,
            page);
    NodeId node = filter.node();
    if (node != null) {
      EdgeReads.of(view, Set.of(node), filter.direction(), filter.types()).forEach(pages::take);
    } else {
      EdgeReads.each(
          view,
          edge -> {
            if (filter.matches(edge)) {
              pages.take(edge);
            }
          });
    }
    return pages.page();
  }
}
