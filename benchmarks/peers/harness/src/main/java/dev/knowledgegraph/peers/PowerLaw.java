package dev.knowledgegraph.peers;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random graph in which few nodes have many edges: both ends of an edge are drawn with a
 * probability that falls with the rank of a node to the power of 2/3, so that the number of nodes
 * with d edges falls with d to the power of 2.5 (Chung and Lu, 2002). The same numbers give the
 * same graph.
 */
public final class PowerLaw {
  private static final double EXPONENT = 2.0 / 3;
  private static final int SEED = 11;

  private PowerLaw() {}

  /** So many nodes and edges; no self loops, and no two edges with the same ends. */
  public static Problem problem(int nodes, int edges) {
    long[] drawn = distinct(nodes, edges, new Random(SEED));
    int[] names = shuffled(nodes, new Random(SEED + 1));
    int[] sources = new int[edges];
    int[] targets = new int[edges];
    for (int i = 0; i < edges; i++) {
      sources[i] = names[(int) (drawn[i] / nodes)];
      targets[i] = names[(int) (drawn[i] % nodes)];
    }
    List<String> keys = IntStream.range(0, nodes).mapToObj(i -> "k" + i).toList();
    return Problem.about(
        "power-law-" + nodes + "-" + edges,
        keys,
        sources,
        targets,
        new byte[edges],
        List.of("LINKS"),
        "k" + names[nodes / 2]);
  }

  /** Edges as source times {@code nodes} plus target, in random order. */
  private static long[] distinct(int nodes, int edges, Random random) {
    double[] sums = new double[nodes];
    double sum = 0;
    for (int rank = 0; rank < nodes; rank++) {
      sum += Math.pow(rank + 1.0, -EXPONENT);
      sums[rank] = sum;
    }
    long[] drawn = new long[edges];
    int size = 0;
    while (size < edges) {
      while (size < edges) {
        int source = draw(sums, random);
        int target = draw(sums, random);
        if (source != target) {
          drawn[size++] = (long) source * nodes + target;
        }
      }
      Arrays.parallelSort(drawn);
      size = 0;
      for (int i = 0; i < edges; i++) {
        if (i == 0 || drawn[i] != drawn[i - 1]) {
          drawn[size++] = drawn[i];
        }
      }
    }
    for (int i = edges - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      long swapped = drawn[i];
      drawn[i] = drawn[other];
      drawn[other] = swapped;
    }
    return drawn;
  }

  private static int draw(double[] sums, Random random) {
    int place = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
    return Math.min(place < 0 ? -place - 1 : place, sums.length - 1);
  }

  /** So that the number of a node says nothing about how many edges it has. */
  private static int[] shuffled(int size, Random random) {
    int[] numbers = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = swapped;
    }
    return numbers;
  }
}
