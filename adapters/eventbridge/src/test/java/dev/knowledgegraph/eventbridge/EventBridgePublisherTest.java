package dev.knowledgegraph.eventbridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.NodeEvent.NodeContentChanged;
import dev.knowledgegraph.event.NodeEvent.NodePublished;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.eventbridge.StandIn.Answer;
import dev.knowledgegraph.json.CloudEvents;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.resilience.BreakerState;
import dev.knowledgegraph.resilience.ResilienceMetrics;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.spi.HeldStreams;
import dev.knowledgegraph.tck.publishing.Receiver.Trouble;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

class EventBridgePublisherTest {
  private static final GraphRef GRAPH = new GraphRef(UserId.of("ada"), GraphId.of(new UUID(0, 1)));

  private StandIn bus = new StandIn();

  @AfterEach
  void stop() {
    bus.close();
  }

  private void use(EventBridgeConfig config) {
    bus.close();
    bus = new StandIn(config.withResilience(StandIn.SHORT));
  }

  private static EventEnvelope event(long sequence, GraphEvent event) {
    var commit =
        new Committed(
            new Position(GRAPH.id(), sequence),
            Instant.parse("2026-11-28T01:02:03.500Z"),
            GRAPH.owner(),
            "command",
            "",
            "",
            List.of(event));
    return new EventEnvelope(GRAPH, commit, 0);
  }

  private static NodeId node(long number) {
    return NodeId.of(new UUID(1, number));
  }

  private static EventEnvelope published(long sequence, long node) {
    return event(sequence, new NodePublished(node(node)));
  }

  /** Of about so many bytes. */
  private static EventEnvelope large(long sequence, int bytes) {
    return event(
        sequence,
        new NodeContentChanged(
            node(sequence), new Content("title", "\u00e9".repeat(bytes / 2), ContentFormat.TEXT)));
  }

