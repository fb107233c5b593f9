package dev.knowledgegraph.query;

import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.PropertyValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes count. All conditions must hold.
 *
 * @param labels has all of these labels
 * @param tags has all (or any, if {@code anyTag}) of these tags, whatever their case
 * @param status one of these; empty for any
 * @param properties all hold
 * @param category is in this category
 * @param createdFrom inclusive; likewise updatedFrom
 * @param createdTo exclusive; likewise updatedTo
 */
public record NodeFilter(
    List<String> labels,
    List<String> tags,
    boolean anyTag,
    List<NodeStatus> status,
    List<PropertyCondition> properties,
    @Nullable CategoryId category,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo,
    @Nullable Instant updatedFrom,
    @Nullable Instant updatedTo) {
  private static final NodeFilter ALL =
      new NodeFilter(
          List.of(), List.of(), false, List.of(), List.of(), null, null, null, null, null);

  public NodeFilter {
    labels = List.copyOf(labels);
    tags = List.copyOf(tags);
    status = List.copyOf(status);
    properties = List.copyOf(properties);
  }

  /**
   * That a property is there and lies between two values, both inclusive; equal if they are the
   * same. Numbers compare as numbers, texts by code point, moments and dates by time; values of
   * other kinds do not match.
   */
  public record PropertyCondition(
      String name, @Nullable PropertyValue from, @Nullable PropertyValue to) {}

  /** Every node. */
  public static NodeFilter all() {
    return ALL;
  }

  public NodeFilter withLabels(List<String> newLabels) {
    return new NodeFilter(
        newLabels, tags, anyTag, status, properties, category, createdFrom, createdTo, updatedFrom,
        updatedTo);
  }

  public NodeFilter withTags(List<String> newTags, boolean any) {
    return new NodeFilter(
        labels, newTags, any, status, properties, category, createdFrom, createdTo, updatedFrom,
        updatedTo);
  }

  public NodeFilter withStatus(List<NodeStatus> newStatus) {
    return new NodeFilter(
        labels, tags, anyTag, newStatus, properties, category, createdFrom, createdTo,
        updatedFrom, updatedTo);
  }

  public NodeFilter withProperties(List<PropertyCondition> conditions) {
    return new NodeFilter(
        labels, tags, anyTag, status, conditions, category, createdFrom, createdTo, updatedFrom,
        updatedTo);
  }

  public NodeFilter withCategory(@Nullable CategoryId newCategory) {
    return new NodeFilter(
        labels, tags, anyTag, status, properties, newCategory, createdFrom, createdTo,
        updatedFrom, updatedTo);
  }

  public NodeFilter withCreated(@Nullable Instant from, @Nullable Instant to) {
    return new NodeFilter(
        labels, tags, anyTag, status, properties, category, from, to, updatedFrom, updatedTo);
  }

  public NodeFilter withUpdated(@Nullable Instant from, @Nullable Instant to) {
    return new NodeFilter(
        labels, tags, anyTag, status, properties, category, createdFrom, createdTo, from, to);
  }
}
