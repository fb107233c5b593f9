package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;

/**
 * Moves single nodes to the community where they do most for the quality, until none can do better.
 * A node is looked at again only after a neighbor has moved away from it: the fast local moving of
 * the Leiden algorithm.
 */
final class LocalMoving {
  /** A move must win this share of a node's strength, or rounding could move nodes for ever. */
  private static final double LEAST_GAIN = 1e-12;

  /** How many nodes are looked at between two words of progress. */
  private static final int OFTEN = 1 << 14;

  private final Level level;
  private final double scale;
  private final int[] communities;
  private final double[] strengths;
  private final int[] sizes;
  private final int[] empty;
  private int emptyCount;
  private final Tally tally;
  private final WorkQueue queue;

  /**
   * Begins with a division.
   *
   * @param scale the resolution through the sum of all strengths
   */
  LocalMoving(Level level, double scale, Partition begin, SplitMix random) {
    this.level = level;
    this.scale = scale;
    communities = begin.labels().clone();
    strengths = new double[level.nodes];
    sizes = new int[level.nodes];
    empty = new int[level.nodes];
    tally = new Tally(level.nodes);
    queue = new WorkQueue(random.permutation(level.nodes));
    for (int node = 0; node < level.nodes; node++) {
      strengths[communities[node]] += level.strengths[node];
      sizes[communities[node]]++;
    }
    for (int community = level.nodes - 1; community >= begin.count(); community--) {
      empty[emptyCount++] = community;
    }
  }

  /** Moves until no node can do better. */
  Partition run(Runnable progress) {
    for (int looked = 1; !queue.isEmpty(); looked++) {
      look(queue.remove());
      if (looked % OFTEN == 0) {
        looked = 0;
        progress.run();
      }
    }
    return Partition.of(communities, level.nodes);
  }

  private void look(int node) {
    int own = communities[node];
    double strength = level.strengths[node];
    level.tally(node, communities, tally);
    double least = LEAST_GAIN * strength;
    int best = own;
    double bestGain = tally.weight(own) - scale * strength * (strengths[own] - strength);
    for (int i = 0; i < tally.size(); i++) {
      int community = tally.key(i);
      double gain = tally.weight(community) - scale * strength * strengths[community];
      if (community != own && gain > bestGain + least) {
        best = community;
        bestGain = gain;
      }
    }
    tally.clear();
    if (bestGain < -least && sizes[own] > 1) {
      best = empty[emptyCount - 1];
    }
    if (best != own) {
      move(node, own, best);
    }
  }

  private void move(int node, int from, int to) {
    if (sizes[to] == 0) {
      emptyCount--;
    }
    sizes[from]--;
    strengths[from] -= level.strengths[node];
    if (sizes[from] == 0) {
      strengths[from] = 0;
      empty[emptyCount++] = from;
    }
    sizes[to]++;
    strengths[to] += level.strengths[node];
    communities[node] = to;
    for (int arc = level.offsets[node]; arc < level.offsets[node + 1]; arc++) {
      if (communities[level.targets[arc]] != to) {
        queue.add(level.targets[arc]);
      }
    }
  }

  /** Nodes in the order in which they came, each at most once. */
  private static final class WorkQueue {
    private final int[] ring;
    private final boolean[] queued;
    private int first;
    private int size;

    /** Begins with all nodes. */
    WorkQueue(int[] order) {
      ring = order;
      queued = new boolean[order.length];
      Arrays.fill(queued, true);
      size = order.length;
    }

    boolean isEmpty() {
      return size == 0;
    }

    int remove() {
      int node = ring[first];
      first = first + 1 == ring.length ? 0 : first + 1;
      size--;
      queued[node] = false;
      return node;
    }

    void add(int node) {
      if (!queued[node]) {
        queued[node] = true;
        int last = first + size;
        ring[last < ring.length ? last : last - ring.length] = node;
        size++;
      }
    }
  }
}
