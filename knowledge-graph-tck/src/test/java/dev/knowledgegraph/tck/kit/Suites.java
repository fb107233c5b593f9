package dev.knowledgegraph.tck.kit;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.StorageFixture;
import dev.knowledgegraph.tck.storage.AppendContract;
import dev.knowledgegraph.tck.storage.CheckpointContract;
import dev.knowledgegraph.tck.storage.CloseContract;
import dev.knowledgegraph.tck.storage.ConditionContract;
import dev.knowledgegraph.tck.storage.DeadLetterContract;
import dev.knowledgegraph.tck.storage.IdentifierContract;
import dev.knowledgegraph.tck.storage.LimitContract;
import dev.knowledgegraph.tck.storage.ModelContract;
import dev.knowledgegraph.tck.storage.PositionContract;
import dev.knowledgegraph.tck.storage.RaceContract;
import dev.knowledgegraph.tck.storage.ReadContract;
import dev.knowledgegraph.tck.storage.RebuildContract;
import dev.knowledgegraph.tck.storage.ReceiptContract;
import dev.knowledgegraph.tck.storage.ShapeContract;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** All suites, run on a storage that a test of the kit gives. Not a test itself. */
final class Suites {
  // The launcher makes the test objects, so this is the only way to tell them.
  private static Supplier<Storage> underTest = UselessStorage::create;

  private Suites() {}

  /** The tests of a run by name, and whether each went well. */
  record Report(Map<String, Boolean> tests) {
    Set<String> caughtBy() {
      var names = new TreeSet<String>();
      tests.forEach(
          (name, isGood) -> {
            if (!isGood) {
              names.add(name);
            }
          });
      return names;
    }
  }

  /** Runs the suites, or those given, on storages that {@code storages} makes. */
  static synchronized Report run(Supplier<Storage> storages, Class<?>... suites) {
    underTest = storages;
    var chosen = suites.length == 0 ? new Class<?>[] {All.class} : suites;
    var request = LauncherDiscoveryRequestBuilder.request();
    for (Class<?> suite : chosen) {
      request.selectors(DiscoverySelectors.selectClass(suite));
    }
    var report = new Report(new TreeMap<>());
    LauncherFactory.create()
        .execute(
            request
                .filters(TagFilter.excludeTags("soak"))
                .configurationParameter("jqwik.database", "target/jqwik-database")
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionSkipped(TestIdentifier test, String reason) {
                throw new AssertionError("skipped: " + test.getDisplayName());
              }

              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(source -> ((MethodSource) source).getMethodName())
                    .ifPresent(
                        name -> report.tests().put(name, result.getStatus() == Status.SUCCESSFUL));
              }
            });
    return report;
  }

  private static final class Fixture implements StorageFixture {
    @Override
    public Storage create() {
      return underTest.get();
    }

    @Override
    public boolean isDurable() {
      return false;
    }

    @Override
    public Storage reopen(Storage storage) {
      storage.close();
      return underTest.get();
    }

    @Override
    public void close() {}
  }

  /** Every suite. */
  static class All {
    @Nested
    class Append extends AppendContract {
      Append() {
        super(Fixture::new);
      }
    }

    @Nested
    class Condition extends ConditionContract {
      Condition() {
        super(Fixture::new);
      }
    }

    @Nested
    class Race extends RaceContract {
      Race() {
        super(Fixture::new);
      }
    }

    @Nested
    class Position extends PositionContract {
      Position() {
        super(Fixture::new);
      }
    }

    @Nested
    class Identifier extends IdentifierContract {
      Identifier() {
        super(Fixture::new);
      }
    }

    @Nested
    class Limit extends LimitContract {
      Limit() {
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
    class Shape extends ShapeContract {
      Shape() {
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
    class DeadLetter extends DeadLetterContract {
      DeadLetter() {
        super(Fixture::new);
      }
    }

    @Nested
    class Rebuild extends RebuildContract {
      Rebuild() {
        super(Fixture::new);
      }
    }

    @Nested
    class Close extends CloseContract {
      Close() {
        super(Fixture::new);
      }
    }

    @Nested
    class Receipt extends ReceiptContract {
      Receipt() {
        super(Fixture::new);
      }
    }

    @Nested
    class Model extends ModelContract {
      Model() {
        super(Fixture::new);
      }
    }
  }
}
