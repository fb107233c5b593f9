package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.SearchIndex.Check;
import dev.knowledgegraph.spi.SearchIndex.Progress;
import dev.knowledgegraph.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes an index anew from the logs, beside the one in use, and looks at it before it is used. */
final class Rebuild {
  private static final int LOGS = 100;
  private static final int COMMIT_AT = 50_000;

  private final Storage storage;
  private final RecentCommits recent;
  private final LuceneSearchConfig config;
  private final Generations generations;
  private final Consumer<Progress> listener;

  Rebuild(
      Storage storage,
      RecentCommits recent,
      LuceneSearchConfig config,
      Generations generations,
      Consumer<Progress> listener) {
    this.storage = storage;
    this.recent = recent;
    this.config = config;
    this.generations = generations;
    this.listener = listener;
  }

  /** Puts what was made in the place of the one in use. */
  @FunctionalInterface
  interface Swap {
    void to(Made made) throws IOException;
  }

  /** A new index that has almost come to the end of the logs. */
  final class Made {
    private final @Nullable String name;
    private final Generation generation;
    private final Projection projection;

    Made(@Nullable String name, Generation generation) {
      this.name = name;
      this.generation = generation;
      this.projection = new Projection(generation, storage, recent, config);
    }

    @Nullable String name() {
      return name;
    }

    Generation generation() {
      return generation;
    }

    Projection projection() {
      return projection;
    }

    /** Takes the rest of the logs, and makes all durable. */
    void finish() throws IOException {
      follow(progress -> {});
      generation.commit();
    }

    /** Takes all that the logs have. */
    private void follow(Consumer<Progress> told) throws IOException {
      long total = 0;
      List<GraphRef> logs = logs(storage, LOGS);
      for (GraphRef graph : logs) {
        total += storage.head(graph).sequence();
      }
      long before = 0;
      for (GraphRef graph : logs) {
        while (projection.step(graph)) {
          generation.commitIfDue(config, COMMIT_AT);
          told.accept(new Progress(before + generation.data().checkpoint(graph).sequence(), total));
        }
        before += generation.data().checkpoint(graph).sequence();
      }
      projection.refresh();
    }

    private void verify() throws IOException {
      Snapshot snapshot = generation.acquire();
      try {
        for (Check check : new Doctor(storage, snapshot).check()) {
          if (!check.ok()) {
            throw new StorageException(
                "INDEX_UNAVAILABLE",
                "the new search index is not what the store holds, so the old one stays: "
                    + check.detail(),
                true,
                null);
          }
        }
      } finally {
        generation.release(snapshot);
      }
    }
  }

  void run(Swap swap) throws IOException {
    String name = generations.create();
    var made = new Made(name, Generation.open(generations.open(name), config));
    boolean done = false;
    try {
      made.follow(listener);
      made.verify();
      swap.to(made);
      done = true;
    } finally {
      if (!done) {
        made.generation.close();
        generations.deleteAllBut(generations.current());
      }
    }
  }

  /** Every graph that has a log. */
  static List<GraphRef> logs(Storage storage, int together) {
    var all = new ArrayList<GraphRef>();
    List<GraphRef> page;
    do {
      page = storage.logs(all.isEmpty() ? null : all.getLast(), together);
      all.addAll(page);
    } while (!page.isEmpty());
    return all;
  }
}
