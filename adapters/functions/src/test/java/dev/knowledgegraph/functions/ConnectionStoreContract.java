package dev.knowledgegraph.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knowledgegraph.functions.ConnectionStore.Claim;
import dev.knowledgegraph.functions.ConnectionStore.Put;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.Together;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The laws of {@link ConnectionStore}, law by law. */
public abstract class ConnectionStoreContract {
  private static final UserId ADA = UserId.of("ada");
  private static final UserId BOB = UserId.of("bob");
  private static final String EVENT = "00000000-0000-0009-0000-000000000009/17/2";
  private static final Duration LIFE = Duration.ofHours(2);

  /** Names that a careless key would mix up. */
  private static final List<String> LOOKALIKES =
      List.of(
          "ada",
          "Ada",
          "ada ",
          "ada#1",
          "ada/1",
          "ada%2F1",
          "a",
          "ad",
          "adaa",
          "ad\u00e1",
          "ada\u0301",
          "\ud83d\ude00",
          "*",
          "ada|",
          "connection#c1");

  /** By which the store goes. */
  protected final ManualClock clock = new ManualClock();

  private final ConnectionStore store;

  /** A suite for stores that are made with a clock, each empty. */
  protected ConnectionStoreContract(Function<Clock, ConnectionStore> stores) {
    store = stores.apply(clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Connection connection(UserId owner, String id) {
    Instant now = clock.instant();
    return new Connection(owner, id, now, now.plus(LIFE));
  }

  private Instant later(Duration duration) {
    return clock.instant().plus(duration);
  }

  private List<Connection> all(UserId owner, int limit) {
    var found = new ArrayList<Connection>();
    String after = null;
    while (true) {
      List<Connection> page = page(owner, after, limit);
      if (page.isEmpty()) {
        return found;
      }
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      found.addAll(page);
      after = page.getLast().id();
    }
  }

  private List<Connection> page(UserId owner, @Nullable String after, int limit) {
    return store.of(owner, after, limit);
  }

  // Law 1

  @Test
  void a_connection_that_was_put_is_there_whole() {
    var connection = connection(ADA, "L0SM9cOFvHcCIhw=");

    assertThat(store.put(connection)).isEqualTo(Put.STORED);

    assertThat(store.of(ADA, null, 10)).containsExactly(connection);
    assertThat(store.count(ADA)).isEqualTo(1);
  }

  @Test
  void putting_a_connection_again_changes_nothing() {
    var connection = connection(ADA, "c1");
    store.put(connection);
    clock.advance(Duration.ofMinutes(5));

    assertThat(store.put(connection(ADA, "c1"))).isEqualTo(Put.STORED);

    assertThat(all(ADA, 10)).containsExactly(connection);
  }

  @Test
  void a_connection_is_there_until_it_expires() {
    store.put(connection(ADA, "c1"));
    clock.advance(LIFE.minusSeconds(1));
    assertThat(store.count(ADA)).isEqualTo(1);

    clock.advance(Duration.ofSeconds(1));

    assertThat(store.of(ADA, null, 10)).isEmpty();
    assertThat(store.count(ADA)).isZero();
  }

  @Test
  void what_has_expired_when_it_comes_is_not_there() {
    var connection = connection(ADA, "c1");
    clock.advance(LIFE);

    store.put(connection);

    assertThat(store.count(ADA)).isZero();
  }

  // Law 2

  @Test
  void a_connection_that_ended_is_gone_and_says_whose_it_was() {
    store.put(connection(ADA, "c1"));
    store.put(connection(ADA, "c2"));

    assertThat(store.end("c1", later(LIFE))).contains(ADA);

    assertThat(store.of(ADA, null, 10)).extracting(Connection::id).containsExactly("c2");
    assertThat(store.end("c1", later(LIFE))).as("again").contains(ADA);
    assertThat(store.count(ADA)).isEqualTo(1);
  }

  @Test
  void an_end_before_the_beginning_wins() {
    assertThat(store.end("c1", later(LIFE))).isEmpty();

    assertThat(store.put(connection(ADA, "c1"))).isEqualTo(Put.ENDED);
    assertThat(store.count(ADA)).isZero();
  }

  @Test
  void a_beginning_that_comes_again_after_the_end_stores_nothing() {
    var connection = connection(ADA, "c1");
    store.put(connection);
    store.end("c1", later(LIFE));

    assertThat(store.put(connection)).isEqualTo(Put.ENDED);
    assertThat(store.count(ADA)).isZero();
  }

  @Test
  void an_end_is_forgotten_after_its_time() {
    store.end("c1", later(Duration.ofMinutes(10)));
    clock.advance(Duration.ofMinutes(10));

    assertThat(store.put(connection(ADA, "c1"))).isEqualTo(Put.STORED);
    assertThat(store.count(ADA)).isEqualTo(1);
  }

  @Test
  void of_a_beginning_and_an_end_at_the_same_time_the_end_wins() {
    for (int round = 0; round < 20; round++) {
      String id = "race-" + round;
      Together.run(
          2, i -> () -> i == 0 ? store.put(connection(ADA, id)) : store.end(id, later(LIFE)));

      assertThat(store.put(connection(ADA, id))).isEqualTo(Put.ENDED);
    }
    assertThat(store.count(ADA)).isZero();
  }

  // Law 3

  @Test
  void nobody_takes_a_connection_of_somebody_else() {
    store.put(connection(ADA, "c1"));

    assertThat(store.put(connection(BOB, "c1"))).isEqualTo(Put.TAKEN);
    assertThat(store.count(BOB)).isZero();
    assertThat(store.count(ADA)).isEqualTo(1);

    clock.advance(LIFE);
    assertThat(store.put(connection(BOB, "c1"))).isEqualTo(Put.STORED);
    assertThat(store.count(ADA)).isZero();
    assertThat(store.count(BOB)).isEqualTo(1);
  }

  @Test
  void of_two_owners_who_put_the_same_at_the_same_time_one_has_it() {
    for (int round = 0; round < 20; round++) {
      String id = "race-" + round;
      var puts = Together.run(2, i -> () -> store.put(connection(i == 0 ? ADA : BOB, id)));

      assertThat(puts).containsExactlyInAnyOrder(Put.STORED, Put.TAKEN);
    }
    assertThat(store.count(ADA) + store.count(BOB)).isEqualTo(20);
  }

  // Law 4

  @Test
  void owners_whose_names_look_alike_have_their_own() {
    for (int i = 0; i < LOOKALIKES.size(); i++) {
      store.put(connection(UserId.of(LOOKALIKES.get(i)), "c" + i));
    }

    for (int i = 0; i < LOOKALIKES.size(); i++) {
      UserId owner = UserId.of(LOOKALIKES.get(i));
      assertThat(store.of(owner, null, 100)).extracting(Connection::id).containsExactly("c" + i);
      assertThat(store.count(owner)).isEqualTo(1);
    }
    assertThat(store.of(UserId.of("nobody"), null, 100)).isEmpty();
  }

  @Test
  void what_a_connection_had_is_that_of_its_owner_alone() {
    var mine = connection(ADA, "c1");
    store.put(mine);
    assertThat(store.claim(mine, EVENT, later(LIFE))).isEqualTo(Claim.GOT);
    store.sent(mine, EVENT);
    var forged = connection(BOB, "c1");

    store.sent(forged, "other");
    store.giveBack(forged, EVENT, later(LIFE));

    assertThat(store.claim(mine, EVENT, later(LIFE))).isEqualTo(Claim.HAD);
    assertThat(store.claim(mine, "other", later(LIFE))).isEqualTo(Claim.GOT);
  }

  // Laws 5 and 6

  @Test
  void pages_hold_every_connection_once_and_in_order() {
    var ids = new TreeSet<String>();
    for (int i = 0; i < 57; i++) {
      String id = (i % 2 == 0 ? "C" : "c") + i + "=";
      ids.add(id);
      store.put(connection(ADA, id));
      store.put(connection(BOB, "b" + i));
    }
    store.end("C0=", later(LIFE));
    ids.remove("C0=");

    for (int limit : List.of(1, 7, 56, 1_000)) {
      assertThat(all(ADA, limit)).extracting(Connection::id).containsExactlyElementsOf(ids);
    }
    assertThat(store.count(ADA)).isEqualTo(56);
  }

  @Test
  void what_has_expired_leaves_no_hole_in_pages() {
    for (int i = 0; i < 20; i++) {
      Instant now = clock.instant();
      store.put(new Connection(ADA, "c" + i, now, now.plus(i % 5 == 4 ? LIFE : LIFE.dividedBy(2))));
    }
    clock.advance(LIFE.dividedBy(2));

    assertThat(store.of(ADA, null, 3)).hasSize(3);
    assertThat(all(ADA, 3)).hasSize(4);
    assertThat(store.count(ADA)).isEqualTo(4);
  }

  // Laws 7 to 9

  @Test
  void of_many_who_claim_one_gets_it() {
    var connection = connection(ADA, "c1");
    store.put(connection);

    var claims = Together.run(8, i -> () -> store.claim(connection, EVENT, later(LIFE)));

    assertThat(claims).containsOnlyOnce(Claim.GOT);
    assertThat(Collections.frequency(claims, Claim.BUSY)).isEqualTo(7);
  }

  @Test
  void who_does_not_say_in_time_loses_a_claim() {
    var connection = connection(ADA, "c1");
    store.put(connection);
    store.claim(connection, EVENT, later(Duration.ofSeconds(30)));
    clock.advance(Duration.ofSeconds(29));
    assertThat(store.claim(connection, EVENT, later(LIFE))).isEqualTo(Claim.BUSY);

    clock.advance(Duration.ofSeconds(1));

    assertThat(store.claim(connection, EVENT, later(LIFE))).isEqualTo(Claim.GOT);
  }

  @Test
  void a_claim_that_was_given_back_is_anybodys() {
    var connection = connection(ADA, "c1");
    store.put(connection);
    Instant until = later(Duration.ofSeconds(30));
    store.claim(connection, EVENT, until);

    store.giveBack(connection, EVENT, until);

    assertThat(store.claim(connection, EVENT, later(LIFE))).isEqualTo(Claim.GOT);
  }

  @Test
  void a_claim_that_was_lost_cannot_be_given_back() {
    var connection = connection(ADA, "c1");
    store.put(connection);
    Instant lost = later(Duration.ofSeconds(30));
    store.claim(connection, EVENT, lost);
    clock.advance(Duration.ofSeconds(30));
    store.claim(connection, EVENT, later(LIFE));

    store.giveBack(connection, EVENT, lost);
    assertThat(store.claim(connection, EVENT, later(LIFE))).isEqualTo(Claim.BUSY);

    store.sent(connection, EVENT);
    store.giveBack(connection, EVENT, lost);
    assertThat(store.claim(connection, EVENT, later(LIFE))).isEqualTo(Claim.HAD);
  }

  @Test
  void an_event_that_was_sent_is_not_claimed_again_while_the_connection_lasts() {
    var connection = connection(ADA, "c1");
    store.put(connection);
    store.claim(connection, EVENT, later(Duration.ofSeconds(30)));
    store.sent(connection, EVENT);
    clock.advance(LIFE.minusSeconds(1));

    assertThat(store.claim(connection, EVENT, later(LIFE))).isEqualTo(Claim.HAD);
  }

  @Test
  void connections_and_events_are_told_apart() {
    var one = connection(ADA, "c1");
    var other = connection(ADA, "c2");
    store.put(one);
    store.put(other);
    store.claim(one, EVENT, later(LIFE));
    store.sent(one, EVENT);

    assertThat(store.claim(other, EVENT, later(LIFE))).isEqualTo(Claim.GOT);
    assertThat(store.claim(one, EVENT + "0", later(LIFE))).isEqualTo(Claim.GOT);
  }

  @Test
  void as_many_events_are_remembered_as_is_promised() {
    var connection = connection(ADA, "c1");
    store.put(connection);
    int count = Integer.getInteger("kg.connections.events", 250);
    assertThat(count).isLessThanOrEqualTo(ConnectionStore.REMEMBERED);
    var events = IntStream.range(0, count).mapToObj(i -> "event/" + i).toList();

    for (String event : events) {
      store.claim(connection, event, later(LIFE));
      store.sent(connection, event);
    }

    assertThat(events)
        .allSatisfy(
            event -> assertThat(store.claim(connection, event, later(LIFE))).isEqualTo(Claim.HAD));
  }

  @Test
  void an_id_that_no_gateway_gives_is_refused() {
    for (String id : List.of("", " ", "a#b", "a b", "\u00e9", "x".repeat(129))) {
      assertThatIllegalArgumentException().isThrownBy(() -> connection(ADA, id));
      assertThatIllegalArgumentException().isThrownBy(() -> store.end(id, later(LIFE)));
    }
  }
}
