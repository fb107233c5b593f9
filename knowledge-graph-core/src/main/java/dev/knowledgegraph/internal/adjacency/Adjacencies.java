package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.error.UnsupportedCapabilityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the shapes of graphs in arrays: made when they pay, brought up to date from the log with
 * each question, forgotten where memory is short.
 *
 * <p>They pay as soon as questions have read from the storage, edge by edge, about what making them
 * would read: so no order of questions costs much more than twice what the best choice would have
 * (the rule of renting until the rent has come to the price).
 */
public final class Adjacencies implements AutoCloseable {
  /** How much longer an edge takes to read with all it holds than its ends alone. */
  private static final int EDGE_TO_ENDS = 8;

  private static final long CHEAP = 2_000;
  private static final int LOG_PAGE = 256;

  /** Arrays are made anew where this share of elements or more was touched. */
  private static final double MUCH = 0.1;

  private static final double MUCH_WASTE = 0.3;
  private static final long BYTES_A_NODE = 48;
  private static final long BYTES_AN_EDGE = 12;
  private static final long BYTES_A_WEIGHT = 16;

  private final Storage storage;
  private final long memory;
  private final Map<GraphRef, Latest> latest = new ConcurrentHashMap<>();
  private final Map<Moment, AtomicLong> rents = new ConcurrentHashMap<>();

  /** Those of earlier moments, the least recently used first. */
  private final LinkedHashMap<Moment, Adjacency> earlier = new LinkedHashMap<>(8, 0.75f, true);

  /** A state of a graph; the latest one, whatever it is, has {@link GraphReader#LATEST}. */
  private record Moment(GraphRef graph, long at) {}

  private static final class Latest {
    final ReentrantLock updating = new ReentrantLock();
    volatile @Nullable Adjacency adjacency;
    volatile long lastUse;

    /** The state that a file holds. */
    volatile long saved;
  }

  /**
   * For the graphs of a storage.
   *
   * @param memory the most bytes all arrays may take together; 0 to have none
   */
  public Adjacencies(Storage storage, long memory) {
    this.storage = storage;
    this.memory = memory;
  }

  /**
   * The arrays of a graph just after its commit {@code at}, if they are there or nearly so.
   *
   * @param at a sequence number up to the head
   * @param weighted whether weights are needed
   */
  public Optional<Adjacency> ready(GraphRef graph, long at, boolean weighted) {
    Latest known = latest.get(graph);
    Adjacency adjacency = known == null ? null : broughtUp(graph, known, at);
    if (adjacency != null && adjacency.position() == at && suits(adjacency, weighted)) {
      return Optional.of(adjacency);
    }
    synchronized (earlier) {
      return Optional.ofNullable(earlier.get(new Moment(graph, at)))
          .filter(found -> suits(found, weighted));
    }
  }

  /**
   * The same, made now if they are not there.
   *
   * @throws UnsupportedCapabilityException if they would not fit into the memory they may take
   */
  public Adjacency get(GraphRef graph, long at, boolean weighted) {
    Optional<Adjacency> ready = ready(graph, at, weighted);
    if (ready.isPresent()) {
      return ready.get();
    }
    if (!fits(graph, weighted)) {
      throw new UnsupportedCapabilityException(
          "GRAPH_TOO_LARGE",
          "the shape of the graph takes about "
              + estimate(storage.head(graph), weighted) / 1_000_000
              + " MB, more than the "
              + memory / 1_000_000
              + " MB it may take; give the JVM a larger heap (-Xmx), of which it may take a"
              + " quarter");
    }
    GraphHead head = storage.head(graph);
    return at >= head.sequence()
        ? madeLatest(graph, at, weighted)
        : madeEarlier(graph, at, weighted);
  }

  /**
   * Arrays in the order of the ids, without weights; if they are too large to be kept they are made
   * for this one question.
   */
  public Adjacency whole(GraphRef graph, long at) {
    return (fits(graph, false) ? get(graph, at, false) : read(graph, at, false)).compacted();
  }

  /** Whether the arrays of a graph may be kept. */
  public boolean fits(GraphRef graph, boolean weighted) {
    return estimate(storage.head(graph), weighted) <= memory;
  }

  private static long estimate(GraphHead head, boolean weighted) {
    return head.nodes() * BYTES_A_NODE
        + head.edges() * (BYTES_AN_EDGE + (weighted ? BYTES_A_WEIGHT : 0));
  }

  /** What may still be read of a graph edge by edge before arrays would have been cheaper. */
  public Allowance allowance(GraphRef graph, long at, boolean weighted) {
    GraphHead head = storage.head(graph);
    if (!fits(graph, weighted)) {
      return new Allowance(new AtomicLong(), Long.MAX_VALUE);
    }
    var moment = new Moment(graph, at >= head.sequence() ? GraphReader.LATEST : at);
    if (rents.size() > 10_000) {
      rents.clear();
    }
    boolean isSaved =
        moment.at() == GraphReader.LATEST && file(graph).filter(ShapeFile::exists).isPresent();
    return new Allowance(
        rents.computeIfAbsent(moment, none -> new AtomicLong()),
        isSaved ? CHEAP : Math.max(CHEAP, (head.edges() + head.nodes()) / EDGE_TO_ENDS));
  }

  private Optional<ShapeFile> file(GraphRef graph) {
    return storage.directory().map(directory -> new ShapeFile(directory, graph, storage));
  }

