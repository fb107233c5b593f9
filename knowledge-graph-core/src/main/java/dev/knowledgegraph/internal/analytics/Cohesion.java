package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;

/**
 * How far communities keep to themselves, and who is in the middle of each. O(nodes + arcs).
 *
 * <p>The cohesion of a community is the share of the weight of its edges that lies inside of it:
 * from 0 to 1, and 1 if it has none. Its central node is the one with the greatest weight of edges
 * to members, a self loop counting twice; of equal ones the smallest.
 */
public final class Cohesion {
  private static final int NONE = -1;

  private final double[] shares;
  private final int[] centralNodes;

  private Cohesion(double[] shares, int[] centralNodes) {
    this.shares = shares;
    this.centralNodes = centralNodes;
  }

  /**
   * Looks at all communities.
   *
   * @param undirected in which each arc stands both ways, as in {@link Arcs#undirected()}; no
   *     weight is negative
   * @param communities the community of each node, from 0 to before {@code count}
   */
  public static Cohesion of(Arcs undirected, int[] communities, int count) {
    double[] inside = new double[count];
    double[] outside = new double[count];
    double[] greatest = new double[count];
    int[] central = new int[count];
    Arrays.fill(central, NONE);
    for (int node = 0; node < communities.length; node++) {
      int own = communities[node];
      double inner = 0;
      for (int arc = undirected.offsets()[node]; arc < undirected.offsets()[node + 1]; arc++) {
        if (communities[undirected.targets()[arc]] == own) {
          inner += undirected.weight(arc);
        } else {
          outside[own] += undirected.weight(arc);
        }
      }
      inside[own] += inner;
      if (central[own] == NONE || inner > greatest[own]) {
        central[own] = node;
        greatest[own] = inner;
      }
    }
    return new Cohesion(shares(inside, outside), central);
  }

  /** An edge inside was seen from both ends. */
  private static double[] shares(double[] inside, double[] outside) {
    double[] shares = new double[inside.length];
    for (int community = 0; community < shares.length; community++) {
      double within = inside[community] / 2;
      double all = within + outside[community];
      shares[community] = all == 0 ? 1 : within / all;
    }
    return shares;
  }

  /** The cohesion of each community. */
  public double[] shares() {
    return shares;
  }

  /** The central node of each community; −1 if it has no members. */
  public int[] centralNodes() {
    return centralNodes;
  }
}
