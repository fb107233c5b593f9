package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Counts;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.spi.ShapeSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads of graphs as a whole: settings, categories, counts, shape. */
final class GraphReads {
  /** Of a name: who holds it, or held it last. */
  static final String HOLDER = "graph";

  /** Of a name: who held it before. */
  static final String HOLDER_BEFORE = "before";

  private GraphReads() {}

  /** The live graphs among these, in the state that may be read now. */
  static List<Graph> live(Table table, Collection<GraphId> ids) {
    var heads = new HashMap<Key, Head>();
    table
        .get(ids.stream().map(Keys::head).toList())
        .forEach(
            (key, item) -> {
              Head head = Head.of(new GraphId(Codec.uuid(key.partition().substring(2))), item);
              if (head.state().settings() > 0 && head.state().removed() == 0) {
                heads.put(head.keys().settings(head.state().settings()), head);
              }
            });
    if (heads.isEmpty()) {
      return List.of();
    }
    var wanted = new LinkedHashSet<>(heads.keySet());
    heads.values().forEach(head -> wanted.add(Keys.defaultGraph(head.graph().owner())));
    var found = table.get(wanted);
    var graphs = new ArrayList<Graph>();
    heads.forEach(
        (key, head) -> {
          Item settings = found.get(key);
          if (settings != null) {
            Item chosen = found.get(Keys.defaultGraph(head.graph().owner()));
            graphs.add(
                ElementItems.settings(
                    whole(table, head, settings), head.graph(), isDefault(chosen, head)));
          }
        });
    return graphs;
  }

  private static Item whole(Table table, Head head, Item item) {
    return Bodies.whole(table, head.keys(), List.of(item)).getFirst();
  }

  private static boolean isDefault(@Nullable Item chosen, Head head) {
    return chosen != null && chosen.text(HOLDER).equals(Codec.hex(head.graph().id().value()));
  }

  /** Those who may have a name, or any name, of an owner. */
  static Collection<GraphId> holders(Collection<Item> names) {
    var holders = new LinkedHashSet<GraphId>();
    for (Item name : names) {
      holders.add(new GraphId(Codec.uuid(name.text(HOLDER))));
      if (name.has(HOLDER_BEFORE)) {
        holders.add(new GraphId(Codec.uuid(name.text(HOLDER_BEFORE))));
      }
    }
    return holders;
  }

  /** All names an owner ever gave. */
  static List<Item> names(Table table, UserId owner) {
    return table.query(Range.of(Keys.names(owner), "name#", "name#" + Keys.END));
  }

  static Optional<Graph> at(View view) {
    if (view.isGone()) {
      return Optional.empty();
    }
    Key last = view.keys().settings(view.at());
    var found = view.table().query(Range.of(last.partition(), Keys.padded(0), last.sort()).last());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Item settings = view.whole(found).getFirst();
    return Optional.of(
        ElementItems.settings(settings, view.head().graph(), wasDefault(view, settings)));
  }

  /** It was, if it was when these settings ended, or is if they have not ended. */
  private static boolean wasDefault(View view, Item settings) {
    Head head = view.head();
    long sequence = settings.key().sequence();
    if (sequence == head.state().settings()) {
      return isDefault(
          view.table().get(Keys.defaultGraph(head.graph().owner())).orElse(null), head);
    }
    var next =
        view.table()
            .query(
                Range.of(
                        settings.key().partition(),
                        Keys.padded(sequence + 1),
                        Keys.padded(head.state().settings()))
                    .first(1));
    return !next.isEmpty() && next.getFirst().has(ElementItems.WAS_DEFAULT);
  }

  static List<Category> categories(View view) {
    var found = new ArrayList<Category>();
    view.forEach(
        Family.CATEGORY,
        List.of(),
        page ->
            view.whole(page).forEach(item -> found.add(ElementItems.category(item, view.graph()))));
    found.sort(
        Comparator.comparing(Category::title, NodeSort.byCodePoint()).thenComparing(Category::id));
    return found;
  }

  static Counts counts(View view) {
    var labels = names();
    var tags = names();
    var types = names();
    var nodes = new AtomicLong();
    NodeReads.each(
        view,
        node -> {
          nodes.incrementAndGet();
          node.labels().forEach(label -> labels.merge(label, 1L, Long::sum));
          node.tags().folded().forEach(tag -> tags.merge(tag, 1L, Long::sum));
        });
    view.forEach(
        Family.OUT,
        EdgeReads.SHAPE,
        page -> page.forEach(edge -> types.merge(edge.text(ElementItems.TYPE), 1L, Long::sum)));
    long edges = types.values().stream().mapToLong(Long::longValue).sum();
    return new Counts(nodes.get(), edges, labels, tags, types);
  }

  private static Map<String, Long> names() {
    return new TreeMap<>(NodeSort.byCodePoint());
  }

  /** Ids of nodes without what they hold, and of edges ends, types, directions and weights. */
  static void shape(View view, ShapeSink sink) {
    var numbers = new HashMap<NodeId, Integer>();
    view.forEach(
        Family.NODE,
        List.of(ElementItems.GONE),
        page -> {
          for (Item item : page) {
            var id = new NodeId(Codec.uuid(item.key().sort()));
            int number = numbers.size();
            numbers.put(id, number);
            sink.node(number, id);
          }
        });
    var types = new HashMap<String, EdgeType>();
    view.forEach(
        Family.OUT,
        EdgeReads.SHAPE,
        page -> {
          for (Item edge : page) {
            sink.edge(
                numbers.getOrDefault(ElementItems.source(edge), -1),
                numbers.getOrDefault(ElementItems.target(edge), -1),
                types.computeIfAbsent(edge.text(ElementItems.TYPE), EdgeType::new),
                !edge.has(ElementItems.BIDIRECTIONAL),
                ElementItems.weight(edge));
          }
        });
  }
}
