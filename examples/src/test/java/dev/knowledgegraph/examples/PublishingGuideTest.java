package dev.knowledgegraph.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.eventbridge.EventBridgeConfig;
import dev.knowledgegraph.eventbridge.EventBridgePublisher;
import dev.knowledgegraph.resilience.BreakerState;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import dev.knowledgegraph.webhook.WebhookConfig;
import dev.knowledgegraph.webhook.WebhookPublisher;
import dev.knowledgegraph.webhook.WebhookSecret;
import dev.knowledgegraph.webhook.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** The programs of the guide to publishing are those here, and they run. */
class PublishingGuideTest {
  private final WebhookSecret secret =
      WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  @Test
  void to_a_webhook(@TempDir Path folder) {
    // begin
    var hook =
        WebhookPublisher.create(
            WebhookConfig.builder(URI.create("https://example.org/hook"), () -> secret).build());
    var store =
        KnowledgeGraph.builder()
            .storage(JdbcStorage.openSqlite(folder))
            .publisher("hook", hook)
            .build();
    // end
    store.close();
    assertThat(hook.health().tries()).isZero();
    hook.close();
  }

  @Test
  void at_the_receiver() {
    var clock = Clock.systemUTC();
    byte[] body = "{}".getBytes(UTF_8);
    String id = "graph/1/0";
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    String signature = WebhookSignature.sign(secret, id, Long.parseLong(timestamp), body);
    // begin
    boolean isGenuine =
        WebhookSignature.verify(
            secret, id, timestamp, signature, body, clock.instant(), WebhookSignature.TOLERANCE);
    // end
    assertThat(isGenuine).isTrue();
  }

  @Test
  void to_a_bus() {
    // begin
    var client =
        EventBridgeClient.builder()
            .region(Region.EU_CENTRAL_1)
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    var bus = EventBridgePublisher.create(client, EventBridgeConfig.defaults().onBus("notes"));
    // end
    assertThat(bus.health().state()).isEqualTo(BreakerState.CLOSED);
    client.close();
  }

  @Test
  void the_programs_are_those_that_are_printed() throws IOException {
    assertThat(Guide.printed("publishing.md"))
        .hasSize(3)
        .isEqualTo(Guide.written(PublishingGuideTest.class));
  }
}
