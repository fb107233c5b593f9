package dev.knowledgegraph.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.NodeEvent.NodePublished;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.json.CloudEvents;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.resilience.BreakerState;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.webhook.StandIn.Answer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookPublisherTest {
  private final StandIn receiver = new StandIn();

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static EventEnvelope event(long sequence) {
    var graph = new GraphRef(UserId.of("ada"), GraphId.of(new UUID(0, 1)));
    var commit =
        new Committed(
            new Position(graph.id(), sequence),
            Instant.parse("2026-11-28T01:02:03Z"),
            graph.owner(),
            "command",
            "",
            "",
            List.of(new NodePublished(NodeId.of(new UUID(1, sequence)))));
    return new EventEnvelope(graph, commit, 0);
  }

  private Delivery deliver(long sequence) {
    return receiver.publisher().publish(List.of(event(sequence))).getFirst();
  }

  private static void assertFailed(Delivery delivery, String code) {
    assertThat(delivery)
        .isInstanceOfSatisfying(
            Delivery.Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
  }

  @Test
  void an_event_is_posted_as_a_signed_cloud_event() {
    assertThat(deliver(7)).isEqualTo(new Delivery.Delivered());

    var request = receiver.requests.getFirst();
    assertThat(request.isGenuine()).isTrue();
    assertThat(request.id()).isEqualTo(event(7).id());
    assertThat(request.contentType()).isEqualTo("application/cloudevents+json");
    assertThat(request.body()).isEqualTo(new String(CloudEvents.encode(event(7)), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 410, 413, 422, 451})
  void what_the_receiver_will_never_take_is_refused_at_once(int status) {
    receiver.answers(new Answer(status, ""));

    assertThat(deliver(1)).isEqualTo(new Delivery.Refused("REFUSED_" + status));
    assertThat(receiver.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 408, 425, 429, 500, 502, 503, 504, 599})
  void what_may_go_better_is_tried_again(int status) {
    receiver.answers(new Answer(status, ""), new Answer(status, ""));

    assertThat(deliver(1)).isEqualTo(new Delivery.Delivered());
    assertThat(receiver.requests).hasSize(3);
  }

  @Test
  void what_fails_in_every_try_is_told_and_nothing_is_refused() {
    receiver.answers(new Answer(503, ""), new Answer(503, ""), new Answer(500, ""));

    assertFailed(deliver(1), "REFUSED_500");
  }

  @Test
  void a_receiver_that_says_when_is_asked_then() {
    receiver.answers(new Answer(429, "0"));

    assertThat(deliver(1)).isEqualTo(new Delivery.Delivered());
  }

  @Test
  void a_receiver_that_wants_too_long_is_not_waited_for() {
    receiver.answers(new Answer(429, "3600"));

    assertFailed(deliver(1), "REFUSED_429");
    assertThat(receiver.requests).hasSize(1);
  }

  @Test
  void a_receiver_that_keeps_failing_is_left_alone_and_nothing_is_lost() {
    receiver.goDown();
    for (int i = 1; i <= 4; i++) {
      deliver(i);
    }
    assertThat(receiver.webhook().health().state()).isNotEqualTo(BreakerState.CLOSED);
    assertThat(receiver.requests).isEmpty();
  }

  @Test
  void messages_hold_neither_the_secret_nor_the_query() {
    var config =
        WebhookConfig.builder(
                URI.create("https://example.org/hook?token=very-secret"), () -> StandIn.SECRET)
            .build();

    assertThat(config.toString())
        .contains("https://example.org/hook")
        .doesNotContain("very-secret", "MfKQ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/",
        "ftp://example.org/",
        "https:///nowhere",
        "https://user@example.org/",
        "https://example.org/#part",
        "http://localhost.example.org/",
        "http://127.0.0.1.example.org/",
        "relative"
      })
  void an_address_that_cannot_be_is_refused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookConfig.builder(URI.create(address), () -> StandIn.SECRET).build())
        .withMessageStartingWith("address: expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org",
        "http://localhost:1/x",
        "http://127.9.9.9/",
        "http://[::1]/"
      })
  void an_address_on_this_machine_may_be_plain(String address) {
    assertThatCode(() -> WebhookConfig.builder(URI.create(address), () -> StandIn.SECRET).build())
        .doesNotThrowAnyException();
  }

  @Test
  void plain_http_to_another_machine_has_to_be_allowed() {
    var config =
        WebhookConfig.builder(URI.create("http://example.org/"), () -> StandIn.SECRET)
            .allowPlainHttp()
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WebhookConfig.builder(config.address(), config.secret())
                    .allowPlainHttp()
                    .connectTimeout(Duration.ZERO)
                    .build())
        .withMessageStartingWith("connectTimeout: ");
  }
}
