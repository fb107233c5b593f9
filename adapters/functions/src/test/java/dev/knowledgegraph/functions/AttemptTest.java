package dev.knowledgegraph.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.spi.Delivery;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private static final EventFunction<String> ECHO = event -> Optional.of(event.id());

  private static Optional<CloudEvent> event() {
    try (var store = new Store()) {
      return Optional.of(store.last());
    }
  }

  private static Attempt<String> thrown(RuntimeException e) {
    return Attempt.of(
        event -> {
          throw e;
        },
        AttemptTest::event);
  }

  @Test
  void what_was_handled_need_not_come_again() {
    Attempt<String> done = Attempt.of(ECHO, AttemptTest::event);

    assertThat(done).isInstanceOf(Attempt.Done.class);
    assertThat(done.delivery()).isEqualTo(new Delivery.Delivered());
  }

  @Test
  void what_nobody_is_there_for_need_not_come_again() {
    assertThat(Attempt.of(ECHO, Optional::empty)).isEqualTo(new Attempt.Ignored<>());
    assertThat(Attempt.of(event -> Optional.<String>empty(), AttemptTest::event).delivery())
        .isEqualTo(new Delivery.Delivered());
  }

  @Test
  void what_no_other_try_would_change_is_refused() {
    Attempt<String> malformed = Attempt.of(ECHO, () -> CloudEvent.parse("{}", "detail"));
    assertThat(malformed)
        .isEqualTo(
            new Attempt.Refused<>(
                CloudEvent.MALFORMED, "detail: type: expected a value, found none"));
    assertThat(malformed.delivery()).isEqualTo(new Delivery.Refused(CloudEvent.MALFORMED));
    assertThat(thrown(new IntegrityException("EVENT_UNKNOWN", "newer", null)).delivery())
        .isEqualTo(new Delivery.Refused("EVENT_UNKNOWN"));
    assertThat(thrown(new UndeliverableException("NEVER", "no", null)).delivery())
        .isEqualTo(new Delivery.Refused("NEVER"));
  }

  @Test
  void all_else_is_to_come_again() {
    var locked = new StorageException("STORE_LOCKED", "locked", true, null);

    assertThat(thrown(locked).delivery()).isEqualTo(new Delivery.Failed("STORE_LOCKED", locked));
    assertThat(thrown(new ArithmeticException())).isInstanceOf(Attempt.Failed.class);
  }
}
