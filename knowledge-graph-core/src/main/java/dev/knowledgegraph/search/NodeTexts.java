package dev.knowledgegraph.search;

import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import java.util.ArrayList;
import java.util.List;

/** Which texts of a node are searched under which name. */
public final class NodeTexts {
  /** The fields in which a word is looked for when no field is named, with the properties. */
  public static final List<String> FIELDS = List.of("title", "body", "tag", "label");

  private NodeTexts() {}

  /** The texts of one field of {@link SearchExpression}; a name of no field is a property's. */
  public static List<String> of(Node node, String field) {
    return switch (field) {
      case "title" -> List.of(node.title());
      case "body" -> List.of(node.body());
      case "tag" -> node.tags().names();
      case "label" -> node.labels().names();
      case "key" -> node.key().map(key -> List.of(key.value())).orElse(List.of());
      case "status" -> List.of(node.status().name());
      default -> node.properties().find(field).map(NodeTexts::of).orElse(List.of());
    };
  }

  /** The texts of all properties. */
  public static List<String> ofProperties(Properties properties) {
    var texts = new ArrayList<String>();
    properties.values().values().forEach(value -> addTexts(value, texts));
    return texts;
  }

  /** The texts in a property's value; numbers, times and flags as they are written. */
  public static List<String> of(PropertyValue value) {
    var texts = new ArrayList<String>();
    addTexts(value, texts);
    return texts;
  }

  private static void addTexts(PropertyValue value, List<String> texts) {
    switch (value) {
      case PropertyValue.Bool v -> texts.add(String.valueOf(v.value()));
      case PropertyValue.Int v -> texts.add(String.valueOf(v.value()));
      case PropertyValue.Decimal v -> texts.add(String.valueOf(v.value()));
      case PropertyValue.Text v -> texts.add(v.value());
      case PropertyValue.Moment v -> texts.add(v.value().toString());
      case PropertyValue.Date v -> texts.add(v.value().toString());
      case PropertyValue.Items v -> v.values().forEach(each -> addTexts(each, texts));
      case PropertyValue.Fields v -> v.values().values().forEach(each -> addTexts(each, texts));
    }
  }

  /** What of a node becomes its vector. */
  public static String forEmbedding(Node node) {
    return node.body().isEmpty() ? node.title() : node.title() + "\n" + node.body();
  }
}
