package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphRef;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherLifetimeManager;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.Version;
import org.jspecify.annotations.Nullable;

/**
 * One index in one directory, with who writes to it, if that is this process, and the states that
 * questions see. Asked from any thread; written to by one at a time, which {@link Projection} sees
 * to.
 */
final class Generation implements AutoCloseable {
  /** How long a state is kept for the next page of a question. */
  private static final int PAGE_SECONDS = 120;

  /** No more of them, as each holds what was merged away since; who pages later asks anew. */
  private static final int MOST_KEPT = 100;

  private final Directory directory;
  private final @Nullable IndexWriter writer;
  private final SearcherManager snapshots;
  private final SearcherLifetimeManager lifetimes = new SearcherLifetimeManager();
  private final VectorCopies copies = new VectorCopies();
  private final AtomicInteger uncommitted = new AtomicInteger();

  /** Documents that were handed over since the last {@link #refresh}. */
  private final AtomicInteger unseen = new AtomicInteger();

  /** What the next state that questions see is a state of. */
  private volatile CommitData data;

  private long committedAt = System.nanoTime();
  private boolean closed;

  private Generation(Directory directory, @Nullable IndexWriter writer, CommitData data)
      throws IOException {
    this.directory = directory;
    this.writer = writer;
    this.data = data;
    var factory =
        new SearcherFactory() {
          @Override
          public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous)
              throws IOException {
            return new Snapshot(reader, dataOf((DirectoryReader) reader));
          }
        };
    this.snapshots =
        writer == null
            ? new SearcherManager(directory, factory)
            : new SearcherManager(writer, factory);
  }

  /** Who writes knows what comes with the documents; others read it from the last commit. */
  private CommitData dataOf(DirectoryReader reader) throws IOException {
    return writer != null ? data : CommitData.parse(reader.getIndexCommit().getUserData());
  }

  /**
   * Opens an index, or makes an empty one; only reads it if another process writes to it.
   *
   * @throws IOException if it is damaged, among other reasons
   */
  static Generation open(Directory directory, LuceneSearchConfig config) throws IOException {
    IndexWriter writer;
    try {
      writer = new IndexWriter(directory, writing(config));
    } catch (LockObtainFailedException e) {
      return new Generation(directory, null, CommitData.start(config));
    }
    boolean done = false;
    try {
      var committed = CommitData.parse(entries(writer));
      var opened =
          new Generation(
              directory,
              writer,
              committed.recipe().isEmpty() ? CommitData.start(config) : committed);
      done = true;
      return opened;
    } finally {
      if (!done) {
        IOUtils.closeWhileHandlingException(writer);
      }
    }
  }

  private static Map<String, String> entries(IndexWriter writer) {
    var entries = new HashMap<String, String>();
    var committed = writer.getLiveCommitData();
    if (committed != null) {
      committed.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    }
    return entries;
  }

  private static IndexWriterConfig writing(LuceneSearchConfig config) {
    return new IndexWriterConfig(new Analysis(config.language()).forDocuments())
        .setRAMBufferSizeMB(config.ramBufferMegabytes())
        .setCommitOnClose(false)
        .setUseCompoundFile(false)
        .setCodec(VectorFormat.codec());
  }

  /** Whether this process writes to it. */
  boolean isWritten() {
    return writer != null;
  }

  /** Whether the Lucene of an earlier major began it: the one of the next will not open it. */
  boolean isOfEarlierLucene() throws IOException {
    return DirectoryReader.indexExists(directory)
        && SegmentInfos.readLatestCommit(directory).getIndexCreatedVersionMajor()
            < Version.LATEST.major;
  }

  IndexWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("another process writes to this index");
    }
    return writer;
  }

  Directory directory() {
    return directory;
  }

  /** What is kept in memory of the vectors. */
  VectorCopies copies() {
    return copies;
  }

  /** How far the documents have come that were handed to the writer. */
  CommitData data() {
    return data;
  }

  /** Says what the documents handed over so far are a state of. */
  void advance(CommitData newData, int documents) {
    data = newData;
    uncommitted.addAndGet(documents);
    unseen.addAndGet(documents);
  }

  /** How many changes of documents questions would not see yet. */
  int unseen() {
    return unseen.get();
  }

  /** The latest state that questions may see; to be released. */
  Snapshot acquire() throws IOException {
    return (Snapshot) snapshots.acquire();
  }

  /** The state that a page was of, or the latest if that is gone; to be released. */
  Snapshot acquire(long token) throws IOException {
    IndexSearcher kept = lifetimes.acquire(token);
    return kept == null ? acquire() : (Snapshot) kept;
  }

  /** Keeps a state for the next page, for a while; its name. */
  long keep(Snapshot snapshot) throws IOException {
    return lifetimes.record(snapshot);
  }

  void release(Snapshot snapshot) {
    try {
      snapshot.getIndexReader().decRef();
    } catch (IOException e) {
      throw Failures.unavailable(e);
    }
  }

  /** Lets questions see all that was handed over, or what another process has committed. */
  void refresh() throws IOException {
    unseen.set(0);
    snapshots.maybeRefreshBlocking();
    if (writer != null) {
      // Commits that change no node change no document: the state is the same, and further on.
      Snapshot latest = acquire();
      latest.come(data);
      release(latest);
    }
    var seen = new AtomicInteger();
    // The youngest come first.
    lifetimes.prune((age, snapshot) -> age > PAGE_SECONDS || seen.incrementAndGet() > MOST_KEPT);
  }

  /** The last commit of a graph that questions see. */
  long position(GraphRef graph) {
    try {
      Snapshot snapshot = acquire();
      try {
        return snapshot.data().checkpoint(graph).sequence();
      } finally {
        release(snapshot);
      }
    } catch (IOException e) {
      throw Failures.unavailable(e);
    }
  }

  /** Makes all durable that was handed over, if it is much or waits for long. */
  void commitIfDue(LuceneSearchConfig config, int most) throws IOException {
    boolean isOld =
        System.nanoTime() - committedAt
            > TimeUnit.MILLISECONDS.toNanos(config.commitEvery().toMillis());
    if (uncommitted.get() > 0 && (isOld || uncommitted.get() >= most)) {
      commit();
    }
  }

  /** Whether something waits to be made durable. */
  boolean hasUncommitted() {
    return uncommitted.get() > 0;
  }

  /** Makes all durable that was handed over: documents and how far they have come, in one step. */
  void commit() throws IOException {
    IndexWriter open = writer();
    uncommitted.set(0);
    open.setLiveCommitData(data.entries().entrySet());
    open.commit();
    committedAt = System.nanoTime();
  }

  /** Closes it without making anything durable. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      IOUtils.close(lifetimes, snapshots);
      if (writer != null) {
        writer.rollback();
      }
      directory.close();
    }
  }
}