  /** Counts what is read of a graph edge by edge. */
  public record Allowance(AtomicLong spent, long all) {
    /** Whether there is still something left after this. */
    public boolean spend(long edges) {
      return spent.addAndGet(edges) <= all;
    }
  }

  private static boolean suits(Adjacency adjacency, boolean weighted) {
    return adjacency.hasWeights() || !weighted;
  }

  /** The latest arrays of a graph, not older than {@code at}; null if they must be made anew. */
  private @Nullable Adjacency broughtUp(GraphRef graph, Latest known, long at) {
    known.lastUse = System.nanoTime();
    Adjacency adjacency = known.adjacency;
    if (adjacency == null || adjacency.position() >= at) {
      return adjacency;
    }
    known.updating.lock();
    try {
      adjacency = known.adjacency;
      if (adjacency != null && adjacency.position() < at) {
        adjacency = patched(graph, adjacency, at);
        known.adjacency =
            adjacency != null && adjacency.waste() > MUCH_WASTE ? adjacency.compacted() : adjacency;
      }
      return known.adjacency;
    } finally {
      known.updating.unlock();
    }
  }

  private Adjacency madeLatest(GraphRef graph, long at, boolean weighted) {
    Latest known = latest.computeIfAbsent(graph, ref -> new Latest());
    known.updating.lock();
    try {
      Adjacency there = known.adjacency;
      if (there != null && there.position() == at && suits(there, weighted)) {
        return there;
      }
      // Weights that somebody needed once are kept: he will be back.
      boolean withWeights = weighted || (there != null && there.hasWeights());
      Adjacency saved = there == null ? saved(graph, known, at, withWeights) : null;
      Adjacency made = saved != null ? saved : read(graph, at, withWeights);
      if (there == null || there.position() <= at) {
        known.adjacency = made;
        if (saved == null) {
          known.saved = 0;
        }
        known.lastUse = System.nanoTime();
        rents.remove(new Moment(graph, GraphReader.LATEST));
        forgetWhatIsTooMuch(known);
      }
      return made;
    } finally {
      known.updating.unlock();
    }
  }

  /** What a file holds of an earlier process, brought up to date; null if there is none. */
  private @Nullable Adjacency saved(GraphRef graph, Latest known, long at, boolean weighted) {
    Adjacency saved = file(graph).flatMap(ShapeFile::load).orElse(null);
    if (saved == null || saved.position() > at || !suits(saved, weighted)) {
      return null;
    }
    known.saved = saved.position();
    return saved.position() == at ? saved : patched(graph, saved, at);
  }

  private Adjacency read(GraphRef graph, long at, boolean weighted) {
    var builder = new AdjacencyBuilder(at, weighted);
    storage.readShape(graph, at, builder);
    return builder.build();
  }

  /** What the log makes of arrays; null if it is quicker to make them anew. */
  private @Nullable Adjacency patched(GraphRef graph, Adjacency before, long at) {
    long elements = before.nodes() + before.edges();
    var touched = new Touched();
    long position = before.position();
    while (position < at) {
      int page = (int) Math.min(LOG_PAGE, at - position);
      List<Committed> commits = storage.read(graph, position, page);
      commits.forEach(commit -> commit.events().forEach(touched::note));
      position += commits.size();
      if (commits.isEmpty()
          || touched.size() > Math.max(CHEAP, MUCH * elements)
          || position - before.position() > Math.max(CHEAP, elements)) {
        return null;
      }
    }
    return Patch.apply(
        before,
        at,
        touched,
        storage.edges(graph, touched.edges, before.position()),
        storage.edges(graph, touched.edges, at));
  }

  private Adjacency madeEarlier(GraphRef graph, long at, boolean weighted) {
    Adjacency made = read(graph, at, weighted);
    synchronized (earlier) {
      earlier.put(new Moment(graph, at), made);
    }
    forgetWhatIsTooMuch(null);
    return made;
  }

  /** Those of earlier moments first, then those of graphs nobody asked about for longest. */
  private void forgetWhatIsTooMuch(@Nullable Latest kept) {
    synchronized (earlier) {
      long taken = earlier.values().stream().mapToLong(Adjacency::bytes).sum();
      for (Latest each : latest.values()) {
        Adjacency adjacency = each.adjacency;
        taken += adjacency == null ? 0 : adjacency.bytes();
      }
      var eldest = earlier.values().iterator();
      while (taken > memory && earlier.size() > (kept == null ? 1 : 0)) {
        taken -= eldest.next().bytes();
        eldest.remove();
      }
      while (taken > memory) {
        Latest unused = longestUnused(kept);
        Adjacency adjacency = unused == null ? null : unused.adjacency;
        if (unused == null || adjacency == null) {
          return;
        }
        taken -= adjacency.bytes();
        unused.adjacency = null;
      }
    }
  }

  private @Nullable Latest longestUnused(@Nullable Latest kept) {
    Latest longest = null;
    for (Latest each : latest.values()) {
      if (each != kept
          && each.adjacency != null
          && (longest == null || each.lastUse - longest.lastUse < 0)) {
        longest = each;
      }
    }
    return longest;
  }

  /** Keeps what was made, for the next process; who may only read the store keeps it, too. */
  @Override
  public void close() {
    latest.forEach(
        (graph, known) -> {
          Adjacency adjacency = known.adjacency;
          if (adjacency != null && adjacency.position() != known.saved) {
            file(graph).ifPresent(file -> file.save(adjacency));
          }
        });
    latest.clear();
    synchronized (earlier) {
      earlier.clear();
    }
  }
}
