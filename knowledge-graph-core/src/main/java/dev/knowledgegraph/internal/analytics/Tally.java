package dev.knowledgegraph.internal.analytics;

/** Adds up weights by key, to be used again and again: clearing costs what was added to. */
final class Tally {
  private final double[] weights;
  private final int[] keys;
  private int size;

  /** For keys from 0 to before the bound. */
  Tally(int bound) {
    weights = new double[bound];
    keys = new int[bound];
  }

  /** Adds what is not negative; a key to which nothing is added does not appear. */
  void add(int key, double weight) {
    if (weight > 0) {
      if (weights[key] == 0) {
        keys[size++] = key;
      }
      weights[key] += weight;
    }
  }

  /** How many keys there are. */
  int size() {
    return size;
  }

  /** The key at a place, in the order in which they were first added to. */
  int key(int at) {
    return keys[at];
  }

  double weight(int key) {
    return weights[key];
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      weights[keys[i]] = 0;
    }
    size = 0;
  }
}
