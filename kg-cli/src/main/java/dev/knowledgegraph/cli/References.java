package dev.knowledgegraph.cli;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.query.Analysis.Community;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What people call things by: an id, a key, or a title that only one thing has. */
final class References {
  private static final String ID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private References() {}

  static Node node(GraphView graph, String word) {
    if (word.matches(ID)) {
      Optional<Node> found = graph.find(NodeId.parse(word));
      if (found.isPresent()) {
        return found.get();
      }
    }
    Optional<Node> keyed = key(word).flatMap(key -> graph.find(key.value()));
    if (keyed.isPresent()) {
      return keyed.get();
    }
    List<Node> titled = graph.ask(new GraphQuery.FindNodesByTitle(graph.id(), word, 4));
    if (titled.size() == 1) {
      return titled.getFirst();
    }
    if (titled.size() > 1) {
      throw Failure.invalid(
          "more than one node has the title \""
              + word
              + "\"; take an id: "
              + String.join(", ", titled.stream().limit(3).map(n -> n.id().toString()).toList())
              + (titled.size() > 3 ? ", …" : ""));
    }
    throw Failure.notFound(
        "NODE",
        "no node has the key, id or title \"" + word + "\"." + Closest.hint(word, names(graph)));
  }

  static boolean isId(String word) {
    return word.matches(ID);
  }

  /** Many at once. */
  static List<Node> nodes(GraphView graph, List<String> words) {
    return words.stream().map(word -> node(graph, word)).toList();
  }

  static Edge edge(GraphView graph, String word) {
    if (!word.matches(ID)) {
      throw Failure.usage("an edge is named by its id, see kg edge list; found \"" + word + "\"");
    }
    return graph
        .find(EdgeId.parse(word))
        .orElseThrow(() -> Failure.notFound("EDGE", "no edge has the id " + word));
  }

  static Category category(GraphView graph, String word) {
    List<Category> all = graph.ask(new GraphQuery.ListCategories(graph.id()));
    Predicate<Category> named =
        word.matches(ID)
            ? category -> category.id().equals(CategoryId.parse(word))
            : category -> category.title().equals(word);
    List<Category> found = all.stream().filter(named).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.size() > 1) {
      throw Failure.invalid("more than one category has the title \"" + word + "\"; take an id");
    }
    throw Failure.notFound(
        "CATEGORY",
        "no category has the id or title \""
            + word
            + "\"."
            + Closest.hint(word, all.stream().map(Category::title).toList()));
  }

  /** The id of a community, which is a small number; or of the only one of a name. */
  static long community(GraphView graph, String word) {
    List<Community> all = graph.ask(new GraphQuery.FindCommunities(graph.id(), 1, 0)).communities();
    List<Community> found =
        all.stream().filter(community -> Long.toString(community.id()).equals(word)).toList();
    if (found.isEmpty()) {
      found = all.stream().filter(community -> community.name().equalsIgnoreCase(word)).toList();
    }
    if (found.size() == 1) {
      return found.getFirst().id();
    }
    if (found.size() > 1) {
      throw Failure.invalid("more than one community has the name \"" + word + "\"; take an id");
    }
    throw Failure.notFound(
        "COMMUNITY",
        "no community has the id or name \""
            + word
            + "\"."
            + Closest.hint(word, all.stream().map(Community::name).toList()));
  }

  private static Optional<NodeKey> key(String word) {
    try {
      return Optional.of(NodeKey.of(word));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<String> names(GraphView graph) {
    var names = new ArrayList<String>();
    var page = new Page.Request(Page.MAX_SIZE, null);
    for (Node node :
        graph
            .ask(new GraphQuery.ListNodes(graph.id(), NodeFilter.all(), NodeSort.created(), page))
            .items()) {
      names.add(node.title());
      node.key().map(NodeKey::value).ifPresent(names::add);
    }
    return names;
  }

  /** Every page of a list, up to {@code limit} items. */
  static <T> List<T> pages(
      int limit, @Nullable String after, java.util.function.Function<Page.Request, Page<T>> list) {
    var items = new ArrayList<T>();
    String next = after;
    do {
      int size = Math.min(Page.MAX_SIZE, limit - items.size());
      Page<T> page = list.apply(new Page.Request(size, next));
      items.addAll(page.items());
      next = page.next();
    } while (next != null && items.size() < limit);
    return items;
  }
}
