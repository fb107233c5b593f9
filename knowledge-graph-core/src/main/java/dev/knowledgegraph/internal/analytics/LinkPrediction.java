package dev.knowledgegraph.internal.analytics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * How likely two nodes are to be linked, by the neighbors they have in common. Self loops, parallel
 * arcs, directions and weights do not count.
 *
 * <p>D. Liben-Nowell, J. Kleinberg, "The link-prediction problem for social networks", 2007; T.
 * Zhou, L. Lü, Y.-C. Zhang, "Predicting missing links via local information", 2009.
 */
public final class LinkPrediction {
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score).reversed().thenComparingInt(Candidate::node);

  /** What a neighbor in common is worth. */
  public enum Measure {
    /** 1 / the logarithm of its degree. */
    ADAMIC_ADAR,
    /** 1 / the number of nodes that are a neighbor of one or both. */
    JACCARD,
    /** 1 / its degree. */
    RESOURCE_ALLOCATION
  }

  /** A node that another might be linked to. */
  public record Candidate(int node, double score) {}

  private final Arcs arcs;

  private LinkPrediction(Arcs arcs) {
    this.arcs = arcs;
  }

  /**
   * Prepares to predict, in O(nodes + arcs).
   *
   * @param undirected in which each arc stands both ways, as in {@link Arcs#undirected()}
   */
  public static LinkPrediction of(Arcs undirected) {
    return new LinkPrediction(undirected.simple());
  }

  /**
   * The score of two different nodes, linked or not, in O(the sum of their degrees). 0 if they have
   * no neighbor in common.
   */
  public double score(int one, int other, Measure measure) {
    if (one == other) {
      throw new IllegalArgumentException("expected two nodes, but both are " + one);
    }
    int[] offsets = arcs.offsets();
    int[] targets = arcs.targets();
    double sum = 0;
    int a = offsets[one];
    int b = offsets[other];
    while (a < offsets[one + 1] && b < offsets[other + 1]) {
      int order = Integer.compare(targets[a], targets[b]);
      if (order == 0) {
        sum += worth(targets[a], measure);
      }
      a += order <= 0 ? 1 : 0;
      b += order >= 0 ? 1 : 0;
    }
    return score(one, other, sum, measure);
  }

  /**
   * The nodes at distance two with the highest scores, best first, ties by number; in O(nodes + the
   * degrees of its neighbors).
   */
  public List<Candidate> best(int node, int limit, Measure measure) {
    double[] sums = sums(node, measure);
    var best = new PriorityQueue<Candidate>(BEST_FIRST.reversed());
    for (int other = 0; other < sums.length; other++) {
      if (sums[other] > 0 && other != node && !arcs.contains(node, other)) {
        best.add(new Candidate(other, score(node, other, sums[other], measure)));
      }
      if (best.size() > limit) {
        best.remove();
      }
    }
    var sorted = new ArrayList<>(best);
    sorted.sort(BEST_FIRST);
    return List.copyOf(sorted);
  }

  /** For each node the worth of the neighbors it has in common with one. */
  private double[] sums(int node, Measure measure) {
    double[] sums = new double[arcs.nodes()];
    for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
      int neighbor = arcs.targets()[arc];
      double worth = worth(neighbor, measure);
      for (int on = arcs.offsets()[neighbor]; on < arcs.offsets()[neighbor + 1]; on++) {
        sums[arcs.targets()[on]] += worth;
      }
    }
    return sums;
  }

  /** For two nodes that have it in common, its logarithm is not 0: it has two neighbors or more. */
  private double worth(int common, Measure measure) {
    return switch (measure) {
      case ADAMIC_ADAR -> 1 / Math.log(arcs.degree(common));
      case JACCARD -> 1;
      case RESOURCE_ALLOCATION -> 1.0 / arcs.degree(common);
    };
  }

  private double score(int one, int other, double sum, Measure measure) {
    return measure != Measure.JACCARD || sum == 0
        ? sum
        : sum / (arcs.degree(one) + arcs.degree(other) - sum);
  }
}