  private static void assertFailed(Delivery delivery, String code) {
    assertThat(delivery)
        .isInstanceOfSatisfying(
            Delivery.Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
  }

  @Test
  void a_call_has_the_shape_and_the_signature_that_aws_wants() {
    use(EventBridgeConfig.defaults().onBus("notes-bus"));
    var event = published(7, 1);

    assertThat(bus.publisher().publish(List.of(event))).containsExactly(new Delivery.Delivered());

    var call = bus.calls.getFirst();
    assertThat(call.header("X-amz-target")).isEqualTo("AWSEvents.PutEvents");
    assertThat(call.header("Content-type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(call.header("Authorization"))
        .matches(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-central-1/events/aws4_request,"
                + " SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]*x-amz-date[a-z0-9;-]*,"
                + " Signature=[0-9a-f]{64}");
    assertThat(call.body().size()).isEqualTo(1);
    var entry = call.body().path("Entries").path(0);
    assertThat(entry.path("EventBusName").asText()).isEqualTo("notes-bus");
    assertThat(entry.path("Source").asText()).isEqualTo("dev.knowledgegraph");
    assertThat(entry.path("DetailType").asText()).isEqualTo("dev.knowledgegraph.node.published.v1");
    assertThat(entry.path("Detail").asText())
        .isEqualTo(new String(CloudEvents.encode(event), UTF_8));
    assertThat(entry.path("Time").asDouble()).isEqualTo(1_795_827_723.5);
  }

  @Test
  void a_call_has_ten_entries_at_most() {
    var events = IntStream.range(0, 25).mapToObj(i -> published(i + 1, i)).toList();

    assertThat(bus.publisher().publish(events)).containsOnly(new Delivery.Delivered());
    assertThat(bus.calls).extracting(call -> call.ids().size()).containsExactly(10, 10, 5);
    assertThat(bus.taken()).isEqualTo(events.stream().map(EventEnvelope::id).toList());
  }

  @Test
  void no_call_has_two_events_of_a_stream() {
    var events = IntStream.range(0, 12).mapToObj(i -> published(i + 1, i / 4)).toList();

    assertThat(bus.publisher().publish(events)).containsOnly(new Delivery.Delivered());
    assertThat(bus.calls).extracting(call -> call.ids().size()).containsExactly(3, 3, 3, 3);
  }

  @Test
  void only_what_failed_is_sent_again_and_its_stream_waits() {
    bus.will(List.of(Trouble.TAKE_A_PART));
    var events = List.of(published(1, 1), published(2, 2), published(3, 1), published(4, 2));

    assertThat(bus.publisher().publish(events)).containsOnly(new Delivery.Delivered());
    assertThat(bus.calls).extracting(call -> call.ids().size()).containsExactly(2, 1, 2);
    assertThat(bus.taken()).doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void what_fails_in_every_try_is_told_and_others_go_on() {
    bus.will(Collections.nCopies(3, Trouble.TAKE_A_PART));
    var events = List.of(published(1, 1), published(2, 2), published(3, 1));

    var deliveries = bus.publisher().publish(events);

    assertFailed(deliveries.get(0), "EVENTBRIDGE_ENTRIES_FAILED");
    assertThat(deliveries.get(1)).isEqualTo(new Delivery.Delivered());
    assertFailed(deliveries.get(2), HeldStreams.WAITS);
  }

  @Test
  void what_is_too_large_goes_as_a_summary() throws Exception {
    use(EventBridgeConfig.defaults().withMaxBytes(2_000));
    var event = large(5, 3_000);

    assertThat(bus.publisher().publish(List.of(event))).containsExactly(new Delivery.Delivered());

    var detail = bus.calls.getFirst().body().path("Entries").path(0).path("Detail").asText();
    assertThat(detail)
        .contains("\"summary\":true", "\"bytes\":" + CloudEvents.encode(event).length)
        .doesNotContain("\u00e9");
  }

  @Test
  void what_is_too_large_even_as_a_summary_is_refused() {
    use(EventBridgeConfig.defaults().withMaxBytes(1_024));
    var commit =
        new Committed(
            new Position(GRAPH.id(), 1),
            Instant.EPOCH,
            GRAPH.owner(),
            "c".repeat(1_000),
            "",
            "",
            List.of(new NodePublished(node(1))));

    assertThat(bus.publisher().publish(List.of(new EventEnvelope(GRAPH, commit, 0))))
        .containsExactly(new Delivery.Refused("TOO_LARGE"));
    assertThat(bus.calls).isEmpty();
  }

  @Test
  void the_entries_of_a_call_are_not_too_large_together() {
    use(EventBridgeConfig.defaults().withMaxBytes(10_000));
    var events = IntStream.range(1, 7).mapToObj(i -> large(i, 3_000)).toList();

    assertThat(bus.publisher().publish(events)).containsOnly(new Delivery.Delivered());
    assertThat(bus.calls).hasSizeGreaterThan(2);
    assertThat(bus.taken()).isEqualTo(events.stream().map(EventEnvelope::id).toList());
  }

  @Test
  void the_size_of_an_entry_is_what_aws_counts() {
    var entry =
        PutEventsRequestEntry.builder()
            .time(Instant.EPOCH)
            .source("\u00e9")
            .detailType("type")
            .detail("\ud83d\ude80")
            .build();

    assertThat(Entries.size(entry)).isEqualTo(14 + 2 + 4 + 4);
  }

  @ParameterizedTest
  @CsvSource({"AccessDeniedException", "ResourceNotFoundException"})
  void a_call_that_is_refused_as_a_whole_makes_no_dead_letters(String error) {
    bus.answers(new Answer(400, "{\"__type\":\"" + error + "\"}"));

    assertFailed(
        bus.publisher().publish(List.of(published(1, 1))).getFirst(), "EVENTBRIDGE_REFUSED");
    assertThat(bus.calls).hasSize(1);
  }

  @Test
  void throttling_is_tried_again() {
    bus.answers(new Answer(400, "{\"__type\":\"ThrottlingException\"}"), new Answer(503, "{}"));

    assertThat(bus.publisher().publish(List.of(published(1, 1))))
        .containsExactly(new Delivery.Delivered());
  }

  @Test
  void a_call_of_which_one_entry_is_invalid_is_taken_apart() {
    String invalid = "{\"__type\":\"ValidationException\"}";
    bus.answers(new Answer(400, invalid), new Answer(400, invalid));

    assertThat(bus.publisher().publish(List.of(published(1, 1), published(2, 2))))
        .containsExactly(new Delivery.Refused("EVENTBRIDGE_INVALID"), new Delivery.Delivered());
  }

  @Test
  void an_answer_that_does_not_fit_is_not_believed() {
    bus.answers(new Answer(200, "{\"FailedEntryCount\":0,\"Entries\":[]}"));

    assertThat(bus.publisher().publish(List.of(published(1, 1))))
        .containsExactly(new Delivery.Delivered());
    assertThat(bus.calls).hasSize(2);
  }

  @Test
  void a_bus_that_keeps_failing_is_left_alone() {
    bus.goDown();
    for (int i = 0; i < 4; i++) {
      bus.publisher().publish(List.of(published(i + 1, i)));
    }

    assertThat(bus.bridge().health().state()).isNotEqualTo(BreakerState.CLOSED);
  }

  @Test
  void a_configuration_that_cannot_be_is_refused() {
    var fine = EventBridgeConfig.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> fine.onBus(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> fine.withMaxBytes(1 << 20));
    assertThat(fine.withMetrics(ResilienceMetrics.NONE)).isEqualTo(fine);
  }
}
