package dev.knowledgegraph.query;

import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.PropertyValue.Text;
import dev.knowledgegraph.model.Tags;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
      String name, @Nullable PropertyValue from, @Nullable PropertyValue to) {
    /** Whether it holds for these properties. */
    public boolean matches(Properties properties) {
      return properties.find(name).filter(this::isBetween).isPresent();
    }

    private boolean isBetween(PropertyValue value) {
      return (from == null || isOrdered(from, value)) && (to == null || isOrdered(value, to));
    }

    private static boolean isOrdered(PropertyValue low, PropertyValue high) {
      if (low.equals(high)) {
        return true;
      }
      if (low instanceof Text a && high instanceof Text b) {
        return NodeSort.byCodePoint().compare(a.value(), b.value()) <= 0;
      }
      var lowNumber = number(low);
      var highNumber = number(high);
      if (lowNumber != null && highNumber != null) {
        return lowNumber.compareTo(highNumber) <= 0;
      }
      var lowTime = time(low);
      var highTime = time(high);
      return lowTime != null && highTime != null && !lowTime.isAfter(highTime);
    }

    private static @Nullable BigDecimal number(PropertyValue value) {
      return switch (value) {
        case PropertyValue.Int n -> BigDecimal.valueOf(n.value());
        case PropertyValue.Decimal n -> new BigDecimal(n.value());
        default -> null;
      };
    }

    // A day is the moment it begins at, in UTC.
    private static @Nullable Instant time(PropertyValue value) {
      return switch (value) {
        case PropertyValue.Moment moment -> moment.value();
        case PropertyValue.Date day -> day.value().atStartOfDay(ZoneOffset.UTC).toInstant();
        default -> null;
      };
    }
  }

  /** Whether all conditions hold for {@code node}. */
  public boolean matches(Node node) {
    return node.labels().names().containsAll(labels)
        && hasTags(node.tags())
        && (status.isEmpty() || status.contains(node.status()))
        && properties.stream().allMatch(condition -> condition.matches(node.properties()))
        && (category == null
            || node.categories().stream().anyMatch(member -> member.category().equals(category)))
        && isWithin(node.created(), createdFrom, createdTo)
        && isWithin(node.updated(), updatedFrom, updatedTo);
  }

  private boolean hasTags(Tags found) {
    return anyTag
        ? tags.isEmpty() || tags.stream().anyMatch(found::contains)
        : tags.stream().allMatch(found::contains);
  }

  private static boolean isWithin(Instant time, @Nullable Instant from, @Nullable Instant to) {
    return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
  }

  /** What it asks for, in words. */
  public String explain() {
    var conditions = new ArrayList<String>();
    labels.forEach(label -> conditions.add("label " + label));
    tags.forEach(tag -> conditions.add("tag " + tag));
    status.forEach(each -> conditions.add("status " + each.code()));
    properties.forEach(property -> conditions.add("property " + property.name()));
    if (category != null) {
      conditions.add("category " + category);
    }
    if (createdFrom != null || createdTo != null) {
      conditions.add("a time of creation");
    }
    if (updatedFrom != null || updatedTo != null) {
      conditions.add("a time of change");
    }
    return conditions.isEmpty() ? "nothing" : String.join(", ", conditions);
  }

  /** Every node. */
  public static NodeFilter all() {
    return ALL;
  }

  public NodeFilter withLabels(List<String> newLabels) {
    return new NodeFilter(
        newLabels,
        tags,
        anyTag,
        status,
        properties,
        category,
        createdFrom,
        createdTo,
        updatedFrom,
        updatedTo);
  }

  public NodeFilter withTags(List<String> newTags, boolean any) {
    return new NodeFilter(
        labels,
        newTags,
        any,
        status,
        properties,
        category,
        createdFrom,
        createdTo,
        updatedFrom,
        updatedTo);
  }

  public NodeFilter withStatus(List<NodeStatus> newStatus) {
    return new NodeFilter(
        labels,
        tags,
        anyTag,
        newStatus,
        properties,
        category,
        createdFrom,
        createdTo,
        updatedFrom,
        updatedTo);
  }

  public NodeFilter withProperties(List<PropertyCondition> conditions) {
    return new NodeFilter(
        labels,
        tags,
        anyTag,
        status,
        conditions,
        category,
        createdFrom,
        createdTo,
        updatedFrom,
        updatedTo);
  }

  public NodeFilter withCategory(@Nullable CategoryId newCategory) {
    return new NodeFilter(
        labels,
        tags,
        anyTag,
        status,
        properties,
        newCategory,
        createdFrom,
        createdTo,
        updatedFrom,
        updatedTo);
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
