package dev.knowledgegraph.internal.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What would happen to the rest of a graph if a node was removed.
 *
 * <p>A node is affected if it is at most {@link #DEPTH} hops away. It loses the share of its weight
 * that leads to the removed node, and of the weight that leads to nodes nearer to it, what these
 * lose; weights on the same distance or farther away are not lost. It is cut off if the removal
 * leaves it in another part of its component than the largest (of equal ones, that with the
 * smallest node).
 *
 * <p>Two breadth-first searches, O(nodes + arcs).
 */
public final class Impact {
  /** How many hops away the effects are followed. */
  public static final int DEPTH = 3;

  /** Losing this share of its weight, a node will break. */
  public static final double BREAKING_LOSS = 0.5;

  /** Losing this share of its weight, a node is likely affected. */
  public static final double LIKELY_LOSS = 0.2;

  /** So many nodes that break, or are cut off, are a high risk. */
  public static final int HIGH_COUNT = 10;

  /** So many are a critical one. */
  public static final int CRITICAL_COUNT = 100;

  /** So large a share of the component that breaks, or is cut off, is a high risk. */
  public static final double HIGH_SHARE = 0.1;

  /** So large a share is a critical one. */
  public static final double CRITICAL_SHARE = 0.5;

  /** Fewer nodes than that are no high and no critical risk, whatever their share. */
  public static final int LEAST_COUNT = 3;

  /** How hard a node is hit. */
  public enum Tier {
    /** It is cut off, or loses {@link #BREAKING_LOSS} of its weight or more. */
    WILL_BREAK,
    /** It loses {@link #LIKELY_LOSS} or more. */
    LIKELY_AFFECTED,
    /** It loses less. */
    MAY_AFFECT
  }

  /** How dangerous the removal is, by the number of nodes that break or are cut off. */
  public enum Risk {
    /** None. */
    LOW,
    /** Some. */
    MEDIUM,
    /** {@link #HIGH_COUNT} or {@link #HIGH_SHARE} of the component. */
    HIGH,
    /** {@link #CRITICAL_COUNT} or {@link #CRITICAL_SHARE} of the component. */
    CRITICAL
  }

  /**
   * A node that is hit.
   *
   * @param distance from the removed node, in hops
   * @param lost the share of its weight that it loses
   */
  public record Affected(int node, int distance, double lost, boolean cutOff, Tier tier) {}

  private static final Comparator<Affected> HARDEST_FIRST =
      Comparator.comparing(Affected::tier)
          .thenComparing(Comparator.comparingDouble(Affected::lost).reversed())
          .thenComparingInt(Affected::distance)
          .thenComparingInt(Affected::node);

  private final List<Affected> affected;
  private final int[] cutOff;
  private final int[] communities;
  private final Risk risk;

  private Impact(List<Affected> affected, int[] cutOff, int[] communities, Risk risk) {
    this.affected = List.copyOf(affected);
    this.cutOff = cutOff;
    this.communities = communities;
    this.risk = risk;
  }

  /**
   * Looks at the removal of a node.
   *
   * @param undirected in which each arc stands both ways, as in {@link Arcs#undirected()}; no
   *     weight is negative
   * @param communities of the nodes
   */
  public static Impact of(Arcs undirected, int[] communities, int removed) {
    var removal = new Removal(undirected, removed);
    int[] cutOff = removal.cutOff();
    List<Affected> affected = new ArrayList<>();
    int breaking = 0;
    for (int at = 1; at < removal.tree.reached(); at++) {
      Affected each = removal.affected(removal.tree.node(at));
      breaking += each.tier() == Tier.WILL_BREAK ? 1 : 0;
      if (each.distance() <= DEPTH) {
        affected.add(each);
      }
    }
    affected.sort(HARDEST_FIRST);
    int[] touched =
        affected.stream().mapToInt(each -> communities[each.node()]).distinct().sorted().toArray();
    return new Impact(affected, cutOff, touched, risk(breaking, removal.tree.reached() - 1));
  }

  private static Tier tier(double lost, boolean cutOff) {
    if (cutOff || lost >= BREAKING_LOSS) {
      return Tier.WILL_BREAK;
    }
    return lost >= LIKELY_LOSS ? Tier.LIKELY_AFFECTED : Tier.MAY_AFFECT;
  }

  private static Risk risk(int breaking, int others) {
    double share = breaking < LEAST_COUNT ? 0 : (double) breaking / others;
    if (breaking >= CRITICAL_COUNT || share >= CRITICAL_SHARE) {
      return Risk.CRITICAL;
    }
    if (breaking >= HIGH_COUNT || share >= HIGH_SHARE) {
      return Risk.HIGH;
    }
    return breaking > 0 ? Risk.MEDIUM : Risk.LOW;
  }

  /** The nodes that are hit, hardest first: by tier, by loss, by distance, by number. */
  public List<Affected> affected() {
    return affected;
  }

  /** All nodes that are cut off, at any distance, in ascending order. */
  public int[] cutOff() {
    return cutOff;
  }

  /** The communities of the nodes that are hit, in ascending order. */
  public int[] communities() {
    return communities;
  }

  /** How dangerous it is. */
  public Risk risk() {
    return risk;
  }

  /** The component of the removed node, before and after. */
  private static final class Removal {
    private static final int NONE = -1;

    private final Arcs arcs;
    private final int removed;
    private final ShortestPathTree tree;

    /** The parts into which the component falls, numbered by their smallest nodes. */
    private final int[] parts;

    private final double[] lost;
    private int largest;
    private int largestSize;

    Removal(Arcs arcs, int removed) {
      this.arcs = arcs;
      this.removed = removed;
      tree = new ShortestPathTree(arcs);
      tree.search(removed, Integer.MAX_VALUE);
      parts = new int[arcs.nodes()];
      lost = new double[arcs.nodes()];
      findParts();
      lost[removed] = 1;
      for (int at = 1; at < tree.reached(); at++) {
        lost[tree.node(at)] = lost(tree.node(at));
      }
    }

    private void findParts() {
      Arrays.fill(parts, NONE);
      parts[removed] = removed;
      int[] queue = new int[tree.reached()];
      for (int node = 0; node < parts.length; node++) {
        if (parts[node] == NONE && tree.distance(node) != ShortestPathTree.UNREACHED) {
          int size = fill(node, queue);
          if (size > largestSize) {
            largest = node;
            largestSize = size;
          }
        }
      }
    }

    private int fill(int start, int[] queue) {
      int end = 0;
      queue[end++] = start;
      parts[start] = start;
      for (int at = 0; at < end; at++) {
        for (int arc = arcs.offsets()[queue[at]]; arc < arcs.offsets()[queue[at] + 1]; arc++) {
          int target = arcs.targets()[arc];
          if (parts[target] == NONE) {
            parts[target] = start;
            queue[end++] = target;
          }
        }
      }
      return end;
    }

    /** Nearer nodes are done before. */
    private double lost(int node) {
      double all = 0;
      double sum = 0;
      for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
        int target = arcs.targets()[arc];
        all += arcs.weight(arc);
        if (tree.distance(target) < tree.distance(node)) {
          sum += arcs.weight(arc) * lost[target];
        }
      }
      return all == 0 ? 0 : sum / all;
    }

    private boolean isCutOff(int node) {
      return parts[node] != largest;
    }

    int[] cutOff() {
      int[] nodes = new int[tree.reached()];
      int count = 0;
      for (int at = 1; at < tree.reached(); at++) {
        if (isCutOff(tree.node(at))) {
          nodes[count++] = tree.node(at);
        }
      }
      int[] sorted = Arrays.copyOf(nodes, count);
      Arrays.sort(sorted);
      return sorted;
    }

    Affected affected(int node) {
      boolean cutOff = isCutOff(node);
      return new Affected(node, tree.distance(node), lost[node], cutOff, tier(lost[node], cutOff));
    }
  }
}
