package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import dev.knowledgegraph.search.SearchCursor;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.search.Spread;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of a store. Whoever asks takes what is missing from the log into the index first, one
 * at a time; a thread of its own does the same when nobody asks, and makes durable what waits. An
 * index that does not fit the log, or is damaged, is left for a new one. One that an earlier major
 * version of Lucene wrote answers until a new one is made beside it.
 */
final class LuceneIndex implements SearchIndex {
  /** Linking may take so many times as long for a question as somebody who searches. */
  private static final int PATIENCE = 15;

  private static final Logger LOG = LoggerFactory.getLogger(LuceneIndex.class);
  private static final int COMMIT_AT = 50_000;
  private static final int TRIES = 3;
  private static final int MOST_UNSEEN = 20_000;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int LOGS = 100;
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Generations generations;
  private final Storage storage;
  private final LuceneSearchConfig config;
  private final Analysis analysis;
  private final RecentCommits recent = new RecentCommits();

  /** Held by who changes the index, and who replaces it; in turn. */
  private final ReentrantLock writing = new ReentrantLock(true);

  /** Held by who makes an index anew beside the one in use. */
  private final ReentrantLock rebuilding = new ReentrantLock();

  private final News news = new News();
  private final @Nullable Thread follower;

  /** The logs that were seen to be those the index was made from. */
  private final Set<GraphRef> verified = new HashSet<>();

  private volatile Live live;
  private volatile boolean closed;

  /** The generation in use, and who takes logs into it. */
  private record Live(@Nullable String name, Generation generation, Projection projection) {}

  private LuceneIndex(Generations generations, Storage storage, LuceneSearchConfig config)
      throws IOException {
    this.generations = generations;
    this.storage = storage;
    this.config = config;
    this.analysis = new Analysis(config.language());
    this.live = openOrRenew();
    this.follower =
        live.generation.isWritten()
            ? Thread.ofPlatform().daemon().name("kg-search-index").start(this::followLogs)
            : null;
  }

  /** Opens the index in a folder; null for one in memory. */
  static LuceneIndex open(@Nullable Path folder, Storage storage, LuceneSearchConfig config) {
    try {
      return new LuceneIndex(new Generations(folder), storage, config);
    } catch (IOException e) {
      throw Failures.unavailable(e);
    }
  }

  /** Whether this process writes the index; else another one does. */
  boolean isWritten() {
    return live.generation.isWritten();
  }

  private Live openOrRenew() throws IOException {
    String name = generations.current();
    if (name != null) {
      try {
        Generation opened = Generation.open(generations.open(name), config);
        boolean fits =
            !opened.isWritten() || opened.data().recipe().equals(CommitData.recipe(config));
        if (fits) {
          if (opened.isWritten()) {
            generations.deleteAllBut(name);
          }
          return live(name, opened);
        }
        LOG.info("the search index was made with other settings; it is made anew");
        opened.close();
      } catch (IOException | IllegalArgumentException e) {
        if (e instanceof IOException io && !Failures.isDamage(io)) {
          throw io;
        }
        LOG.warn("the search index is damaged; it is made anew: {}", e.toString());
      }
    }
    return createNew();
  }

  private Live createNew() throws IOException {
    String name = generations.create();
    Generation made = Generation.open(generations.open(name), config);
    made.commit();
    generations.use(name);
    generations.deleteAllBut(name);
    return live(name, made);
  }

  private Live live(@Nullable String name, Generation generation) {
    return new Live(name, generation, new Projection(generation, storage, recent, config));
  }

  @Override
  public long position(GraphRef graph) {
    checkOpen();
    return retrying(() -> live.generation.position(graph));
  }

  @Override
  public void follow(GraphRef graph) {
    checkOpen();
    news.tell(graph);
  }

  @Override
  public void follow(GraphRef graph, Committed commit) {
    if (isWritten()) {
      recent.add(graph, commit);
    }
    follow(graph);
  }

  @Override
  public boolean awaitPosition(GraphRef graph, long sequence, Duration timeout) {
    checkOpen();
    long end = System.nanoTime() + Math.min(timeout.toNanos(), Long.MAX_VALUE / 4);
    while (position(graph) < sequence || !isVerified(graph)) {
      long left = end - System.nanoTime();
      boolean hasCome = retrying(() -> catchUp(graph, sequence, Math.max(0, left)));
      if (!hasCome) {
        if (end - System.nanoTime() <= 0) {
          return position(graph) >= sequence && isVerified(graph);
        }
        LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        checkOpen();
      }
    }
    return true;
  }

  private boolean isVerified(GraphRef graph) {
    synchronized (verified) {
      return !live.generation.isWritten() || verified.contains(graph);
    }
  }

