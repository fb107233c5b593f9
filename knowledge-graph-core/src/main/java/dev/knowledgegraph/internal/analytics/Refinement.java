package dev.knowledgegraph.internal.analytics;

/**
 * Divides communities into parts that are well connected, by merging single nodes with parts of
 * their community; what was merged stays merged. Where a node goes is drawn, and the better a part
 * the likelier: a greedy choice could not find every division.
 *
 * <p>A node or part is well connected if it has at least as much weight in common with the rest of
 * its community as random would give it.
 */
final class Refinement {
  private final Level level;
  private final double scale;
  private final double randomness;
  private final SplitMix random;
  private final int[] communities;

  /** The strength of each community. */
  private final double[] strengths;

  private final int[] parts;
  private final int[] partSizes;
  private final double[] partStrengths;

  /** The weight between each part and the rest of its community. */
  private final double[] outside;

  private final Tally tally;
  private final double[] chances;

  /**
   * Prepares to divide.
   *
   * @param scale the resolution through the sum of all strengths
   * @param randomness the gain, as a weight, that makes a part e times as likely
   */
  Refinement(Level level, double scale, Partition communities, double randomness, SplitMix random) {
    this.level = level;
    this.scale = scale;
    this.randomness = randomness;
    this.random = random;
    this.communities = communities.labels();
    strengths = new double[communities.count()];
    parts = Partition.singletons(level.nodes).labels();
    partSizes = new int[level.nodes];
    partStrengths = level.strengths.clone();
    outside = new double[level.nodes];
    tally = new Tally(level.nodes);
    chances = new double[level.nodes];
    for (int node = 0; node < level.nodes; node++) {
      strengths[this.communities[node]] += level.strengths[node];
      partSizes[node] = 1;
      tallyParts(node);
      for (int i = 0; i < tally.size(); i++) {
        outside[node] += tally.weight(tally.key(i));
      }
      tally.clear();
    }
  }

  /** Looks at each node once; one with which another has been merged stays where it is. */
  Partition run() {
    for (int node : random.permutation(level.nodes)) {
      if (partSizes[node] == 1 && parts[node] == node && isWellConnected(node, node)) {
        tallyParts(node);
        int part = choose(node);
        if (part != node) {
          merge(node, part);
        }
        tally.clear();
      }
    }
    return Partition.of(parts, level.nodes);
  }

  private void tallyParts(int node) {
    for (int arc = level.offsets[node]; arc < level.offsets[node + 1]; arc++) {
      int target = level.targets[arc];
      if (target != node && communities[target] == communities[node]) {
        tally.add(parts[target], level.weight(arc));
      }
    }
  }

  private boolean isWellConnected(int part, int member) {
    double strength = partStrengths[part];
    return outside[part] >= scale * strength * (strengths[communities[member]] - strength);
  }

  /** Draws one of the parts that are well connected and not worse than staying alone. */
  private int choose(int node) {
    double best = 0;
    for (int i = 0; i < tally.size(); i++) {
      best = Math.max(best, gain(node, tally.key(i)));
    }
    double sum = Math.exp(-best / randomness);
    for (int i = 0; i < tally.size(); i++) {
      double gain = gain(node, tally.key(i));
      boolean eligible = gain >= 0 && isWellConnected(tally.key(i), node);
      chances[i] = eligible ? Math.exp((gain - best) / randomness) : 0;
      sum += chances[i];
    }
    double drawn = random.nextDouble() * sum;
    for (int i = 0; i < tally.size(); i++) {
      drawn -= chances[i];
      if (drawn < 0) {
        return tally.key(i);
      }
    }
    return node;
  }

  private double gain(int node, int part) {
    return tally.weight(part) - scale * level.strengths[node] * partStrengths[part];
  }

  private void merge(int node, int part) {
    parts[node] = part;
    partSizes[node] = 0;
    partSizes[part]++;
    partStrengths[part] += level.strengths[node];
    outside[part] += outside[node] - 2 * tally.weight(part);
  }
}
