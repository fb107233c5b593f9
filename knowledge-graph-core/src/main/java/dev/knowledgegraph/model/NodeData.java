package dev.knowledgegraph.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user puts into a node: everything but its identity and its history. Immutable; each method
 * that changes something returns a copy.
 *
 * @param key the natural key, or null
 * @param position where it is drawn, or null
 * @param source where it came from, up to 1,000 characters, or null
 */
public record NodeData(
    @Nullable NodeKey key,
    Labels labels,
    Content content,
    Tags tags,
    @Nullable Coordinates position,
    Properties properties,
    NodeStatus status,
    @Nullable String source) {
  private static final NodeData EMPTY =
      new NodeData(
          null,
          Labels.none(),
          Content.empty(),
          Tags.none(),
          null,
          Properties.none(),
          NodeStatus.DRAFT,
          null);

  public NodeData {
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(content, "content");
    Objects.requireNonNull(tags, "tags");
    Objects.requireNonNull(properties, "properties");
    Objects.requireNonNull(status, "status");
    if (source != null) {
      Texts.bounded("source", source, 0, 1_000);
    }
  }

  /** Nothing but an empty draft. */
  public static NodeData empty() {
    return EMPTY;
  }

  /** A draft with a title; the usual start: {@code node("Ada Lovelace").label("Person")}. */
  public static NodeData node(String title) {
    return EMPTY.withContent(Content.titled(title));
  }

  /** With one more label. */
  public NodeData label(String label) {
    return withLabels(labels.with(label));
  }

  /** With one more tag. */
  public NodeData tag(String tag) {
    return withTags(tags.union(Tags.of(tag)));
  }

  /** With this body. */
  public NodeData body(String body) {
    return withContent(content.withBody(body));
  }

  /** With this natural key. */
  public NodeData key(String newKey) {
    return withKey(NodeKey.of(newKey));
  }

  /** With this property; the value as in {@link PropertyValue#of}. */
  public NodeData property(String name, Object value) {
    return withProperties(properties.with(name, value));
  }

  /** At this place in the plane. */
  public NodeData at(double x, double y) {
    return withPosition(Coordinates.of(x, y));
  }

  public NodeData withKey(@Nullable NodeKey newKey) {
    return new NodeData(newKey, labels, content, tags, position, properties, status, source);
  }

  public NodeData withLabels(Labels newLabels) {
    return new NodeData(key, newLabels, content, tags, position, properties, status, source);
  }

  public NodeData withContent(Content newContent) {
    return new NodeData(key, labels, newContent, tags, position, properties, status, source);
  }

  public NodeData withTags(Tags newTags) {
    return new NodeData(key, labels, content, newTags, position, properties, status, source);
  }

  public NodeData withPosition(@Nullable Coordinates newPosition) {
    return new NodeData(key, labels, content, tags, newPosition, properties, status, source);
  }

  public NodeData withProperties(Properties newProperties) {
    return new NodeData(key, labels, content, tags, position, newProperties, status, source);
  }

  public NodeData withStatus(NodeStatus newStatus) {
    return new NodeData(key, labels, content, tags, position, properties, newStatus, source);
  }

  public NodeData withSource(@Nullable String newSource) {
    return new NodeData(key, labels, content, tags, position, properties, status, newSource);
  }
}
