package dev.knowledgegraph.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.functions.ConnectionStore.Claim;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.tck.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryConnectionStoreTest {
  @Nested
  class As_a_connection_store extends ConnectionStoreContract {
    As_a_connection_store() {
      super(InMemoryConnectionStore::create);
    }
  }

  @Test
  void what_a_connection_had_is_bounded() {
    var clock = new ManualClock();
    Instant end = clock.instant().plus(Duration.ofHours(2));
    var connection = new Connection(UserId.of("ada"), "c1", clock.instant(), end);
    try (var store = InMemoryConnectionStore.create(clock)) {
      store.put(connection);
      for (int i = 0; i <= ConnectionStore.REMEMBERED; i++) {
        store.claim(connection, "event/" + i, end);
        store.sent(connection, "event/" + i);
      }

      assertThat(store.claim(connection, "event/0", end)).isEqualTo(Claim.GOT);
    }
  }
}
