package dev.knowledgegraph.internal;

import dev.knowledgegraph.command.CommandBus;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.internal.adjacency.Adjacencies;
import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.spi.IdGenerator;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The parts of an open store, put together in one place. */
public final class Engine implements AutoCloseable {
  private static final BusLog LOG = new BusLog();

  private final Storage storage;
  private final Clock clock;
  private final IdGenerator ids;
  private final Publishing publishing;
  private final Searching searching;
  private final Adjacencies adjacencies;
  private final AutoLinking autoLinking;
  private final CommandBus commands;
  private final QueryBus queries;
  private final Linker linker;
  private final Optional<CachedAnswers> cache;

  private Engine(
      Storage storage,
      Clock clock,
      IdGenerator ids,
      Map<String, Subscriber.Factory> subscribers,
      Searching searching,
      Adjacencies adjacencies,
      Optional<CachedAnswers> cache,
      BusMetrics metrics) {
    this.storage = storage;
    this.cache = cache;
    this.adjacencies = adjacencies;
    this.searching = searching;
    this.clock = clock;
    this.ids = ids;
    this.autoLinking = new AutoLinking(storage, this::linker);
    this.publishing =
        new Publishing(
            storage,
            clock,
            new Uuid7IdGenerator(clock).next().toString(),
            subscribers,
            this::follow);
    this.commands = decorated(new StorageCommandBus(storage, clock, publishing, metrics), metrics);
    QueryBus answers = new StorageQueryBus(storage, searching, adjacencies);
    this.queries =
        decorated(cache.map(kept -> kept.before(answers, clock, metrics)).orElse(answers), metrics);
    this.linker = new Linker(storage, searching, commands, clock);
  }

  private void follow(Commit commit) {
    searching.signal(commit.graph(), commit.entry());
    autoLinking.follow(commit);
  }

  /**
   * What a command passes, from the last to the first. The pipeline itself authorizes, because a
   * command before it may change who may do what, and it retries lost races, because it loses them
   * group by group.
   */
  private static CommandBus decorated(CommandBus pipeline, BusMetrics metrics) {
    CommandBus bus = new ValidatedCommandBus(pipeline);
    bus = new ObservedCommandBus(bus, LOG);
    bus = metrics.equals(BusMetrics.NONE) ? bus : new ObservedCommandBus(bus, metrics);
    return new CorrelatedCommandBus(bus);
  }

  /**
   * What a question passes, from the last to the first; who may ask is looked up inside, by the
   * cache too if there is one.
   */
  private static QueryBus decorated(QueryBus answers, BusMetrics metrics) {
    QueryBus bus = new ValidatedQueryBus(answers);
    bus = new ObservedQueryBus(bus, LOG);
    return metrics.equals(BusMetrics.NONE) ? bus : new ObservedQueryBus(bus, metrics);
  }

  /** Opens the machinery over a storage, which it closes in the end. */
  public static Engine create(
      Storage storage,
      Clock clock,
      @Nullable IdGenerator ids,
      Map<String, Subscriber.Factory> subscribers,
      Supplier<Optional<SearchIndex>> search,
      long adjacencyBytes,
      Optional<CachedAnswers> cache,
      BusMetrics metrics) {
    var adjacencies = new Adjacencies(storage, adjacencyBytes);
    var searching = new Searching(storage, adjacencies, search);
    return new Engine(
        storage,
        clock,
        ids != null ? ids : new Uuid7IdGenerator(clock),
        subscribers,
        searching,
        adjacencies,
        cache,
        metrics);
  }

  public CommandBus commands() {
    return commands;
  }

  public QueryBus queries() {
    return queries;
  }

  public Storage storage() {
    return storage;
  }

  public IdGenerator ids() {
    return ids;
  }

  /** The sequence number of a moment of a graph. */
  public long sequenceOf(GraphRef graph, Moment moment) {
    return StorageQueryBus.sequenceOf(storage, graph, moment);
  }

  /** The shape of a graph just after a commit, without weights. */
  public Adjacency adjacency(GraphRef graph, long sequence) {
    return adjacencies.get(graph, sequence, false);
  }

  /** The search index; opened now, if it was not. */
  public SearchIndex searchIndex() {
    return searching.index();
  }

  /** Writes commits of another store's log as they stand. */
  public void replay(GraphRef graph, List<Committed> log) {
    new Replay(storage, graph).write(log);
    searching.signal(graph);
  }

  /** What links nodes by what they say. */
  public Linker linker() {
    return linker;
  }

  /** Links all that waits to be linked in the background. */
  public void drainAutoLinking() {
    autoLinking.drain();
  }

  /** Delivers all that is committed to every publisher. */
  public void drainPublishers() {
    publishing.drain();
  }

  /** What the subscriber's dead letters are replayed to, if it was given to this store. */
  public Optional<ElementPublisher> elementPublisher(String subscriber) {
    return publishing.subscriber(subscriber).flatMap(Subscriber::elementPublisher);
  }

  /** Replays dead letters while nothing else is delivered. */
  public Redelivery redeliver(GraphRef graph, String subscriber, ElementPublisher publisher) {
    return publishing.undisturbed(
        () -> Redelivery.run(storage, clock, subscriber, graph, publisher));
  }

  /** Gives up dead letters while nothing is delivered. */
  public int discard(
      GraphRef graph, String subscriber, Collection<EventPlace> places, String reason) {
    return publishing.undisturbed(
        () -> Redelivery.discard(storage, clock, subscriber, graph, places, reason));
  }

  /** Whether so many streams are parked that the subscriber pauses. */
  public boolean isFull(GraphRef graph, String subscriber) {
    return ParkedStreams.of(storage, subscriber, graph).isFull();
  }

  @Override
  public void close() {
    // It commits what publishers are to see.
    autoLinking.close();
    publishing.close();
    searching.close();
    adjacencies.close();
    cache.ifPresent(CachedAnswers::close);
    storage.close();
  }
}
