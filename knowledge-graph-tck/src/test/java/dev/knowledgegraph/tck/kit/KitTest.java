package dev.knowledgegraph.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.memory.InMemoryStorage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit finds what it is there to find. */
class KitTest {
  @Test
  void a_storage_that_does_nothing_fails_every_test() {
    var report = Suites.run(UselessStorage::create);

    assertThat(report.tests()).hasSizeGreaterThan(75).doesNotContainValue(true);
  }

  @Test
  void the_reference_implementation_passes_every_test() {
    var suites =
        Stream.of(Suites.All.class.getDeclaredClasses())
            .filter(suite -> !suite.equals(Suites.All.Model.class))
            .toArray(Class<?>[]::new);

    assertThat(Suites.run(InMemoryStorage::new, suites).caughtBy()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_bug_is_caught_by_the_test_that_names_it(PlantedBug bug) {
    var report = Suites.run(() -> bug.in(new InMemoryStorage()), bug.suite());

    assertThat(report.caughtBy()).contains(bug.test());
  }
}
