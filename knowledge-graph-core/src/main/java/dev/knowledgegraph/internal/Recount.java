package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fingerprint of a graph made from all its elements, to compare with the one kept. */
public final class Recount {
  private final Canonical canonical = new Canonical();
  private final Map<CategoryId, String> titles = new HashMap<>();
  private final Map<NodeId, String> names = new HashMap<>();
  private Fingerprint sum = Fingerprint.EMPTY;

  private Recount() {}

  /** Reads every element as it was at {@code at}. */
  public static Fingerprint of(GraphReader reader, GraphRef graph, long at) {
    return new Recount().all(reader, graph, at);
  }

  private Fingerprint all(GraphReader reader, GraphRef graph, long at) {
    reader.graphAt(graph, at).ifPresent(settings -> add(canonical.settings(settings)));
    var categories = reader.categories(graph, at);
    categories.forEach(category -> titles.put(category.id(), category.title()));
    for (Category category : categories) {
      add(canonical.category(category, title(category.data().parent())));
    }
    reader.forEachNode(
        graph,
        at,
        node -> {
          if (node.key().isPresent()) {
            names.put(node.id(), Canonical.name(node));
          }
          String[] in =
              node.categories().stream()
                  .map(each -> titles.getOrDefault(each.category(), ""))
                  .toArray(String[]::new);
          add(canonical.node(node, in));
        });
    reader.forEachEdge(
        graph, at, edge -> add(canonical.edge(edge, name(edge.source()), name(edge.target()))));
    return sum;
  }

  private @Nullable String title(@Nullable CategoryId parent) {
    return parent == null ? null : titles.getOrDefault(parent, "");
  }

  private String name(NodeId id) {
    return names.getOrDefault(id, "i" + id);
  }

  private void add(Fingerprint element) {
    sum = sum.plus(element);
  }
}
