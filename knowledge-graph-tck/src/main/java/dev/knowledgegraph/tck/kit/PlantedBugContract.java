package dev.knowledgegraph.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * That the suites look at all: mistakes that storages are known to make, planted around a sound
 * storage, are caught on it. Which tests a sound one passes is for the suites themselves.
 */
public abstract class PlantedBugContract {
  private final Supplier<? extends StorageFixture> fixtures;

  /** A suite for the storages of such fixtures. */
  protected PlantedBugContract(Supplier<? extends StorageFixture> fixtures) {
    this.fixtures = fixtures;
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_bug_is_caught_by_the_test_that_names_it(PlantedBug bug) {
    var report = Suites.run(() -> new Planted(fixtures.get(), bug), bug);

    assertThat(report.tests()).containsOnlyKeys(bug.test());
    assertThat(report.caughtBy()).containsExactly(bug.test());
  }

  /** Storages with a bug. What is opened again is a new one. */
  private record Planted(StorageFixture sound, PlantedBug bug) implements StorageFixture {
    @Override
    public Storage create() {
      return bug.in(sound.create());
    }

    @Override
    public boolean isDurable() {
      return false;
    }

    @Override
    public Storage reopen(Storage storage) {
      storage.close();
      return create();
    }

    @Override
    public void close() {
      sound.close();
    }
  }
}
