package dev.knowledgegraph.cli.crash;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Chance that can be had again: {@code -Dseed=…} with the seed that a test has printed. */
final class Chance {
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private Chance() {}

  static RandomGenerator of(Class<?> test) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println(test.getSimpleName() + ": -Dseed=" + seed);
    return of(seed);
  }

  static RandomGenerator of(long seed) {
    return FACTORY.create(seed);
  }

  /** How many kills a long test makes. */
  static int kills() {
    return Integer.getInteger("kills", 1_000);
  }
}