  /**
   * Takes commits of a graph until questions see this one.
   *
   * @return whether they do; false if the log has not come there, or the time is over
   */
  private boolean catchUp(GraphRef graph, long sequence, long nanos) throws IOException {
    long end = System.nanoTime() + nanos;
    try {
      if (!writing.tryLock(nanos, TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      checkOpen();
      Live now = live;
      if (!now.generation.isWritten()) {
        return reopen(graph, sequence);
      }
      verify(graph);
      now = live;
      if (now.generation.position(graph) >= sequence) {
        return true;
      }
      boolean hasMore = true;
      while (hasMore && now.generation.data().checkpoint(graph).sequence() < sequence) {
        hasMore = now.projection.step(graph);
        if (System.nanoTime() - end > 0) {
          break;
        }
      }
      now.projection.refresh();
      now.generation.commitIfDue(config, COMMIT_AT);
      return now.generation.position(graph) >= sequence;
    } finally {
      writing.unlock();
    }
  }

  /** Another process writes the index: sees what it has committed, or made anew. */
  private boolean reopen(GraphRef graph, long sequence) throws IOException {
    String name = generations.current();
    if (name != null && !name.equals(live.name)) {
      Live old = live;
      live = live(name, Generation.open(generations.open(name), config));
      old.generation.close();
    } else {
      live.generation.refresh();
    }
    return live.generation.position(graph) >= sequence;
  }

  /** Looks, once for each graph, whether the log is the one that the index was made from. */
  private void verify(GraphRef graph) throws IOException {
    synchronized (verified) {
      if (verified.contains(graph)) {
        return;
      }
    }
    if (!live.generation.data().checkpoint(graph).fits(storage)) {
      LOG.warn("the search index is not of this log, or ahead of it; it is made anew");
      renew();
    }
    synchronized (verified) {
      verified.add(graph);
    }
  }

  /** Leaves the index for an empty one, which is filled by who asks. */
  private void renew() throws IOException {
    Live old = live;
    synchronized (verified) {
      verified.clear();
    }
    live = createNew();
    old.generation.close();
    generations.deleteAllBut(live.name);
  }

  @Override
  public SearchResult search(SearchQuestion question) {
    checkOpen();
    String after = question.page().after();
    var cursor = after == null ? null : SearchCursor.parse(after);
    return retrying(
        () -> {
          Generation generation = live.generation;
          Snapshot snapshot =
              cursor == null ? generation.acquire() : generation.acquire(cursor.snapshot());
          try {
            return new Answering(generation, snapshot, storage, config).search(question, cursor);
          } finally {
            generation.release(snapshot);
          }
        });
  }

  @Override
  public List<TitleSuggestion> suggest(GraphRef graph, String text, int limit) {
    checkOpen();
    return answering(config, answering -> answering.suggest(graph, text, limit));
  }

  @Override
  public Map<String, Integer> terms(String text) {
    checkOpen();
    return analysis.terms(text);
  }

  @Override
  public Spread spread(GraphRef graph, Collection<String> terms, Collection<String> tags) {
    checkOpen();
    return answering(config.patient(PATIENCE), answering -> answering.spread(graph, terms, tags));
  }

  @Override
  public List<Alike> alike(GraphRef graph, Node node, int limit) {
    checkOpen();
    return answering(config.patient(PATIENCE), answering -> answering.alike(graph, node, limit));
  }

  @FunctionalInterface
  private interface Question<R> {
    R ask(Answering answering) throws IOException;
  }

  /** Asks the latest state. */
  private <R> R answering(LuceneSearchConfig limits, Question<R> question) {
    return retrying(
        () -> {
          Generation generation = live.generation;
          Snapshot snapshot = generation.acquire();
          try {
            return question.ask(new Answering(generation, snapshot, storage, limits));
          } finally {
            generation.release(snapshot);
          }
        });
  }

  @FunctionalInterface
  private interface Work<R> {
    R run() throws IOException;
  }

  /** Tries again when the index was replaced meanwhile, or replaces it when it is damaged. */
  private <R> R retrying(Work<R> work) {
    for (int tries = 1; ; tries++) {
      Live used = live;
      try {
        return work.run();
      } catch (AlreadyClosedException e) {
        checkOpen();
        if (tries == TRIES) {
          throw e;
        }
        repair(used, false);
      } catch (IOException e) {
        if (tries == TRIES || !Failures.isDamage(e)) {
          throw Failures.unavailable(e);
        }
        LOG.warn("the search index is damaged; it is made anew: {}", e.toString());
        repair(used, true);
      }
    }
  }

  /**
   * Makes the index anew, or opens it again where it was last durable if it was closed by a
   * failure, unless somebody else has done so.
   */
  private void repair(Live used, boolean isDamaged) {
    writing.lock();
    try {
      checkOpen();
      if (live.generation.equals(used.generation) && used.generation.isWritten()) {
        if (isDamaged) {
          renew();
        } else {
          used.generation.close();
          live = openOrRenew();
        }
      }
    } catch (IOException e) {
      throw Failures.unavailable(e);
    } finally {
      writing.unlock();
    }
  }

  private void followLogs() {
    renewIfOfEarlierLucene();
    while (!closed) {
      Set<GraphRef> withNews = awaitNews();
      try {
        retrying(() -> takeNews(withNews));
      } catch (KnowledgeGraphException | IllegalStateException e) {
        if (!closed) {
          LOG.warn("the search index did not follow; it does with the next question", e);
        }
      }
      commitWhatWaits();
    }
  }

  /**
   * Takes what logs have more. Questions see it when they ask; when there is a pause, or it has
   * become much, it is made ready for them: each time costs, and an import brings news all the
   * time.
   *
   * @return whether there was any
   */
  private boolean takeNews(Set<GraphRef> graphs) throws IOException {
    for (GraphRef graph : graphs) {
      while (!closed && step(graph)) {
        commitWhatWaits();
      }
    }
    if (graphs.isEmpty() || live.generation.unseen() > MOST_UNSEEN) {
      writing.lock();
      try {
        checkOpen();
        live.projection.refresh();
      } finally {
        writing.unlock();
      }
    }
    return !graphs.isEmpty();
  }

  /** Takes a few commits of a graph, if it has more; who asks comes in between. */
  private boolean step(GraphRef graph) throws IOException {
    writing.lock();
    try {
      checkOpen();
      verify(graph);
      return live.generation.isWritten() && live.projection.step(graph);
    } finally {
      writing.unlock();
    }
  }

  private void renewIfOfEarlierLucene() {
    try {
      if (live.generation.isOfEarlierLucene()) {
        LOG.info(
            "an earlier version of Lucene wrote the search index; a new one is made beside it");
        rebuild(progress -> {});
      }
    } catch (IOException | KnowledgeGraphException | IllegalStateException e) {
      if (!closed) {
        LOG.warn("the search index was not made anew; it is tried when it is opened again", e);
      }
    }
  }

  /** Waits for news, or until something has waited long enough to be shown or made durable. */
  private Set<GraphRef> awaitNews() {
    Generation now = live.generation;
    return news.await(
        now.unseen() > 0 ? PAUSE : now.hasUncommitted() ? config.commitEvery() : null);
  }

  private void commitWhatWaits() {
    writing.lock();
    try {
      if (!closed && live.generation.isWritten()) {
        live.generation.commitIfDue(config, COMMIT_AT);
      }
    } catch (IOException | AlreadyClosedException e) {
      LOG.warn("the search index could not be made durable; it is tried again", e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void rebuild(Consumer<Progress> listener) {
    checkOpen();
    if (!live.generation.isWritten()) {
      throw new StorageException(
          "INDEX_LOCKED",
          "the search index is being written by another process; make it anew there",
          true,
          null);
    }
    rebuilding.lock();
    try {
      new Rebuild(storage, recent, config, generations, progress -> tell(listener, progress))
          .run(this::swap);
    } catch (IOException e) {
      throw Failures.unavailable(e);
    } finally {
      rebuilding.unlock();
    }
  }

  /** Ends a rebuild when the index is closed. */
  private void tell(Consumer<Progress> listener, Progress progress) {
    checkOpen();
    listener.accept(progress);
  }

  /** Lets the new index take what came meanwhile, then puts it in the place of the old one. */
  private void swap(Rebuild.Made made) throws IOException {
    writing.lock();
    try {
      checkOpen();
      made.finish();
      generations.use(made.name());
      Live old = live;
      live = new Live(made.name(), made.generation(), made.projection());
      synchronized (verified) {
        verified.clear();
      }
      old.generation.close();
      generations.deleteAllBut(made.name());
    } finally {
      writing.unlock();
    }
  }

  @Override
  public List<Check> check() {
    checkOpen();
    for (GraphRef graph : Rebuild.logs(storage, LOGS)) {
      // What another process has not written yet is compared another time.
      awaitPosition(graph, storage.head(graph).sequence(), Duration.ofSeconds(10));
    }
    return retrying(
        () -> {
          Snapshot snapshot = live.generation.acquire();
          try {
            return new Doctor(storage, snapshot).check();
          } finally {
            live.generation.release(snapshot);
          }
        });
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the search index is closed");
    }
  }

  @Override
  public void close() {
    synchronized (news) {
      if (closed) {
        return;
      }
      closed = true;
    }
    news.end();
    writing.lock();
    try {
      if (live.generation.hasUncommitted()) {
        live.generation.commit();
      }
      live.generation.close();
    } catch (IOException e) {
      throw Failures.unavailable(e);
    } finally {
      writing.unlock();
      joinFollower();
      config.embedder().close();
    }
  }

  private void joinFollower() {
    try {
      if (follower != null) {
        follower.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
