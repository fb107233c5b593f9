package dev.knowledgegraph.io;

import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a format read in a thread of its own while what it has read is being written: it fills
 * bundles, the calling thread hands them on. At most {@value #BUNDLES} bundles of {@value #BUNDLE}
 * records wait.
 */
final class ReadAhead implements RecordSink {
  private static final int BUNDLE = 512;
  private static final int BUNDLES = 32;

  /** Reads a source into a sink. */
  @FunctionalInterface
  interface Reading {
    void into(RecordSink sink) throws IOException;
  }

  private record Rejected(Place place, String reason) {}

  private record Unresolved(Place place, String reference) {}

  private record Defined(CategoryId id, CategoryData data, Place place) {}

  private record Categorized(NodeId node, Categorization in, Place place) {}

  private final boolean nodes;
  private final boolean edges;
  private final BlockingQueue<List<Object>> queue = new ArrayBlockingQueue<>(BUNDLES);
  private List<Object> bundle = new ArrayList<>(BUNDLE);
  private volatile boolean abandoned;
  private volatile @Nullable Throwable failure;

  private ReadAhead(RecordSink sink) {
    nodes = sink.wantsNodes();
    edges = sink.wantsEdges();
  }

  /** Reads all of it into {@code sink}, which is called by this thread only. */
  static void run(Reading reading, RecordSink sink) throws IOException {
    var ahead = new ReadAhead(sink);
    Thread.ofPlatform().daemon().name("kg-import-reader").start(() -> ahead.read(reading));
    try {
      for (List<Object> next = ahead.take(); !next.isEmpty(); next = ahead.take()) {
        for (Object item : next) {
          hand(item, sink);
        }
      }
    } finally {
      ahead.abandoned = true;
      ahead.queue.clear();
    }
    switch (ahead.failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void read(Reading reading) {
    try {
      reading.into(this);
    } catch (CancellationException e) {
      return;
    } catch (Throwable e) {
      // The thread that waits for the records throws it.
      failure = e;
    }
    try {
      if (!bundle.isEmpty()) {
        pass();
      }
      // An empty bundle is the end.
      put(bundle);
    } catch (CancellationException e) {
      // Nobody waits for it.
    }
  }

  private static void hand(Object item, RecordSink sink) {
    switch (item) {
      case EdgeRecord edge -> sink.edge(edge);
      case NodeRecord node -> sink.node(node);
      case Place place -> sink.progress(place);
      case Rejected r -> sink.reject(r.place, r.reason);
      case Unresolved u -> sink.unresolved(u.place, u.reference);
      case Defined d -> sink.category(d.id, d.data, d.place);
      case Categorized c -> sink.categorize(c.node, c.in, c.place);
      default -> throw new IllegalStateException("not a record");
    }
  }

  private List<Object> take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the import was interrupted");
    }
  }

  private void add(Object item) {
    bundle.add(item);
    if (bundle.size() == BUNDLE) {
      pass();
    }
  }

  private void pass() {
    put(bundle);
    bundle = new ArrayList<>(BUNDLE);
  }

  private void put(List<Object> full) {
    try {
      while (!queue.offer(full, 50, TimeUnit.MILLISECONDS)) {
        if (abandoned) {
          throw abandoned();
        }
      }
    } catch (InterruptedException e) {
      throw abandoned();
    }
    if (abandoned) {
      throw abandoned();
    }
  }

  private static CancellationException abandoned() {
    return new CancellationException("the import has ended");
  }

  @Override
  public boolean wantsNodes() {
    return nodes;
  }

  @Override
  public boolean wantsEdges() {
    return edges;
  }

  @Override
  public void node(NodeRecord node) {
    add(node);
  }

  @Override
  public void edge(EdgeRecord edge) {
    add(edge);
  }

  @Override
  public void category(CategoryId id, CategoryData data, Place place) {
    add(new Defined(id, data, place));
  }

  @Override
  public void categorize(NodeId node, Categorization categorization, Place place) {
    add(new Categorized(node, categorization, place));
  }

  @Override
  public void reject(Place place, String reason) {
    add(new Rejected(place, reason));
  }

  @Override
  public void unresolved(Place place, String reference) {
    add(new Unresolved(place, reference));
  }

  @Override
  public void progress(Place place) {
    add(place);
  }
}
