package dev.knowledgegraph.model;

import java.util.Objects;

/**
 * What a user puts into an edge: everything but its identity and its history. Immutable; each
 * method that changes something returns a copy.
 *
 * @param discriminator tells parallel edges of one type apart
 * @param weight finite; 1 unless said otherwise
 * @param directed false if the edge reads the same both ways
 * @param label a short text to show, 0 to 100 characters
 */
public record EdgeData(
    NodeId source,
    NodeId target,
    EdgeType type,
    Discriminator discriminator,
    double weight,
    boolean directed,
    String label,
    Properties properties,
    Provenance provenance) {
  /** The longest edge label, in code points. */
  public static final int MAX_LABEL_LENGTH = 100;

  public EdgeData {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(discriminator, "discriminator");
    Objects.requireNonNull(properties, "properties");
    Objects.requireNonNull(provenance, "provenance");
    Texts.bounded("edge label", label, 0, MAX_LABEL_LENGTH);
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException("weight: expected a finite number, found " + weight);
    }
    weight = weight == 0.0 ? 0.0 : weight;
  }

  /** A directed edge of weight 1 that a person made. */
  public static EdgeData edge(NodeId source, EdgeType type, NodeId target) {
    return new EdgeData(
        source,
        target,
        type,
        Discriminator.none(),
        1,
        true,
        "",
        Properties.none(),
        Provenance.manual());
  }

  /** With this property; the value as in {@link PropertyValue#of}. */
  public EdgeData property(String name, Object value) {
    return withProperties(properties.with(name, value));
  }

  public EdgeData withEnds(NodeId newSource, NodeId newTarget) {
    return new EdgeData(
        newSource, newTarget, type, discriminator, weight, directed, label, properties, provenance);
  }

  /** With source and target in each other's place. */
  public EdgeData turned() {
    return new EdgeData(
        /* source= */ target,
        /* target= */ source,
        type,
        discriminator,
        weight,
        directed,
        label,
        properties,
        provenance);
  }

  public EdgeData withType(EdgeType newType) {
    return new EdgeData(
        source, target, newType, discriminator, weight, directed, label, properties, provenance);
  }

  public EdgeData withDiscriminator(Discriminator newDiscriminator) {
    return new EdgeData(
        source, target, type, newDiscriminator, weight, directed, label, properties, provenance);
  }

  public EdgeData withWeight(double newWeight) {
    return new EdgeData(
        source, target, type, discriminator, newWeight, directed, label, properties, provenance);
  }

  public EdgeData withDirected(boolean newDirected) {
    return new EdgeData(
        source, target, type, discriminator, weight, newDirected, label, properties, provenance);
  }

  public EdgeData withLabel(String newLabel) {
    return new EdgeData(
        source, target, type, discriminator, weight, directed, newLabel, properties, provenance);
  }

  public EdgeData withProperties(Properties newProperties) {
    return new EdgeData(
        source, target, type, discriminator, weight, directed, label, newProperties, provenance);
  }

  public EdgeData withProvenance(Provenance newProvenance) {
    return new EdgeData(
        source, target, type, discriminator, weight, directed, label, properties, newProvenance);
  }

  /** Whether both ends are the same node. */
  public boolean isSelfLoop() {
    return source.equals(target);
  }
}
