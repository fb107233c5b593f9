package dev.knowledgegraph.tck.kit;

import dev.knowledgegraph.tck.StorageFixture;
import dev.knowledgegraph.tck.storage.AppendContract;
import dev.knowledgegraph.tck.storage.CheckpointContract;
import dev.knowledgegraph.tck.storage.CloseContract;
import dev.knowledgegraph.tck.storage.ConditionContract;
import dev.knowledgegraph.tck.storage.DeadLetterContract;
import dev.knowledgegraph.tck.storage.IdentifierContract;
import dev.knowledgegraph.tck.storage.LeaseContract;
import dev.knowledgegraph.tck.storage.LimitContract;
import dev.knowledgegraph.tck.storage.ModelContract;
import dev.knowledgegraph.tck.storage.PositionContract;
import dev.knowledgegraph.tck.storage.RaceContract;
import dev.knowledgegraph.tck.storage.ReadContract;
import dev.knowledgegraph.tck.storage.RebuildContract;
import dev.knowledgegraph.tck.storage.ReceiptContract;
import dev.knowledgegraph.tck.storage.ShapeContract;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** All suites, run on the storages of a fixture that is given. Not a test itself. */
final class Suites {
  // The launcher makes the test objects, so this is the only way to tell them.
  private static @Nullable Supplier<? extends StorageFixture> underTest;

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

  /** Runs the suites, or those given, on what {@code fixtures} makes. */
  static Report run(Supplier<? extends StorageFixture> fixtures, Class<?>... suites) {
    var chosen = suites.length == 0 ? new Class<?>[] {All.class} : suites;
    return run(fixtures, Stream.of(chosen).map(DiscoverySelectors::selectClass).toList());
  }

  /** Runs the test that must catch a bug. */
  static Report run(Supplier<? extends StorageFixture> fixtures, PlantedBug bug) {
    return run(fixtures, List.of(DiscoverySelectors.selectMethod(bug.suite(), bug.test())));
  }

  private static synchronized Report run(
      Supplier<? extends StorageFixture> fixtures, List<? extends DiscoverySelector> selectors) {
    underTest = fixtures;
    var request = LauncherDiscoveryRequestBuilder.request().selectors(selectors);
    var report = new Report(new TreeMap<>());
    LauncherFactory.create()
        .execute(
            request.filters(TagFilter.excludeTags("soak")).build(),
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

  private static StorageFixture fixture() {
    return Objects.requireNonNull(underTest, "what is under test").get();
  }

  /** Every suite. */
  static class All {
    @Nested
    class Append extends AppendContract {
      Append() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Condition extends ConditionContract {
      Condition() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Race extends RaceContract {
      Race() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Position extends PositionContract {
      Position() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Identifier extends IdentifierContract {
      Identifier() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Limit extends LimitContract {
      Limit() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Read extends ReadContract {
      Read() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Shape extends ShapeContract {
      Shape() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Checkpoint extends CheckpointContract {
      Checkpoint() {
        super(Suites::fixture);
      }
    }

    @Nested
    class DeadLetter extends DeadLetterContract {
      DeadLetter() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Lease extends LeaseContract {
      Lease() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Rebuild extends RebuildContract {
      Rebuild() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Close extends CloseContract {
      Close() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Receipt extends ReceiptContract {
      Receipt() {
        super(Suites::fixture);
      }
    }

    @Nested
    class Model extends ModelContract {
      Model() {
        super(Suites::fixture);
      }
    }
  }
}
