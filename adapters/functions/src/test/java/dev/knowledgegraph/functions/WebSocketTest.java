package dev.knowledgegraph.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.functions.FunctionResult.Sent;
import dev.knowledgegraph.functions.WsConnect.Answer;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.resilience.Resilience;
import dev.knowledgegraph.resilience.ResilienceSettings;
import dev.knowledgegraph.tck.Seeds;
import dev.knowledgegraph.tck.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The three functions about connections, over a store of connections in memory. */
class WebSocketTest {
  private static final UserId ADA = Store.ADA;
  private static final UserId BOB = UserId.of("bob");

  private final Store store = new Store();
  private final GraphView notes = store.notes;
  private final ConnectionStore connections = InMemoryConnectionStore.create(store.clock);
  private final Gateway gateway = new Gateway();
  private final WsConnect connect = WsConnect.create(connections);
  private final WsDisconnect disconnect = WsDisconnect.create(connections, store.clock);
  private final WsSendMessage send = WsSendMessage.create(connections, gateway, store.clock);

  @AfterEach
  void close() {
    store.close();
    connections.close();
  }

  private Answer connect(UserId owner, String id) {
    return connect.handle(Optional.of(owner), id, store.clock.instant());
  }

  private CloudEvent added(String title) {
    notes.add(NodeData.node(title));
    return store.last();
  }

  private static UnavailableException lost() {
    return UnavailableException.notAnswered("LOST", "no answer", null);
  }

  @Nested
  class Connecting {
    @Test
    void a_connection_of_somebody_known_is_noted_with_its_end() {
      Instant now = store.clock.instant();

      assertThat(connect(ADA, "c1")).isEqualTo(Answer.WELCOME);

      assertThat(connections.of(ADA, null, 10))
          .containsExactly(new Connection(ADA, "c1", now, now.plus(WsConnect.LIFE)));
    }

    @Test
    void a_connection_of_nobody_known_is_not_stored() {
      assertThat(connect.handle(Optional.empty(), "c1", store.clock.instant()))
          .isEqualTo(Answer.UNAUTHENTICATED);
      assertThat(connect(ADA, "c1")).as("the id is still free").isEqualTo(Answer.WELCOME);
      assertThat(connections.count(ADA)).isEqualTo(1);
    }

    @Test
    void somebody_elses_connection_cannot_be_taken() {
      connect(ADA, "c1");

      assertThat(connect(BOB, "c1")).isEqualTo(Answer.FORBIDDEN);
      assertThat(connections.count(BOB)).isZero();
    }

    @Test
    void a_connection_that_comes_after_its_own_end_is_not_stored() {
      assertThat(disconnect.handle("c1")).isEmpty();

      assertThat(connect(ADA, "c1")).isEqualTo(Answer.GONE);
      assertThat(connections.count(ADA)).isZero();
    }

    @Test
    void its_life_and_the_memory_of_its_end_can_be_set() {
      connect.lasting(Duration.ofMinutes(1)).handle(Optional.of(ADA), "c1", store.clock.instant());
      disconnect.remembering(Duration.ofMinutes(1)).handle("c2");
      store.clock.advance(Duration.ofMinutes(1));

      assertThat(connections.count(ADA)).isZero();
      assertThat(connect(ADA, "c2")).isEqualTo(Answer.WELCOME);
    }

