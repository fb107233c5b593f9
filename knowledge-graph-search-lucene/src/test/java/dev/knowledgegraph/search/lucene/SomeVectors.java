package dev.knowledgegraph.search.lucene;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Vectors of length 1 to search among, drawn in several ways. */
final class SomeVectors {
  private static final int CLUSTERS = 12;
  private static final double SPREAD = 0.2;

  private final Random random;
  private final int dimension;
  private final List<float[]> centers = new ArrayList<>();

  SomeVectors(Random random, int dimension) {
    this.random = random;
    this.dimension = dimension;
    for (int i = 0; i < CLUSTERS; i++) {
      centers.add(anywhere());
    }
  }

  float[] anywhere() {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return unit(vector);
  }

  /** Near one of a few points. */
  float[] clustered() {
    float[] center = centers.get(random.nextInt(CLUSTERS));
    float[] vector = center.clone();
    for (int i = 0; i < dimension; i++) {
      vector[i] += (float) (random.nextGaussian() * SPREAD / Math.sqrt(dimension));
    }
    return unit(vector);
  }

  /** Most components are 0. */
  float[] sparse() {
    float[] vector = new float[dimension];
    for (int i = 0; i <= dimension / 16; i++) {
      vector[random.nextInt(dimension)] += random.nextBoolean() ? 1 : -2;
    }
    vector[random.nextInt(dimension)] = 3;
    return unit(vector);
  }

  float[] drawn(String way) {
    return switch (way) {
      case "anywhere" -> anywhere();
      case "clustered" -> clustered();
      case "sparse" -> sparse();
      default -> throw new IllegalArgumentException(way);
    };
  }

  static float[] unit(float[] vector) {
    double length = Wanted.length(vector);
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
