package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Small graphs drawn at random: scattered and dense, with self loops and parallel edges. A failure
 * says the seed; {@code -Dkg.seed=…} draws the same again.
 */
final class RandomGraphs {
  private static final int COUNT = 1_000;
  private static final int NODES = 14;

  private RandomGraphs() {}

  static void withoutWeights(Consumer<SampleGraph> check) {
    draw(false, check);
  }

  /** Weights are 1, 2, … 5. */
  static void withWeights(Consumer<SampleGraph> check) {
    draw(true, check);
  }

  private static void draw(boolean weighted, Consumer<SampleGraph> check) {
    Long given = Long.getLong("kg.seed");
    long seed = given != null ? given : new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < COUNT; i++) {
      SampleGraph graph = graph(random, weighted);
      try {
        check.accept(graph);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("graph " + i + " of seed " + seed + ": " + graph, e);
      }
    }
  }

  private static SampleGraph graph(Random random, boolean weighted) {
    int nodes = 1 + random.nextInt(NODES);
    int edges = random.nextInt(3 * nodes);
    int[] sources = new int[edges];
    int[] targets = new int[edges];
    double[] weights = new double[edges];
    Arrays.setAll(sources, i -> random.nextInt(nodes));
    Arrays.setAll(targets, i -> random.nextInt(nodes));
    Arrays.setAll(weights, i -> 1 + random.nextInt(5));
    return new SampleGraph(nodes, sources, targets, weighted ? weights : null);
  }
}
