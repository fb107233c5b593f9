package dev.knowledgegraph.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.spi.Lease;
import dev.knowledgegraph.tck.StorageFixture;
import dev.knowledgegraph.tck.Together;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The laws of {@link dev.knowledgegraph.spi.LeaseStore}. */
public abstract class LeaseContract extends StorageContract {
  private static final int THREADS = 8;
  private static final int TERMS = 10;

  /** A suite for stores of such a fixture. */
  protected LeaseContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void a_lease_is_nobodys_until_somebody_takes_it() {
    assertThat(storage.lease("mail")).isEqualTo(Lease.NONE);
    Lease mine = Lease.NONE.passedTo("me");

    assertThat(storage.replaceLease("mail", Lease.NONE, mine)).isTrue();
    assertThat(storage.lease("mail")).isEqualTo(mine);
    assertThat(storage.lease("Mail")).isEqualTo(Lease.NONE);
  }

  @Test
  void a_lease_is_replaced_only_by_who_knows_how_it_stands() {
    Lease first = Lease.NONE.passedTo("me");
    Lease second = first.passedTo("you");
    storage.replaceLease("mail", Lease.NONE, first);

    assertThat(storage.replaceLease("mail", Lease.NONE, second)).isFalse();
    assertThat(storage.replaceLease("mail", new Lease("you", 1), second)).isFalse();
    assertThat(storage.replaceLease("mail", new Lease("me", 2), second)).isFalse();
    assertThat(storage.lease("mail")).isEqualTo(first);
    assertThat(storage.replaceLease("mail", first, second)).isTrue();
    assertThat(storage.replaceLease("mail", first, first.passedTo("me"))).isFalse();
    assertThat(storage.replaceLease("mail", second, second.passedTo(""))).isTrue();
    assertThat(storage.lease("mail")).isEqualTo(new Lease("", 3)).matches(Lease::isFree);
  }

  @Test
  void of_many_that_take_a_lease_at_once_one_gets_it() {
    Lease there = Lease.NONE;
    for (int term = 0; term < TERMS; term++) {
      Lease expected = there;
      var taken =
          Together.run(
              THREADS,
              i -> () -> storage.replaceLease("mail", expected, expected.passedTo("p" + i)));

      assertThat(taken).containsOnlyOnce(true);
      there = storage.lease("mail");
      assertThat(there).isEqualTo(expected.passedTo("p" + taken.indexOf(true)));
    }
  }
}
