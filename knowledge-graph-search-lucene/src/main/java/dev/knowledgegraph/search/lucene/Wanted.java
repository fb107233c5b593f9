package dev.knowledgegraph.search.lucene;

import java.util.Arrays;

/** A vector that others are compared with, in whole numbers: only its components that are not 0. */
final class Wanted {
  /**
   * The length in whole numbers: the sum of 4,096 products with numbers up to 127 is at most this
   * times 127 times 64, which fits an int.
   */
  private static final int LENGTH = 1 << 17;

  private final int[] components;
  private final int[] weights;
  private final double unit;
  private final double length;
  private final double roundedAway;

  Wanted(float[] vector) {
    this.length = length(vector);
    this.unit = length / LENGTH;
    int[] found = new int[vector.length];
    int[] rounded = new int[vector.length];
    int count = 0;
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      int weight = (int) Math.rint(vector[i] / unit);
      double lost = vector[i] - weight * unit;
      squares += lost * lost;
      if (weight != 0) {
        found[count] = i;
        rounded[count++] = weight;
      }
    }
    this.components = Arrays.copyOf(found, count);
    this.weights = Arrays.copyOf(rounded, count);
    this.roundedAway = Math.sqrt(squares);
  }

  /** How many components are not 0. */
  int size() {
    return components.length;
  }

  int component(int i) {
    return components[i];
  }

  int weight(int i) {
    return weights[i];
  }

  /** What a weight of 1 stands for. */
  double unit() {
    return unit;
  }

  double length() {
    return length;
  }

  /** The length of what the weights differ by from the vector. */
  double roundedAway() {
    return roundedAway;
  }

  static double length(float[] vector) {
    return Math.sqrt(Nearest.product(vector, vector));
  }
}
