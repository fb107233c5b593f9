package dev.knowledgegraph;

import dev.knowledgegraph.command.CommandBus;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.internal.CachedAnswers;
import dev.knowledgegraph.internal.CommitDelivery;
import dev.knowledgegraph.internal.Engine;
import dev.knowledgegraph.internal.EventDelivery;
import dev.knowledgegraph.internal.Recount;
import dev.knowledgegraph.internal.Replay;
import dev.knowledgegraph.internal.Subscriber;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.spi.CacheSettings;
import dev.knowledgegraph.spi.CachedAnswer;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.spi.EventPublisher;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.IdGenerator;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.SearchIndexFactory;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door: a store of knowledge graphs, opened once per process and shared by all its threads.
 *
 * <p>Bind it to a caller with {@link #as} and to a graph with {@link Session#graph}; everything
 * else is a method there, or a command or query on {@link #commands()} and {@link #queries()}.
 */
public final class KnowledgeGraph implements AutoCloseable {
  private final Engine engine;

  private KnowledgeGraph(Engine engine) {
    this.engine = engine;
  }

  /** A store that lives as long as the process, for tests and small tools. */
  public static KnowledgeGraph inMemory() {
    return builder()
        .storage(new InMemoryStorage())
        .search(storage -> new InMemorySearchIndex(storage, HashingEmbedder.create()))
        .build();
  }

  /**
   * Opens the store in a directory, and makes it if it is not there.
   *
   * <p>It can be searched if a search index is on the class path too, which is opened with the
   * first search. The artifact knowledge-graph-embedded brings both.
   *
   * @throws IllegalStateException if no storage that knows directories is on the class path
   * @throws dev.knowledgegraph.error.StorageException if another process writes to it, or it cannot
   *     be read or written
   * @throws dev.knowledgegraph.error.IntegrityException if it is damaged or from a newer version
   */
  public static KnowledgeGraph open(Path directory) {
    return open(directory.toString(), false);
  }

  /** Opens the store at an address: a directory or the URL of a database. */
  public static KnowledgeGraph open(String address, boolean readOnly) {
    for (var factory : ServiceLoader.load(StorageFactory.class)) {
      var storage = factory.open(address, readOnly);
      if (storage.isPresent()) {
        return builder().storage(storage.get()).searchAt(address).build();
      }
    }
    throw new IllegalStateException(
        "nothing on the class path can open the store "
            + StorageFactory.shown(address)
            + "; add the dependency dev.knowledgegraph:knowledge-graph-embedded");
  }

  private static Optional<SearchIndex> openSearch(String address, Storage storage) {
    for (var factory : ServiceLoader.load(SearchIndexFactory.class)) {
      var index = factory.open(address, storage);
      if (index.isPresent()) {
        return index;
      }
    }
    return Optional.empty();
  }

  /**
   * Writes the logs of graphs into another storage, with their positions and times, and so makes
   * the state and the history that follow from them there. Of a graph whose log begins alike there,
   * only the rest is written: what was interrupted goes on.
   *
   * @throws dev.knowledgegraph.error.IntegrityException if an entry is damaged
   * @throws dev.knowledgegraph.error.ConflictException if {@code to} has one of them with another
   *     log
   */
  public static void replay(Storage from, Collection<GraphRef> graphs, Storage to) {
    Replay.run(from, graphs, to);
  }

  /** The fingerprint made anew from all elements of a graph, to compare with the one kept. */
  public static Fingerprint recount(GraphReader reader, GraphRef graph, long at) {
    return Recount.of(reader, graph, at);
  }

  /** Puts a store together from parts. */
  public static Builder builder() {
    return new Builder();
  }

  /** What {@code caller} may see and do. */
  public Session as(UserId caller) {
    return new Session(engine, caller, "");
  }

  public CommandBus commands() {
    return engine.commands();
  }

  public QueryBus queries() {
    return engine.queries();
  }

  /**
   * Writes commits of another store's log into this store as they stand, with their times and
   * actors; state, history, totals and fingerprint follow from them.
   *
   * @throws dev.knowledgegraph.error.ConflictException if they do not follow what is here of the
   *     graph
   * @throws dev.knowledgegraph.error.IntegrityException if one of them cannot have happened
   */
  public void replay(GraphRef graph, List<Committed> log) {
    engine.replay(graph, log);
  }

  /**
   * Hands every publisher every commit so far that it has not seen. One that fails at something
   * gets it again after a while. In a store that several processes write to, one whose name another
   * process holds is left to that.
   */
  public void drainPublishers() {
    engine.drainPublishers();
  }

  /**
   * What publishers could not deliver of a graph, for tools that keep the store. The graph may be
   * removed; of one that is another owner's there is nothing.
   */
  public DeadLetters deadLetters(GraphRef graph) {
    return new DeadLetters(engine, graph);
  }

  /** Waits until graphs that are linked in the background have links for every commit so far. */
  public void drainAutoLinking() {
    engine.drainAutoLinking();
  }

  /**
   * The search index, for tools that keep it; opened now, if nothing was searched yet.
   *
   * @throws dev.knowledgegraph.error.UnsupportedCapabilityException if there is none
   */
  public SearchIndex searchIndex() {
    return engine.searchIndex();
  }

  /** The storage below, for tools that keep it: backup, checks, migrations. */
  public Storage storage() {
    return engine.storage();
  }

  /** Waits for running commands, then closes the storage. */
  @Override
  public void close() {
    engine.close();
  }

  /** The parts of a store; only the storage has no default. For one thread. */
  public static final class Builder {
    private @Nullable Storage storage;
    private Clock clock = Clock.systemUTC();
    private @Nullable IdGenerator ids;
    private final Map<String, Subscriber.Factory> subscribers = new LinkedHashMap<>();
    private BusMetrics metrics = BusMetrics.NONE;
    private long adjacencyBytes = Runtime.getRuntime().maxMemory() / 4;
    private @Nullable Cache<CachedAnswer> cache;
    private CacheSettings cacheSettings = CacheSettings.standard();
    private Function<Storage, Optional<SearchIndex>> search = none -> Optional.empty();

    private Builder() {}

    public Builder storage(Storage newStorage) {
      storage = newStorage;
      return this;
    }

    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    public Builder ids(IdGenerator newIds) {
      ids = newIds;
      return this;
    }

    /**
     * Adds a publisher of commits; its checkpoint is kept under {@code name}. Of processes that
     * write to one store only one may have this name.
     */
    public Builder publisher(String name, EventPublisher publisher) {
      return subscriber(name, (same, opened, time) -> new CommitDelivery(same, opened, publisher));
    }

    /**
     * Adds a publisher of single events; its checkpoint and its dead letters are kept under {@code
     * name}.
     */
    public Builder publisher(String name, ElementPublisher publisher) {
      return subscriber(
          name, (same, opened, time) -> new EventDelivery(same, opened, time, publisher));
    }

    private Builder subscriber(String name, Subscriber.Factory factory) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name of a publisher: expected one, found none");
      }
      subscribers.put(name, factory);
      return this;
    }

    /**
     * Makes the store searchable; the index is opened with the first search and closed with the
     * store.
     */
    public Builder search(Function<Storage, SearchIndex> newSearch) {
      search = opened -> Optional.of(newSearch.apply(opened));
      return this;
    }

    private Builder searchAt(String address) {
      search = opened -> openSearch(address, opened);
      return this;
    }

    /**
     * How much heap the shapes of graphs may take, in arrays, so that hops, paths and analytics do
     * not read edge by edge; a quarter of the largest heap if nothing is said. A graph that needs
     * more is walked along its storage, and cannot be analyzed as a whole.
     *
     * @param bytes 0 or more
     */
    public Builder adjacencyMemory(long bytes) {
      adjacencyBytes = bytes;
      return this;
    }

    /** Keeps answers in a cache, with {@link CacheSettings#standard}. */
    public Builder cache(Cache<CachedAnswer> newCache) {
      return cache(newCache, CacheSettings.standard());
    }

    /**
     * Keeps answers in a cache, which is closed with the store: paths, neighborhoods, statistics
     * and analyses that were asked before are answered without the storage until the graph changes.
     * What is written to the storage past this store, by somebody who holds it in this process, is
     * not noticed unless the storage is shared.
     */
    public Builder cache(Cache<CachedAnswer> newCache, CacheSettings settings) {
      cache = newCache;
      cacheSettings = settings;
      return this;
    }

    /** Has what passes the buses counted and timed. */
    public Builder metrics(BusMetrics newMetrics) {
      metrics = newMetrics;
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws IllegalStateException if no storage was given
     */
    public KnowledgeGraph build() {
      if (storage == null) {
        throw new IllegalStateException("give the builder a storage, or use open or inMemory");
      }
      Storage given = storage;
      var answers =
          Optional.ofNullable(cache).map(kept -> new CachedAnswers(given, kept, cacheSettings));
      Storage opened = answers.map(CachedAnswers::storage).orElse(given);
      var opening = search;
      return new KnowledgeGraph(
          Engine.create(
              opened,
              clock,
              ids,
              subscribers,
              () -> opening.apply(opened),
              adjacencyBytes,
              answers,
              metrics));
    }
  }
}
