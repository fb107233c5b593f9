package dev.knowledgegraph.internal.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Paths along heavy edges that begin at one node: at each node the heaviest edges are followed,
 * heaviest first, to nodes that are not on the path, and a path ends where it cannot go on. No
 * chain is the beginning of another.
 *
 * <p>Chains are ordered by the number of communities they pass through, most first, then by length,
 * longest first, then by weight, heaviest first, then by the numbers of their nodes.
 *
 * <p>A depth-first search in O(steps), where a step looks at one arc; without a budget there may be
 * branches<sup>depth</sup> chains.
 */
public final class Chains {
  private static final Comparator<Chain> ORDER =
      Comparator.comparingInt(Chain::communities)
          .reversed()
          .thenComparing(Comparator.comparingInt(Chain::length).reversed())
          .thenComparing(Comparator.comparingDouble(Chain::weight).reversed())
          .thenComparing(chain -> chain.nodes, Arrays::compare);

  private final List<Chain> chains;
  private final boolean cut;

  private Chains(List<Chain> chains, boolean cut) {
    this.chains = chains;
    this.cut = cut;
  }

  /**
   * How far to go.
   *
   * @param depth of the longest chain, in edges
   * @param branches how many edges are followed at a node
   * @param paths how many chains are found at most
   * @param steps how many arcs are looked at, at most
   */
  public record Settings(int depth, int branches, int paths, long steps) {
    /** Up to 10 edges and 4 branches, 10,000 chains and a million steps. */
    public static final Settings DEFAULT = new Settings(10, 4, 10_000, 1_000_000);

    public Settings {
      if (depth < 1 || branches < 1 || paths < 1 || steps < 1) {
        throw new IllegalArgumentException("expected 1 or more of depth, branches, paths, steps");
      }
    }
  }

  /** A path, from the node that was given to where it ends. */
  public static final class Chain {
    private final int[] nodes;
    private final double weight;
    private final int communities;

    private Chain(int[] nodes, double weight, int communities) {
      this.nodes = nodes;
      this.weight = weight;
      this.communities = communities;
    }

    /** Its nodes in order. */
    public int[] nodes() {
      return nodes;
    }

    /** How many edges it has. */
    public int length() {
      return nodes.length - 1;
    }

    /** The weights of its edges added up. */
    public double weight() {
      return weight;
    }

    /** Through how many communities it passes. */
    public int communities() {
      return communities;
    }
  }

  /**
   * Finds chains. Of parallel arcs only the heaviest is followed; where weights are equal, the
   * smaller node comes first.
   *
   * @param arcs as they may be followed
   * @param communities of the nodes
   */
  public static Chains of(
      Arcs arcs, int[] communities, int start, Settings settings, Progress progress) {
    var search = new Search(arcs, communities, settings, progress);
    search.from(start);
    search.found.sort(ORDER);
    return new Chains(List.copyOf(search.found), search.cut);
  }

  /** The chains in order. */
  public List<Chain> chains() {
    return chains;
  }

  /** Whether there may be more, because the budget of paths or steps was at its end. */
  public boolean cut() {
    return cut;
  }

  private static final class Search {
    /** How many steps are made between two words of progress. */
    private static final int OFTEN = 1 << 12;

    private final Arcs arcs;
    private final int[] communities;
    private final Settings settings;
    private final Progress progress;
    private final List<Chain> found = new ArrayList<>();

    /** The path: its nodes, the weights that lead to them, and what is left to follow at each. */
    private final int[] path;

    private final double[] weights;
    private final int[][] branches;
    private final int[] next;
    private int depth;
    private long steps;
    private long said;
    private boolean cut;

    Search(Arcs arcs, int[] communities, Settings settings, Progress progress) {
      this.arcs = arcs;
      this.communities = communities;
      this.settings = settings;
      this.progress = progress;
      path = new int[settings.depth() + 1];
      weights = new double[settings.depth() + 1];
      branches = new int[settings.depth() + 1][];
      next = new int[settings.depth() + 1];
    }

    void from(int start) {
      enter(0, start, 0);
      while (depth >= 0 && !cut) {
        if (next[depth] < branches[depth].length) {
          int arc = branches[depth][next[depth]++];
          enter(depth + 1, arcs.targets()[arc], arcs.weight(arc));
        } else {
          depth--;
        }
      }
    }

    /** Puts a node at the end of the path; one that leads nowhere makes it a chain. */
    private void enter(int at, int node, double weight) {
      depth = at;
      path[at] = node;
      weights[at] = weight;
      next[at] = 0;
      branches[at] = at == settings.depth() ? new int[0] : heaviest(node);
      if (branches[at].length == 0 && at > 0 && !cut) {
        complete();
      }
    }

    private void complete() {
      if (found.size() == settings.paths()) {
        cut = true;
        return;
      }
      double weight = 0;
      for (int at = 1; at <= depth; at++) {
        weight += weights[at];
      }
      int crossed =
          (int) Arrays.stream(path, 0, depth + 1).map(node -> communities[node]).distinct().count();
      found.add(new Chain(Arrays.copyOf(path, depth + 1), weight, crossed));
    }

    /** The arcs to follow from a node, heaviest first. */
    private int[] heaviest(int node) {
      int[] best = new int[settings.branches()];
      int count = 0;
      for (int arc = arcs.offsets()[node]; arc < arcs.offsets()[node + 1]; arc++) {
        if (!step()) {
          return new int[0];
        }
        if (!isOnPath(arcs.targets()[arc])) {
          count = insert(best, count, arc);
        }
      }
      return Arrays.copyOf(best, count);
    }

    private boolean step() {
      cut |= steps++ == settings.steps();
      if (steps - said >= OFTEN) {
        said = steps;
        progress.at(steps, settings.steps());
      }
      return !cut;
    }

    private boolean isOnPath(int node) {
      for (int at = 0; at <= depth; at++) {
        if (path[at] == node) {
          return true;
        }
      }
      return false;
    }

    /** Keeps the best in order; of two arcs to the same node, which are neighbors, the heavier. */
    private int insert(int[] best, int count, int arc) {
      int kept = count;
      for (int i = 0; i < kept; i++) {
        if (arcs.targets()[best[i]] == arcs.targets()[arc]) {
          if (arcs.weight(best[i]) >= arcs.weight(arc)) {
            return kept;
          }
          System.arraycopy(best, i + 1, best, i, --kept - i);
          break;
        }
      }
      int place = kept;
      while (place > 0 && arcs.weight(best[place - 1]) < arcs.weight(arc)) {
        place--;
      }
      if (place == best.length) {
        return kept;
      }
      int grown = Math.min(kept + 1, best.length);
      System.arraycopy(best, place, best, place + 1, grown - place - 1);
      best[place] = arc;
      return grown;
    }
  }
}
