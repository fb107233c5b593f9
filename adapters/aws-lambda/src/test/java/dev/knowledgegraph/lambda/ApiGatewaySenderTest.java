package dev.knowledgegraph.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.functions.Connection;
import dev.knowledgegraph.functions.MessageSender.Sending;
import dev.knowledgegraph.functions.ResilientSender;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.resilience.Resilience;
import dev.knowledgegraph.resilience.ResilienceSettings;
import dev.knowledgegraph.tck.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiGatewaySenderTest {
  private static final String ID = "L0SM9cOFvHcCIhw=";
  private static final Connection CONNECTION =
      new Connection(UserId.of("ada"), ID, ManualClock.START, ManualClock.START.plusSeconds(9));

  private final StandIn gateway = new StandIn();

  @AfterEach
  void close() {
    gateway.close();
  }

  private Sending send() {
    return gateway.sender().send(CONNECTION, "{\"text\":\"Z\u00fcrich\"}");
  }

  @Test
  void a_text_is_posted_to_its_connection_and_signed() {
    assertThat(send()).isEqualTo(Sending.SENT);

    assertThat(gateway.texts(ID)).containsExactly("{\"text\":\"Z\u00fcrich\"}");
    assertThat(String.join("", gateway.headers.getFirst().get("Authorization")))
        .matches(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-central-1/execute-api/aws4_request,"
                + " SignedHeaders=.*host.*, Signature=[0-9a-f]{64}")
        .doesNotContain("very-secret");
  }

  @Test
  void a_connection_that_is_gone_is_told() {
    gateway.answers(ID, 410);

    assertThat(send()).isEqualTo(Sending.GONE);
  }

  @ParameterizedTest
  @CsvSource({
    "429, GATEWAY_THROTTLED, true",
    "500, GATEWAY_500, true",
    "503, GATEWAY_503, true",
    "0, GATEWAY_UNREACHABLE, true",
    "403, GATEWAY_REFUSED, false",
    "400, GATEWAY_REFUSED, false",
    "413, GATEWAY_REFUSED, false"
  })
  void what_fails_says_whether_it_may_go_well_later_and_quotes_nothing(
      int status, String code, boolean retryable) {
    gateway.answers(ID, status);

    assertThatExceptionOfType(KnowledgeGraphException.class)
        .isThrownBy(this::send)
        .matches(e -> e.code().equals(code))
        .matches(e -> e.retryable() == retryable)
        .satisfies(
            e -> assertThat(e.getMessage()).doesNotContain("very-private", "rich", "very-secret"));
    assertThat(gateway.headers).as("no tries of its own").hasSize(1);
  }

  @Test
  void only_what_was_certainly_not_sent_is_sent_again_at_once() {
    var resilience =
        Resilience.of(
            "the gateway",
            ResilienceSettings.defaults()
                .withTries(3, Duration.ofNanos(1), Duration.ofNanos(1))
                .withTimeout(Duration.ZERO));
    var sender = ResilientSender.of(gateway.sender(), resilience);
    gateway.answers(ID, 429, 429);

    assertThat(sender.send(CONNECTION, "one")).isEqualTo(Sending.SENT);
    assertThat(gateway.headers).hasSize(3);

    gateway.answers(ID, 500);
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> sender.send(CONNECTION, "two"));
    assertThat(gateway.headers).hasSize(4);
    gateway.answers(ID, 403);
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> sender.send(CONNECTION, "three"));
    assertThat(gateway.texts(ID)).containsExactly("one");
  }
}