    @Test
    void an_id_that_is_none_is_refused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> connect(ADA, "no such"))
          .withMessageContaining("connection id: expected");
      assertThatIllegalArgumentException().isThrownBy(() -> disconnect.handle("no such"));
    }
  }

  @Nested
  class Disconnecting {
    @Test
    void presence_is_how_many_are_left() {
      connect(ADA, "c1");
      connect(ADA, "c2");
      connect(BOB, "b1");

      assertThat(disconnect.handle("c1")).contains(new Presence(ADA, 1));
      assertThat(disconnect.handle("c2"))
          .get()
          .matches(presence -> !presence.isOnline(), "is offline");
      assertThat(disconnect.handle("c2")).as("again").contains(new Presence(ADA, 0));
      assertThat(new Presence(BOB, connections.count(BOB)).isOnline()).isTrue();
    }
  }

  @Nested
  class Sending {
    @Test
    void every_connection_of_the_owner_gets_the_event_as_it_came() {
      connect(ADA, "c1");
      connect(ADA, "c2");
      CloudEvent event = added("Ada");

      assertThat(send.handle(event)).contains(new Sent(2, 0, 0));

      assertThat(gateway.texts("c1")).containsExactly(event.json());
      assertThat(gateway.texts("c2")).containsExactly(event.json());
    }

    @Test
    void an_owner_with_many_connections_reaches_all_of_them() {
      for (int i = 0; i < 250; i++) {
        connect(ADA, "c" + i);
      }

      assertThat(send.handle(added("Ada"))).contains(new Sent(250, 0, 0));
      assertThat(gateway.texts("c249")).hasSize(1);
    }

    @Test
    void nobody_else_gets_it_whatever_they_are_called() {
      var lookalikes = List.of("Ada", "ada ", "ada/", "ada%2F", "ad", "adaa", "*", "ada#", "/ada");
      connect(ADA, "mine");
      for (int i = 0; i < lookalikes.size(); i++) {
        connect(UserId.of(lookalikes.get(i)), "other" + i);
      }
      CloudEvent event = added("Ada");
      send.handle(event);

      for (int i = 0; i < lookalikes.size(); i++) {
        assertThat(gateway.texts("other" + i)).as(lookalikes.get(i)).isEmpty();
        GraphView theirs =
            store.graphs.as(UserId.of(lookalikes.get(i))).create(GraphData.named("notes"));
        send.handle(store.events(theirs).getFirst());
        assertThat(gateway.ids("other" + i)).containsExactly(theirs.id() + "/1/0");
      }
      assertThat(gateway.ids("mine")).containsExactly(event.id());
    }

    @Test
    void a_store_that_hands_out_connections_of_others_is_not_believed() {
      var mixed =
          new ConnectionStoreDecorator(connections) {
            @Override
            public List<Connection> of(UserId owner, @Nullable String after, int limit) {
              return after == null
                  ? List.of(
                      new Connection(
                          BOB, "b1", store.clock.instant(), store.clock.instant().plusSeconds(9)))
                  : List.of();
            }
          };
      connect(BOB, "b1");
      CloudEvent event = added("Ada");

      assertThatThrownBy(() -> WsSendMessage.create(mixed, gateway, store.clock).handle(event))
          .isInstanceOf(IllegalStateException.class);
      assertThat(gateway.texts("b1")).isEmpty();
    }

    @Test
    void a_connection_that_is_gone_is_removed() {
      connect(ADA, "c1");
      connect(ADA, "c2");
      gateway.gone.add("c1");

      assertThat(send.handle(added("Ada"))).contains(new Sent(1, 0, 1));

      assertThat(connections.of(ADA, null, 10)).extracting(Connection::id).containsExactly("c2");
      assertThat(connect(ADA, "c1")).isEqualTo(Answer.GONE);
    }

    @Test
    void one_that_fails_does_not_stop_the_others_and_gets_it_with_the_next_delivery() {
      connect(ADA, "c1");
      connect(ADA, "c2");
      connect(ADA, "c3");
      gateway.fails("c2", lost());
      CloudEvent event = added("Ada");

      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> send.handle(event))
          .matches(e -> e.code().equals("CONNECTIONS_FAILED"))
          .withMessage("an event did not reach 1 of 3 connections; deliver it again");
      assertThat(gateway.texts("c3")).hasSize(1);

      assertThat(send.handle(event)).contains(new Sent(1, 2, 0));
      assertThat(send.handle(event)).contains(new Sent(0, 3, 0));
      assertThat(List.of("c1", "c2", "c3"))
          .allSatisfy(id -> assertThat(gateway.ids(id)).containsExactly(event.id()));
    }

    @Test
    void a_defect_of_the_sender_is_told_and_the_claim_runs_out() {
      connect(ADA, "c1");
      gateway.fails("c1", new ArithmeticException());
      CloudEvent event = added("Ada");

      assertThatThrownBy(() -> send.handle(event)).isInstanceOf(ArithmeticException.class);
      assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> send.handle(event));
      store.clock.advance(WsSendMessage.LEASE);

      assertThat(send.handle(event)).contains(new Sent(1, 0, 0));
    }

    @Test
    void the_same_event_in_many_hands_at_once_is_sent_once() {
      connect(ADA, "c1");
      connect(ADA, "c2");
      CloudEvent event = added("Ada");

      Together.run(8, i -> () -> Attempt.of(send, () -> Optional.of(event)));

      assertThat(gateway.ids("c1")).containsExactly(event.id());
      assertThat(gateway.ids("c2")).containsExactly(event.id());
    }

    @Test
    void what_is_too_large_for_a_message_goes_as_its_summary() {
      connect(ADA, "c1");
      notes.add(NodeData.node("Long").body("\u00e9".repeat(WsSendMessage.MOST_BYTES / 2)));
      CloudEvent event = store.last();

      send.handle(event);

      String text = gateway.texts("c1").getFirst();
      assertThat(text.getBytes(UTF_8).length).isLessThan(2_000);
      assertThat(text).isEqualTo(event.summary());
    }

    @Test
    void an_owner_who_is_not_there_needs_nothing() {
      assertThat(send.handle(added("Ada"))).contains(new Sent(0, 0, 0));
    }

    @Test
    void events_that_come_thrice_and_out_of_order_are_had_once() {
      long seed = Seeds.seed("WebSocketTest");
      var random = new Random(seed);
      connect(ADA, "c1");
      connect(ADA, "c2");
      for (int i = 0; i < 20; i++) {
        added("Note " + i);
      }
      var events = new ArrayList<CloudEvent>();
      for (int i = 0; i < 3; i++) {
        events.addAll(store.events());
      }
      Collections.shuffle(events, random);
      for (int i = 0; i < 10; i++) {
        gateway.fails("c" + (1 + random.nextInt(2)), lost());
      }

      Map<String, Integer> failed = new HashMap<>();
      for (CloudEvent event : events) {
        if (Attempt.of(send, () -> Optional.of(event)) instanceof Attempt.Failed<Sent>) {
          failed.merge(event.id(), 1, Integer::sum);
        }
      }
      // A queue would deliver them again.
      store.events().forEach(event -> Attempt.of(send, () -> Optional.of(event)));
      store.events().forEach(event -> Attempt.of(send, () -> Optional.of(event)));

      var ids = store.events().stream().map(CloudEvent::id).toList();
      assertThat(failed).as("some failed on the way").isNotEmpty();
      for (String connection : List.of("c1", "c2")) {
        assertThat(gateway.ids(connection)).doesNotHaveDuplicates();
        assertThat(new HashSet<>(gateway.ids(connection))).isEqualTo(new HashSet<>(ids));
      }
    }
  }

  @Nested
  class Through_a_resilience {
    private final Resilience resilience =
        Resilience.builder("the gateway")
            .settings(
                ResilienceSettings.defaults()
                    .withTries(3, Duration.ofNanos(1), Duration.ofNanos(1))
                    .withBreaker(100, 2, Duration.ofHours(1), 1))
            .build();
    private final MessageSender sender = ResilientSender.of(gateway, resilience);

    private MessageSender.Sending send() {
      Instant now = store.clock.instant();
      return sender.send(new Connection(ADA, "c1", now, now.plusSeconds(60)), "text");
    }

    @Test
    void what_was_not_sent_is_tried_again_at_once() {
      gateway.fails("c1", UnavailableException.notAsked("THROTTLED", "not now", null));

      assertThat(send()).isEqualTo(MessageSender.Sending.SENT);
      assertThat(gateway.texts("c1")).hasSize(1);
    }

    @Test
    void what_may_have_been_sent_is_not() {
      gateway.fails("c1", lost());

      assertThatExceptionOfType(UnavailableException.class).isThrownBy(this::send);
      assertThat(gateway.texts("c1")).isEmpty();
    }

    @Test
    void a_gateway_that_keeps_failing_is_left_alone() {
      gateway.fails("c1", lost(), lost());
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(UnavailableException.class).isThrownBy(this::send);
      }

      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(this::send)
          .matches(e -> e.code().equals("CIRCUIT_OPEN"));
    }
  }
}
