package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An undirected graph in which each node may stand for many of the graph below. What lies inside of
 * a node is known only by its strength, the sum of the weights of all ends of edges in it.
 */
final class Level {
  final int nodes;
  final int[] offsets;
  final int[] targets;
  private final double @Nullable [] weights;
  final double[] strengths;

  private Level(int[] offsets, int[] targets, double @Nullable [] weights, double[] strengths) {
    this.nodes = strengths.length;
    this.offsets = offsets;
    this.targets = targets;
    this.weights = weights;
    this.strengths = strengths;
  }

  /** The lowest level, where each node is itself. */
  static Level of(Arcs undirected) {
    double[] strengths = new double[undirected.nodes()];
    for (int node = 0; node < strengths.length; node++) {
      for (int arc = undirected.offsets()[node]; arc < undirected.offsets()[node + 1]; arc++) {
        double weight = undirected.weight(arc);
        if (!(weight >= 0)) {
          throw new IllegalArgumentException("expected no negative weight: " + weight);
        }
        strengths[node] += weight;
      }
    }
    return new Level(undirected.offsets(), undirected.targets(), undirected.weights(), strengths);
  }

  double weight(int arc) {
    return weights == null ? 1 : weights[arc];
  }

  /** The sum of all strengths. */
  double total() {
    return Arrays.stream(strengths).sum();
  }

  /** Adds up the weights of a node's arcs by the label of their target, without self loops. */
  void tally(int node, int[] labels, Tally tally) {
    for (int arc = offsets[node]; arc < offsets[node + 1]; arc++) {
      if (targets[arc] != node) {
        tally.add(labels[targets[arc]], weight(arc));
      }
    }
  }

  /** The level above, where each part is a node. */
  Level merged(Partition parts) {
    int[] members = parts.members();
    int[] starts = parts.starts();
    var tally = new Tally(parts.count());
    var rows = new Rows(parts.count(), targets.length);
    double[] sums = new double[parts.count()];
    for (int part = 0; part < parts.count(); part++) {
      for (int i = starts[part]; i < starts[part + 1]; i++) {
        sums[part] += strengths[members[i]];
        tally(members[i], parts.labels(), tally);
      }
      rows.add(part, tally);
      tally.clear();
    }
    return rows.level(sums);
  }

  /** Grows a level row by row. */
  private static final class Rows {
    private final int[] offsets;
    private int[] targets;
    private double[] weights;
    private int count;

    Rows(int nodes, int most) {
      offsets = new int[nodes + 1];
      targets = new int[most / 4 + 1];
      weights = new double[targets.length];
    }

    void add(int node, Tally tally) {
      if (count + tally.size() > targets.length) {
        int capacity = Math.max(count + tally.size(), 2 * targets.length);
        targets = Arrays.copyOf(targets, capacity);
        weights = Arrays.copyOf(weights, capacity);
      }
      for (int i = 0; i < tally.size(); i++) {
        int target = tally.key(i);
        if (target != node) {
          targets[count] = target;
          weights[count++] = tally.weight(target);
        }
      }
      offsets[node + 1] = count;
    }

    Level level(double[] strengths) {
      return new Level(
          offsets, Arrays.copyOf(targets, count), Arrays.copyOf(weights, count), strengths);
    }
  }
}
