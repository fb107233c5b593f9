package dev.knowledgegraph.tck.storage;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** What all suites begin with: an empty store, and somebody who writes commits for it. */
public abstract class StorageContract {
  /** The latest state. */
  protected static final long NOW = GraphReader.LATEST;

  /** More commits than any log here has. */
  protected static final int ALL = 10_000;

  /** Gives stores to this test. */
  protected final StorageFixture fixture;

  /** The store under test. */
  protected final Storage storage;

  /** Writes Ada's graph 1, which is not there yet. */
  protected final Scribe scribe = new Scribe("ada", 1);

  /** Ada's graph 1. */
  protected final GraphRef ref = scribe.ref();

  /** A suite for stores of such a fixture. */
  protected StorageContract(Supplier<? extends StorageFixture> fixtures) {
    fixture = fixtures.get();
    storage = fixture.create();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Appends commits in one call. */
  protected final void append(Commit... commits) {
    storage.append(List.of(commits));
  }

  /** Appends commits, each in a call of its own. */
  protected final void appendOneByOne(List<Commit> commits) {
    commits.forEach(this::append);
  }

  /** All that stands in Ada's log. */
  protected final List<Committed> log() {
    return storage.read(ref, 0, ALL);
  }

  /** All that the store says of Ada's graph. */
  protected final Answers answers(long at) {
    return Answers.of(storage, ref, at);
  }

  /** A command bus over a storage, and what belongs to it; not to be closed. */
  protected static KnowledgeGraph engine(Storage storage) {
    return KnowledgeGraph.builder().storage(storage).clock(new ManualClock()).build();
  }
}
