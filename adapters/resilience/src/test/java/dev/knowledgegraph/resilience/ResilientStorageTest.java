package dev.knowledgegraph.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import dev.knowledgegraph.tck.InMemoryFixture;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.StorageFixture;
import dev.knowledgegraph.tck.fault.CountingStorage;
import dev.knowledgegraph.tck.fault.FailingStorage;
import dev.knowledgegraph.tck.storage.AppendContract;
import dev.knowledgegraph.tck.storage.CheckpointContract;
import dev.knowledgegraph.tck.storage.CloseContract;
import dev.knowledgegraph.tck.storage.DeadLetterContract;
import dev.knowledgegraph.tck.storage.LeaseContract;
import dev.knowledgegraph.tck.storage.ReadContract;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResilientStorageTest {
  private static final Set<String> READS =
      Set.of(
          "read",
          "logs",
          "findReceipt",
          "sequenceAt",
          "checkpoint",
          "parked",
          "parkedFor",
          "findGraph",
          "graphs",
          "head",
          "graphAt",
          "nodes",
          "nodesByKey",
          "nodesByTitle",
          "edges",
          "edgesOf",
          "edgesFrom",
          "edgesOfShape",
          "degree",
          "usedNodeIds",
          "usedEdgeIds",
          "listNodes",
          "listEdges",
          "categories",
          "counts",
          "nodeHistory",
          "edgeHistory",
          "lease");
  private static final Set<String> LOCAL =
      Set.of("isReadOnly", "isShared", "directory", "undisturbed", "close");

  private final FakeTime time = new FakeTime();
  private final Resilience reads = resilience("reads");
  private final Resilience writes = resilience("writes");
  private final Scribe scribe = new Scribe("ada", 1);

  private Resilience resilience(String name) {
    return Resilience.builder(name)
        .settings(ResilienceSettings.defaults().withBreaker(50, 10, Duration.ofSeconds(10), 1))
        .time(time)
        .build();
  }

  private Storage around(Storage storage) {
    return ResilientStorage.of(storage, reads, writes);
  }

  @Test
  void every_call_is_a_read_a_write_or_a_stream() {
    var known = new TreeSet<>(READS);
    known.addAll(ResilientStorage.WRITES);
    known.addAll(ResilientStorage.STREAMS);
    known.addAll(LOCAL);

    assertThat(
            Arrays.stream(Storage.class.getMethods())
                .map(Method::getName)
                .collect(Collectors.toSet()))
        .isEqualTo(known);
  }

  @Test
  void a_read_that_fails_is_tried_again() {
    var counting = new CountingStorage(new InMemoryStorage());
    var storage = around(FailingStorage.atCall(counting, 1));

    assertThat(storage.head(scribe.ref()).sequence()).isZero();
    assertThat(time.sleeps).hasSize(1);
  }

  @Test
  void an_append_whose_answer_was_lost_is_not_sent_again() {
    var counting = new CountingStorage(new InMemoryStorage());
    var storage = around(FailingStorage.afterAppend(counting, 1));

    assertThatThrownBy(() -> storage.append(List.of(scribe.create("notes"))))
        .hasMessageContaining("failed by the test");
    assertThat(counting.calls("append")).isEqualTo(1);
    assertThat(storage.head(scribe.ref()).sequence()).isEqualTo(1);
  }

  @Test
  void an_append_that_got_no_connection_is_sent_again() {
    var refusals = new AtomicInteger(3);
    var storage =
        around(
            new StorageDecorator(new InMemoryStorage()) {
              @Override
              public void append(List<Commit> commits) {
                if (refusals.getAndDecrement() > 0) {
                  throw Errors.notReached();
                }
                super.append(commits);
              }
            });

    storage.append(List.of(scribe.create("notes")));

    assertThat(storage.head(scribe.ref()).sequence()).isEqualTo(1);
    assertThat(time.sleeps).hasSize(3);
  }

  @Test
  void elements_are_not_shown_twice() {
    var shown = new AtomicInteger();
    var inside = new InMemoryStorage();
    inside.append(List.of(scribe.create("notes"), scribe.node(1, "Ada")));
    var storage =
        around(
            new StorageDecorator(inside) {
              @Override
              protected <R> R call(String method, Supplier<R> work) {
                R result = super.call(method, work);
                if (method.equals("forEachNode")) {
                  throw Errors.now();
                }
                return result;
              }
            });

    assertThatThrownBy(
            () ->
                storage.forEachNode(scribe.ref(), Storage.LATEST, node -> shown.incrementAndGet()))
        .hasMessage("not now");
    assertThat(shown).hasValue(1);
  }

  @Test
  void writes_that_fail_do_not_stop_reads() {
    var storage =
        around(
            new StorageDecorator(new InMemoryStorage()) {
              @Override
              public void append(List<Commit> commits) {
                throw Errors.now();
              }
            });
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> storage.append(List.of())).hasMessage("not now");
    }

    assertThat(writes.health().state()).isEqualTo(BreakerState.OPEN);
    assertThatThrownBy(() -> storage.append(List.of()))
        .isInstanceOfSatisfying(
            UnavailableException.class, e -> assertThat(e.code()).isEqualTo("CIRCUIT_OPEN"));
    assertThatCode(() -> storage.head(scribe.ref())).doesNotThrowAnyException();
  }

  @Test
  void a_storage_in_a_directory_is_refused() {
    var embedded =
        new StorageDecorator(new InMemoryStorage()) {
          @Override
          public Optional<Path> directory() {
            return Optional.of(Path.of("store"));
          }
        };

    assertThatIllegalArgumentException()
        .isThrownBy(() -> around(embedded))
        .withMessageContaining("found one in a directory");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResilientStorage.of(new InMemoryStorage(), reads, reads));
  }

  /** A resilient storage is a storage. */
  private static final class Fixture implements StorageFixture {
    private final InMemoryFixture inside = new InMemoryFixture();

    @Override
    public Storage create() {
      return wrapped(inside.create());
    }

    private static Storage wrapped(Storage storage) {
      return ResilientStorage.of(
          storage,
          Resilience.of("reads", ResilienceSettings.defaults()),
          Resilience.of("writes", ResilienceSettings.defaults()));
    }

    @Override
    public boolean isDurable() {
      return inside.isDurable();
    }

    @Override
    public Storage reopen(Storage storage) {
      storage.close();
      return create();
    }

    @Override
    public void close() {
      inside.close();
    }
  }

  @Nested
  class Append extends AppendContract {
    Append() {
      super(Fixture::new);
    }
  }

  @Nested
  class Read extends ReadContract {
    Read() {
      super(Fixture::new);
    }
  }

  @Nested
  class Checkpoint extends CheckpointContract {
    Checkpoint() {
      super(Fixture::new);
    }
  }

  @Nested
  class DeadLetters extends DeadLetterContract {
    DeadLetters() {
      super(Fixture::new);
    }
  }

  @Nested
  class Lease extends LeaseContract {
    Lease() {
      super(Fixture::new);
    }
  }

  @Nested
  class Close extends CloseContract {
    Close() {
      super(Fixture::new);
    }
  }
}
