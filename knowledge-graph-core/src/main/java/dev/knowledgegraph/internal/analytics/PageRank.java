package dev.knowledgegraph.internal.analytics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often somebody comes by each node who follows arcs at random, and now and then starts again
 * at any node. The ranks of all nodes sum to 1.
 *
 * <p>From a node without arcs one goes on at any node. With weights, an arc is followed in
 * proportion to its weight; a node whose arcs weigh 0 together counts as one without arcs.
 *
 * <p>Power iteration, O(nodes + arcs) a round, until a round moves less than the tolerance in all.
 * S. Brin, L. Page, "The anatomy of a large-scale hypertextual web search engine", 1998.
 */
public final class PageRank {
  /** Nodes that one thread does at a time. */
  private static final int BLOCK = 1 << 12;

  private final double[] ranks;
  private final int rounds;
  private final boolean converged;

  private PageRank(double[] ranks, int rounds, boolean converged) {
    this.ranks = ranks;
    this.rounds = rounds;
    this.converged = converged;
  }

  /**
   * How to rank.
   *
   * @param damping how often an arc is followed, from 0 to before 1
   * @param tolerance what a round may move in all, summed over the nodes, to be the last
   * @param rounds how many there are at most
   * @param weighted whether the weights of arcs count; they must not be negative then
   */
  public record Settings(double damping, double tolerance, int rounds, boolean weighted) {
    /** Damping 0.85, to 10<sup>−6</sup> or 100 rounds, without weights. */
    public static final Settings DEFAULT = new Settings(0.85, 1e-6, 100, false);

    public Settings {
      if (!(damping >= 0 && damping < 1)) {
        throw new IllegalArgumentException("expected a damping from 0 to before 1: " + damping);
      }
      if (!(tolerance >= 0) || rounds < 0) {
        throw new IllegalArgumentException("expected no negative tolerance and rounds");
      }
    }

    /** The same, but to another tolerance. */
    public Settings withTolerance(double tolerance) {
      return new Settings(damping, tolerance, rounds, weighted);
    }

    /** The same, but with at most so many rounds. */
    public Settings withRounds(int rounds) {
      return new Settings(damping, tolerance, rounds, weighted);
    }

    /** The same, but with or without weights. */
    public Settings withWeights(boolean weighted) {
      return new Settings(damping, tolerance, rounds, weighted);
    }
  }

  /** Ranks the nodes; the ranks are the same to the bit for any parallelism. */
  public static PageRank of(Arcs arcs, Settings settings, int parallelism, Progress progress) {
    try (var blocks = new Blocks(parallelism)) {
      return new Iteration(arcs, settings, blocks).run(progress);
    }
  }

  /** The rank of each node. */
  public double[] ranks() {
    return ranks;
  }

  /** How many rounds there were. */
  public int rounds() {
    return rounds;
  }

  /** Whether the last round moved no more than the tolerance. */
  public boolean converged() {
    return converged;
  }

  /** The state between rounds. Ranks are pulled along turned arcs, so that each has one writer. */
  private static final class Iteration {
    private final Settings settings;
    private final Blocks blocks;
    private final int nodes;
    private final int count;
    private final Arcs incoming;
    private final double @Nullable [] weights;
    private final double[] outgoing;
    private final double[] shares;
    private final double[] sums;
    private double[] ranks;
    private double[] next;

    Iteration(Arcs arcs, Settings settings, Blocks blocks) {
      this.settings = settings;
      this.blocks = blocks;
      nodes = arcs.nodes();
      count = Blocks.count(nodes, BLOCK);
      incoming = arcs.transposed();
      weights = settings.weighted() ? incoming.weights() : null;
      outgoing = outgoing(arcs, settings.weighted());
      shares = new double[nodes];
      sums = new double[count];
      ranks = new double[nodes];
      next = new double[nodes];
      Arrays.fill(ranks, 1.0 / nodes);
    }

    private static double[] outgoing(Arcs arcs, boolean weighted) {
      double[] outgoing = new double[arcs.nodes()];
      for (int node = 0; node < outgoing.length; node++) {
        for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
          double weight = weighted ? arcs.weight(arc) : 1;
          if (!(weight >= 0)) {
            throw new IllegalArgumentException("expected no negative weight: " + weight);
          }
          outgoing[node] += weight;
        }
      }
      return outgoing;
    }

    PageRank run(Progress progress) {
      boolean converged = nodes == 0;
      int round = 0;
      while (round < settings.rounds() && !converged) {
        blocks.each(count, this::share, Progress.NONE);
        double everywhere = (1 - settings.damping() + settings.damping() * sum()) / nodes;
        blocks.each(count, block -> pull(block, everywhere), Progress.NONE);
        converged = sum() <= settings.tolerance();
        double[] before = ranks;
        ranks = next;
        next = before;
        progress.at(++round, settings.rounds());
      }
      return new PageRank(ranks, round, converged);
    }

    /** What each arc of a node, or each unit of its weight, passes on; sums what cannot be. */
    private void share(int block) {
      double lost = 0;
      for (int node = block * BLOCK; node < end(block); node++) {
        if (outgoing[node] > 0) {
          shares[node] = settings.damping() * ranks[node] / outgoing[node];
        } else {
          shares[node] = 0;
          lost += ranks[node];
        }
      }
      sums[block] = lost;
    }

    /** Takes what comes along the arcs; sums how far that is from the round before. */
    private void pull(int block, double everywhere) {
      int[] offsets = incoming.offsets();
      double moved = 0;
      for (int node = block * BLOCK; node < end(block); node++) {
        next[node] = everywhere + pulled(offsets[node], offsets[node + 1]);
        moved += Math.abs(next[node] - ranks[node]);
      }
      sums[block] = moved;
    }

    private double pulled(int from, int to) {
      int[] sources = incoming.targets();
      double sum = 0;
      if (weights == null) {
        for (int arc = from; arc < to; arc++) {
          sum += shares[sources[arc]];
        }
      } else {
        for (int arc = from; arc < to; arc++) {
          sum += weights[arc] * shares[sources[arc]];
        }
      }
      return sum;
    }

    private int end(int block) {
      return Math.min(nodes, (block + 1) * BLOCK);
    }

    private double sum() {
      double sum = 0;
      for (double each : sums) {
        sum += each;
      }
      return sum;
    }
  }
}
