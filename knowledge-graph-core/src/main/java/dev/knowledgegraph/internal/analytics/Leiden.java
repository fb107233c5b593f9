package dev.knowledgegraph.internal.analytics;

/**
 * Communities: a division of the nodes whose {@link Modularity} is high. Each hangs together by
 * arcs inside of it. They are numbered from 0 by size, the largest first, those of equal size by
 * their smallest node. The same graph, settings and seed give the same communities.
 *
 * <p>The complete Leiden algorithm: single nodes move, the communities are refined to well
 * connected parts, each part becomes a node of a smaller graph that begins with the communities as
 * they are, and so on; all of it is repeated from the communities that were found. An iteration
 * takes about O(arcs) and, beside the arcs, the memory of some arrays of the size of the nodes and
 * one graph of the parts.
 *
 * <p>V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected
 * communities", 2019; for several starts M. Ovelgönne, A. Geyer-Schulz, "An ensemble learning
 * strategy for graph clustering", 2012.
 */
public final class Leiden {
  private final Partition communities;
  private final double modularity;
  private final int iterations;

  private Leiden(Partition communities, double modularity, int iterations) {
    this.communities = communities;
    this.modularity = modularity;
    this.iterations = iterations;
  }

  /**
   * How to search.
   *
   * @param resolution above 0; the higher, the smaller the communities
   * @param seed what chance follows from
   * @param randomness how freely parts are drawn in refinement, above 0: the gain that makes one e
   *     times as likely, in mean weights of an edge
   * @param starts how often to begin, every other time from single nodes, else from the best so far
   *     with some nodes put elsewhere; what a start and the best before it agree about then moves
   *     as one, which often gives something better than both
   * @param iterations how many there are at most in each start
   * @param patience a start ends before that when so many iterations in a row found nothing better
   */
  public record Settings(
      double resolution, long seed, double randomness, int starts, int iterations, int patience) {
    /** Resolution 1 and one start, which is repeated ten times or until nothing is won. */
    public static final Settings DEFAULT = new Settings(1, 0, 0.01, 1, 10, 1);

    /** Thirty starts: for graphs of up to some ten thousand edges, or for those who can wait. */
    public static final Settings THOROUGH = new Settings(1, 0, 0.01, 30, 20, 1);

    public Settings {
      if (!(resolution > 0) || !(randomness > 0)) {
        throw new IllegalArgumentException("expected a resolution and randomness above 0");
      }
      if (starts < 1 || iterations < 1 || patience < 1) {
        throw new IllegalArgumentException("expected 1 or more starts, iterations and patience");
      }
    }

    /** The same at another resolution. */
    public Settings withResolution(double resolution) {
      return new Settings(resolution, seed, randomness, starts, iterations, patience);
    }

    /** The same with another seed. */
    public Settings withSeed(long seed) {
      return new Settings(resolution, seed, randomness, starts, iterations, patience);
    }
  }

  /**
   * Finds communities.
   *
   * @param undirected in which each arc stands both ways, as in {@link Arcs#undirected()}; no
   *     weight is negative
   */
  public static Leiden of(Arcs undirected, Settings settings, Progress progress) {
    return new Search(undirected, settings, progress).run();
  }

  /** The community of each node. */
  public int[] communities() {
    return communities.labels();
  }

  /** How many communities there are. */
  public int count() {
    return communities.count();
  }

  /** The modularity at the resolution of the settings. */
  public double modularity() {
    return modularity;
  }

  /** How many iterations there were in all starts. */
  public int iterations() {
    return iterations;
  }

  private static final class Search {
    /** A gain in modularity below this is none. */
    private static final double LEAST_GAIN = 1e-12;

    private final Arcs arcs;
    private final Settings settings;
    private final Progress progress;
    private final SplitMix random;
    private final Level base;
    private final double scale;
    private final double randomness;
    private Partition best;
    private double bestModularity;
    private int start;
    private int iteration;
    private int iterations;

    Search(Arcs arcs, Settings settings, Progress progress) {
      this.arcs = arcs;
      this.settings = settings;
      this.progress = progress;
      random = new SplitMix(settings.seed());
      base = Level.of(arcs);
      double total = base.total();
      scale = total == 0 ? 0 : settings.resolution() / total;
      randomness = settings.randomness() * (total == 0 ? 1 : total / arcs.count());
      best = Partition.singletons(arcs.nodes());
      bestModularity = modularity(best);
    }

    Leiden run() {
      for (start = 0; start < settings.starts(); start++) {
        iteration = 0;
        Partition found = repeated(start % 2 == 0 ? Partition.singletons(arcs.nodes()) : shaken());
        if (start > 0) {
          Partition agreed = best.overlap(found).connected(arcs);
          keep(found);
          found = repeated(climbed(base.merged(agreed), agreed));
        }
        keep(found);
      }
      Partition ordered = best.largestFirst();
      return new Leiden(ordered, modularity(ordered), iterations);
    }

    /** The best, but some nodes, every second or fewer, are anywhere: in large graphs alone. */
    private Partition shaken() {
      int nodes = arcs.nodes();
      int[] labels = best.labels().clone();
      double share = random.nextDouble() / 2;
      for (int node = 0; node < nodes; node++) {
        if (random.nextDouble() < share) {
          labels[node] = random.nextInt(nodes);
        }
      }
      return Partition.of(labels, nodes);
    }

    private void keep(Partition found) {
      double modularity = modularity(found);
      if (modularity > bestModularity + LEAST_GAIN) {
        best = found;
        bestModularity = modularity;
      }
    }

    /** Iterations for as long as they win something. */
    private Partition repeated(Partition begin) {
      Partition current = begin;
      double modularity = modularity(begin);
      int inVain = 0;
      while (iteration < settings.iterations() && inVain < settings.patience()) {
        report();
        current = climbed(base, Partition.singletons(arcs.nodes()), current);
        iteration++;
        iterations++;
        double before = modularity;
        modularity = modularity(current);
        inVain = modularity > before + LEAST_GAIN ? 0 : inVain + 1;
      }
      return current;
    }

    /** One iteration from a level on which each node is alone. */
    private Partition climbed(Level level, Partition nodes) {
      return climbed(level, nodes, Partition.singletons(level.nodes));
    }

    /**
     * One iteration, from a level up to where no part can be merged any more.
     *
     * @param nodes for each node of the graph the one it is in on the level
     * @param begin the communities of these to begin with
     */
    private Partition climbed(Level from, Partition nodes, Partition begin) {
      Level level = from;
      Partition below = nodes;
      Partition communities = begin;
      while (true) {
        communities = new LocalMoving(level, scale, communities, random).run(this::report);
        if (communities.count() == level.nodes) {
          break;
        }
        Partition parts = new Refinement(level, scale, communities, randomness, random).run();
        if (parts.count() == level.nodes) {
          break;
        }
        level = level.merged(parts);
        below = below.merged(parts);
        communities = parts.ofParts(communities);
      }
      // Only if chance merged nothing is there anything left to take apart.
      return below.merged(communities).connected(arcs);
    }

    private double modularity(Partition partition) {
      return Modularity.of(arcs, partition.labels(), settings.resolution());
    }

    private void report() {
      long done = (long) start * settings.iterations() + iteration;
      progress.at(done, (long) settings.starts() * settings.iterations());
    }
  }
}
