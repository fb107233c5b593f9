package dev.knowledgegraph.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.InMemoryFixture;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The kit finds what it is there to find. */
class KitTest {
  @Test
  void a_storage_that_does_nothing_fails_every_test() {
    var report = Suites.run(Useless::new);

    assertThat(report.tests()).hasSizeGreaterThan(75).doesNotContainValue(true);
  }

  @Test
  void the_reference_implementation_passes_every_test() {
    var suites =
        Stream.of(Suites.All.class.getDeclaredClasses())
            .filter(suite -> !suite.equals(Suites.All.Model.class))
            .toArray(Class<?>[]::new);

    assertThat(Suites.run(InMemoryFixture::new, suites).caughtBy()).isEmpty();
  }

  @Nested
  class A_bug_in_memory extends PlantedBugContract {
    A_bug_in_memory() {
      super(InMemoryFixture::new);
    }
  }

  private static final class Useless implements StorageFixture {
    @Override
    public Storage create() {
      return UselessStorage.create();
    }

    @Override
    public boolean isDurable() {
      return false;
    }

    @Override
    public Storage reopen(Storage storage) {
      return UselessStorage.create();
    }

    @Override
    public void close() {}
  }
}
