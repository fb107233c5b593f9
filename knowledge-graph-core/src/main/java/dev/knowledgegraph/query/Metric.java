package dev.knowledgegraph.query;

import java.util.Arrays;
import java.util.Locale;

/** What nodes can be ranked by. New ones may come in a minor release. */
public enum Metric {
  /** How many edges a node has; a self loop counts twice. */
  DEGREE,
  /** How many edges lead to it. */
  IN_DEGREE,
  /** How many edges lead away from it. */
  OUT_DEGREE,
  /** How often somebody comes by who follows edges at random (damping 0.85); all sum to 1. */
  PAGERANK,
  /**
   * On how many shortest paths between two others it lies, directions left out of account; in
   * graphs of more than 10,000 nodes estimated from paths out of 1,000 of them.
   */
  BETWEENNESS,
  /** One over the mean distance to the nodes it is connected with, times their share. */
  CLOSENESS,
  /** The mean of one over the distance to every other node. */
  HARMONIC,
  /** The largest k such that it belongs to a part in which all have k neighbors. */
  CORE,
  /** In how many triangles it is. */
  TRIANGLES,
  /** Which share of the pairs of its neighbors are neighbors of each other. */
  CLUSTERING;

  /** The lower-case name used in files and on the wire, with hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads {@link #code}, whatever its case.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Metric parse(String text) {
    for (Metric metric : values()) {
      if (metric.code().equalsIgnoreCase(text)) {
        return metric;
      }
    }
    throw new IllegalArgumentException(
        "expected a metric: "
            + String.join(", ", Arrays.stream(values()).map(Metric::code).toList()));
  }
}
