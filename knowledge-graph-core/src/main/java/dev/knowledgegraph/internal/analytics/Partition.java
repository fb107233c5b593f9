package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;

/** A division of nodes into parts, which are numbered from 0 and have a node each or more. */
final class Partition {
  private static final int NONE = -1;

  private final int[] labels;
  private final int count;

  private Partition(int[] labels, int count) {
    this.labels = labels;
    this.count = count;
  }

  /** The part of each node. */
  int[] labels() {
    return labels;
  }

  /** How many parts there are. */
  int count() {
    return count;
  }

  /** Every node alone. */
  static Partition singletons(int nodes) {
    int[] labels = new int[nodes];
    Arrays.setAll(labels, node -> node);
    return new Partition(labels, nodes);
  }

  /** Numbers parts anew, in the order of their smallest nodes; labels are below {@code bound}. */
  static Partition of(int[] labels, int bound) {
    int[] numbers = new int[bound];
    Arrays.fill(numbers, NONE);
    int[] numbered = new int[labels.length];
    int count = 0;
    for (int node = 0; node < labels.length; node++) {
      if (numbers[labels[node]] == NONE) {
        numbers[labels[node]] = count++;
      }
      numbered[node] = numbers[labels[node]];
    }
    return new Partition(numbered, count);
  }

  /** Divides the nodes as their parts are divided. */
  Partition merged(Partition parts) {
    int[] merged = new int[labels.length];
    Arrays.setAll(merged, node -> parts.labels[labels[node]]);
    return new Partition(merged, parts.count);
  }

  /** Divides the parts as their nodes are divided, of which all in a part must be together. */
  Partition ofParts(Partition nodes) {
    int[] ofParts = new int[count];
    for (int node = 0; node < labels.length; node++) {
      ofParts[labels[node]] = nodes.labels[node];
    }
    return new Partition(ofParts, nodes.count);
  }

  /** The nodes of each part side by side, in ascending order; parts begin at {@link #starts()}. */
  int[] members() {
    int[] next = starts();
    int[] members = new int[labels.length];
    for (int node = 0; node < labels.length; node++) {
      members[next[labels[node]]++] = node;
    }
    return members;
  }

  /** Where each part begins in {@link #members()}, and after the last where it ends. */
  int[] starts() {
    int[] starts = new int[count + 1];
    for (int label : labels) {
      starts[label + 1]++;
    }
    for (int part = 0; part < count; part++) {
      starts[part + 1] += starts[part];
    }
    return starts;
  }

  /** The largest part gets the number 0; of equally large ones the one with the smallest node. */
  Partition largestFirst() {
    Partition ordered = of(labels, count);
    int[] starts = ordered.starts();
    long[] keys = new long[count];
    for (int part = 0; part < count; part++) {
      long size = (long) starts[part + 1] - starts[part];
      keys[part] = -size << 32 | part;
    }
    Arrays.sort(keys);
    int[] numbers = new int[count];
    for (int number = 0; number < count; number++) {
      numbers[(int) keys[number]] = number;
    }
    return ordered.merged(new Partition(numbers, count));
  }

  /** Divides each part further, as another division says. */
  Partition overlap(Partition other) {
    int[] last = new int[other.count];
    int[] numbers = new int[other.count];
    Arrays.fill(last, NONE);
    int[] both = new int[labels.length];
    int found = 0;
    for (int node : members()) {
      int part = other.labels[node];
      if (last[part] != labels[node]) {
        last[part] = labels[node];
        numbers[part] = found++;
      }
      both[node] = numbers[part];
    }
    return new Partition(both, found);
  }

  /** Divides each part further, into what hangs together by arcs inside of it. */
  Partition connected(Arcs undirected) {
    int[] parts = new int[labels.length];
    int[] queue = new int[labels.length];
    Arrays.fill(parts, NONE);
    int found = 0;
    for (int start = 0; start < labels.length; start++) {
      if (parts[start] == NONE) {
        reach(start, found++, parts, queue, undirected);
      }
    }
    return new Partition(parts, found);
  }

  private void reach(int start, int part, int[] parts, int[] queue, Arcs arcs) {
    int end = 0;
    queue[end++] = start;
    parts[start] = part;
    for (int at = 0; at < end; at++) {
      int node = queue[at];
      for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
        int target = arcs.targets()[arc];
        if (parts[target] == NONE && labels[target] == labels[node]) {
          parts[target] = part;
          queue[end++] = target;
        }
      }
    }
  }
}
