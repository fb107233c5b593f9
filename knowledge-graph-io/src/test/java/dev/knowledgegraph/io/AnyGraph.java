package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.NodeCommand.Archive;
import dev.knowledgegraph.command.NodeCommand.Categorize;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.Provenance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** A graph with all that a graph may have; the same seed makes the same. */
final class AnyGraph {
  /** What names may be made of. */
  private static final List<String> WORDS =
      List.of(
          "a",
          "B",
          "Ada Lovelace",
          "ä",
          "日本語",
          "\u202ertl",
          "👩‍🚀",
          "e\u0301",
          "NULL",
          "null",
          "true",
          "0",
          "-1",
          "007",
          "1.0",
          "1e5",
          "NaN",
          "2026-01-01",
          "2026-01-01T00:00:00Z",
          "a;b",
          "a|b",
          "a,b",
          "a\\",
          "\\;",
          "\"",
          "\"quoted\"",
          "'",
          "a:b",
          "name:long",
          "id",
          "key:ID",
          ":LABEL",
          "=1+1",
          "+1",
          "@x",
          "-x",
          "<b>",
          "&amp;",
          "]]>",
          "\\e:x",
          "[[link]]",
          "[]",
          "{}",
          "#tag",
          "---",
          "../up",
          "/root",
          "a/b",
          "C:\\x",
          "%s",
          "@instant",
          "@date",
          "x".repeat(90));

  /** And what only texts may hold, too. */
  private static final List<String> MORE =
      List.of(
          "",
          " ",
          " a ",
          "\t",
          "\n",
          "\r\n",
          "\r",
          "a\nb\n",
          "\u0000",
          "\u0001\u001f",
          "\u0085",
          "\u2028",
          "\ufffe",
          "\uffff",
          "\ufeff",
          "{\"a\":1}",
          "\"\n\"",
          "---\nx: 1\n---\n",
          "# Head\n[[a]] #tag",
          "`code`",
          "long ".repeat(50));

  private final Random random;

  private AnyGraph(Random random) {
    this.random = random;
  }

  static void fill(GraphView graph, long seed) {
    new AnyGraph(new Random(seed)).fill(graph);
  }

  private void fill(GraphView graph) {
    var nodes = new ArrayList<NodeId>();
    for (int i = 0; i < random.nextInt(12); i++) {
      nodes.add(graph.add(node(i)));
    }
    for (int i = 0; i < 2 * nodes.size(); i++) {
      graph.link(edge(any(nodes), any(nodes), i));
    }
    if (random.nextBoolean() && !nodes.isEmpty()) {
      var category = CategoryId.of(new UUID(1, random.nextLong()));
      graph.send(new AddCategory(graph.id(), category, CategoryData.of(any(WORDS)))).orThrow();
      graph
          .send(
              new Categorize(graph.id(), any(nodes), category, random.nextDouble(), Origin.MANUAL))
          .orThrow();
    }
    if (random.nextBoolean() && !nodes.isEmpty()) {
      graph.send(new Archive(graph.id(), any(nodes))).orThrow();
    }
  }

  private <T> T any(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private boolean seldom() {
    return random.nextInt(3) == 0;
  }

  private String text() {
    return random.nextBoolean() ? any(WORDS) : any(MORE) + any(WORDS) + any(MORE);
  }

  private NodeData node(int number) {
    NodeData data =
        NodeData.empty()
            .withContent(new Content(text(), text(), any(List.of(ContentFormat.values()))))
            .withProperties(properties())
            .withStatus(seldom() ? NodeStatus.PUBLISHED : NodeStatus.DRAFT);
    if (seldom()) {
      data = data.key(any(WORDS) + number);
    }
    while (seldom()) {
      data = data.label(any(WORDS));
    }
    while (seldom()) {
      data = data.tag(any(WORDS));
    }
    if (seldom()) {
      data = data.withPosition(Coordinates.of(decimal(), decimal(), decimal()));
    }
    return seldom() ? data.withSource(any(WORDS) + any(MORE)) : data;
  }

  private EdgeData edge(NodeId from, NodeId to, int number) {
    EdgeData data =
        EdgeData.edge(from, seldom() ? EdgeType.RELATED : EdgeType.of(any(WORDS)), to)
            .withProperties(properties())
            .withDirected(random.nextBoolean())
            .withDiscriminator(Discriminator.of(seldom() ? any(WORDS) + number : "" + number));
    if (seldom()) {
      data = data.withWeight(decimal()).withLabel(any(WORDS));
    }
    return seldom()
        ? data.withProvenance(
            new Provenance(
                any(List.of(Origin.values())), any(WORDS), random.nextDouble(), any(MORE)))
        : data;
  }

  private Properties properties() {
    var properties = new TreeMap<String, PropertyValue>();
    while (random.nextBoolean()) {
      properties.put(any(WORDS), value(0));
    }
    return new Properties(properties);
  }

  private PropertyValue value(int depth) {
    return switch (random.nextInt(depth < 3 ? 8 : 6)) {
      case 0 -> PropertyValue.of(random.nextBoolean());
      case 1 -> PropertyValue.of(any(List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)));
      case 2 -> PropertyValue.of(decimal());
      case 3 ->
          PropertyValue.of(
              any(
                  List.of(
                      Instant.EPOCH,
                      Instant.parse("2026-01-01T00:00:00.123456789Z"),
                      Instant.parse("0001-01-01T00:00:00Z"),
                      Instant.parse("+10000-01-01T00:00:00Z"))));
      case 4 ->
          PropertyValue.of(
              any(List.of(LocalDate.EPOCH, LocalDate.of(9999, 12, 31), LocalDate.of(1, 1, 1))));
      case 5 -> PropertyValue.of(text());
      case 6 -> {
        var items = new ArrayList<PropertyValue>();
        while (random.nextBoolean()) {
          items.add(value(depth + 1));
        }
        yield new PropertyValue.Items(items);
      }
      default -> {
        Map<String, PropertyValue> fields = new TreeMap<>();
        while (random.nextBoolean()) {
          fields.put(text(), value(depth + 1));
        }
        yield new PropertyValue.Fields(fields);
      }
    };
  }

  private double decimal() {
    return any(
        List.of(
            0.0, 1.0, -0.5, 0.1 + 0.2, 1e300, -1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 1e7));
  }
}
