package dev.knowledgegraph.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodePublished;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventTest {
  private static final GraphId GRAPH = GraphId.of(new UUID(9, 9));

  static List<GraphEvent> events() {
    return Samples.events();
  }

  private static EventEnvelope envelope(String owner, GraphEvent event) {
    var commit =
        new Committed(
            new Position(GRAPH, 17),
            Instant.parse("2026-11-28T01:02:03Z"),
            UserId.of("ada"),
            "command-1",
            "correlation-1",
            "",
            List.of(event));
    return new EventEnvelope(new GraphRef(UserId.of(owner), GRAPH), commit, 0);
  }

  private static String encoded(String owner, GraphEvent event) {
    return new String(CloudEvents.encode(envelope(owner, event)), UTF_8);
  }

  private static String published() {
    return encoded("ada", new NodePublished(NodeId.of(new UUID(1, 1))));
  }

  private static CloudEvent read(String json) {
    return CloudEvent.parse(json, "").orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("events")
  void what_was_encoded_is_read_again(GraphEvent event) {
    var envelope = envelope("ada", event);

    CloudEvent read = read(encoded("ada", event));

    assertThat(read.graph()).isEqualTo(envelope.graph());
    assertThat(read.place()).isEqualTo(envelope.place());
    assertThat(read.id()).isEqualTo(envelope.id()).isEqualTo(read.toString());
    assertThat(read.type()).isEqualTo(EventCodec.typeName(event));
    assertThat(read.correlationId()).isEqualTo("correlation-1");
    assertThat(read.isSummary())
        .isEqualTo(event instanceof NodesImported || event instanceof EdgesImported);
    assertThat(Json.parse(read.json())).isEqualTo(Json.parse(encoded("ada", event)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "Ada L\u00f6ve/lace", "a+b c", "%2F", "../..", "\ud83d\ude00#|"})
  void an_owner_comes_back_as_the_one_that_was_written(String owner) {
    var event = read(encoded(owner, new NodePublished(NodeId.of(new UUID(1, 1)))));

    assertThat(event.graph().owner()).isEqualTo(UserId.of(owner));
  }

  @Test
  void a_summary_of_one_is_the_summary_that_would_have_been_sent() {
    var envelope = envelope("ada", new NodePublished(NodeId.of(new UUID(1, 1))));
    byte[] whole = CloudEvents.encode(envelope);

    String summary = read(new String(whole, UTF_8)).summary();

    assertThat(Json.parse(summary))
        .isEqualTo(Json.parse(new String(CloudEvents.summary(envelope, whole.length), UTF_8)));
    assertThat(read(summary).isSummary()).isTrue();
    assertThat(read(summary).summary()).isEqualTo(summary);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"aws.health.event\"}",
        "{\"type\":\"dev.knowledgegraph.node.added\",\"specversion\":\"1.0\"}",
        "{\"type\":\"xdev.knowledgegraph.node.added.v1\"}"
      })
  void what_is_not_of_this_library_is_nobodys_matter(String json) {
    assertThat(CloudEvent.parse(json, "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "specversion | 1.0 | 2.0 | specversion: expected 1.0",
        "id | 00000000-0000-0009-0000-000000000009/17/0 | secret | id: expected GRAPH/SEQUENCE",
        "id | 00000000-0000-0009-0000-000000000009/17/0 "
            + "| 00000000-0000-0009-0000-000000000008/17/0 | id: expected the graph that source",
        "id | 00000000-0000-0009-0000-000000000009/17/0 "
            + "| 00000000-0000-0009-0000-000000000009/0/0 | id: expected a commit from 1",
        "source | /ada/00000000-0000-0009-0000-000000000009 | secret | source: expected /OWNER/GR",
        "source | /ada/00000000-0000-0009-0000-000000000009 "
            + "| /%61da/00000000-0000-0009-0000-000000000009 | source: expected /OWNER/GR",
        "source | /ada/00000000-0000-0009-0000-000000000009 "
            + "| /a%zz/00000000-0000-0009-0000-000000000009 | source: expected /OWNER/GR",
      })
  void a_malformed_one_says_where_and_what_was_expected(
      String name, String value, String other, String message) {
    String json =
        published()
            .replace(
                "\"%s\":\"%s\"".formatted(name, value), "\"%s\":\"%s\"".formatted(name, other));

    assertThat(json).isNotEqualTo(published());
    assertThatExceptionOfType(UndeliverableException.class)
        .isThrownBy(() -> CloudEvent.parse(json, "detail"))
        .withMessageStartingWith("detail: " + message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(CloudEvent.MALFORMED));
  }

  @Test
  void a_correlation_that_no_log_would_take_is_malformed() {
    String json = published().replace("correlation-1", "c".repeat(201));

    assertThatExceptionOfType(UndeliverableException.class)
        .isThrownBy(() -> CloudEvent.parse(json, ""))
        .withMessage("correlationid: expected at most 200 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "[]",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"dev.knowledgegraph.node.added.v1\"}",
        "{\"type\":\"dev.knowledgegraph.node.added.v1\",\"specversion\":\"1.0\",\"id\":null}"
      })
  void what_is_no_event_at_all_is_told_without_being_quoted(String json) {
    assertThatExceptionOfType(UndeliverableException.class)
        .isThrownBy(() -> CloudEvent.parse(json, ""))
        .withMessageContaining("expected")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }
}
