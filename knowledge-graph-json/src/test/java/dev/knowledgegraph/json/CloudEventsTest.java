package dev.knowledgegraph.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodePublished;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/cloudevents");

  /** Set to write the golden files of types that have none yet. */
  private static final boolean WRITE_GOLDEN = Boolean.getBoolean("golden.write");

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final GraphRef GRAPH =
      new GraphRef(UserId.of("Ada L\u00f6ve/lace"), GraphId.of(new UUID(9, 9)));

  static List<GraphEvent> events() {
    return Samples.events();
  }

  private static EventEnvelope envelope(GraphEvent event, long sequence, int index, String trace) {
    var commit =
        new Committed(
            new Position(GRAPH.id(), sequence),
            Instant.parse("2026-11-28T01:02:03.000456Z"),
            UserId.of("ada"),
            "command-1",
            trace,
            "cause-1",
            Collections.nCopies(index + 1, event));
    return new EventEnvelope(GRAPH, commit, index);
  }

  private static JsonNode json(EventEnvelope event) {
    return Json.parse(new String(CloudEvents.encode(event), UTF_8));
  }

  @ParameterizedTest
  @MethodSource("events")
  void the_published_form_of_an_event_stays_what_it_was(GraphEvent event) throws IOException {
    Path file = GOLDEN.resolve(CloudEvents.type(event) + ".json");
    String encoded = new String(CloudEvents.encode(envelope(event, 17, 2, TRACE)), UTF_8);
    if (WRITE_GOLDEN && Files.notExists(file)) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, encoded + "\n");
    }

    assertThat(encoded).isEqualTo(Files.readString(file).stripTrailing());
  }

  @Test
  void no_golden_file_is_left_behind() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              events().stream().map(event -> CloudEvents.type(event) + ".json").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void all_that_the_specification_wants_is_there(GraphEvent event) {
    var envelope = json(envelope(event, 17, 2, TRACE));

    for (String name : List.of("id", "source", "specversion", "type", "subject", "dataschema")) {
      assertThat(envelope.path(name).asText()).as(name).isNotEmpty();
    }
    assertThat(envelope.path("specversion").asText()).isEqualTo("1.0");
    assertThat(envelope.path("type").asText())
        .isEqualTo("dev.knowledgegraph." + EventCodec.typeName(event) + ".v1");
    assertThat(URI.create(envelope.path("dataschema").asText()).isAbsolute()).isTrue();
    assertThat(Instant.parse(envelope.path("time").asText()))
        .isEqualTo(Instant.parse("2026-11-28T01:02:03.000456Z"));
    assertThat(envelope.properties())
        .allSatisfy(field -> assertThat(field.getKey()).matches("[a-z0-9]{1,20}"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void the_data_are_those_of_the_log(GraphEvent event) {
    if (event instanceof NodesImported || event instanceof EdgesImported) {
      return;
    }
    var inLog =
        "[{\"type\":\"%s\",\"v\":1,\"data\":%s}]"
            .formatted(EventCodec.typeName(event), json(envelope(event, 1, 0, "")).path("data"));

    assertThat(EventCodec.decode(inLog.getBytes(UTF_8))).containsExactly(event);
  }

  @Test
  void a_chunk_is_a_summary_that_says_where_to_fetch_it() {
    var chunk = events().stream().filter(NodesImported.class::isInstance).findFirst().orElseThrow();
    var data = json(envelope(chunk, 17, 2, "")).path("data");

    assertThat(data.path("summary").asBoolean()).isTrue();
    assertThat(data.path("nodes").asInt()).isEqualTo(((NodesImported) chunk).nodes().size());
    assertThat(data.path("fetch").path("after").asLong()).isEqualTo(16);
    assertThat(data.path("fetch").path("index").asInt()).isEqualTo(2);
    assertThat(data.path("fetch").path("graph").asText()).isEqualTo(GRAPH.id().toString());
  }

  @Test
  void what_has_no_room_is_a_summary_of_the_same_event() {
    var event = envelope(events().getFirst(), 17, 0, "");
    var summary = Json.parse(new String(CloudEvents.summary(event, 400_000), UTF_8));

    assertThat(summary.path("id")).isEqualTo(json(event).path("id"));
    assertThat(summary.path("type")).isEqualTo(json(event).path("type"));
    assertThat(summary.path("data").path("bytes").asInt()).isEqualTo(400_000);
    assertThat(summary.path("data").path("fetch").path("after").asLong()).isEqualTo(16);
  }

  @Test
  void sequences_sort_as_text() {
    var event = new NodePublished(Samples.NODE);
    assertThat(
            Stream.of(
                    envelope(event, 9, 0, ""),
                    envelope(event, 9, 2, ""),
                    envelope(event, 9, 10, ""),
                    envelope(event, 10, 0, ""),
                    envelope(event, Long.MAX_VALUE, 0, ""))
                .map(each -> json(each).path("sequence").asText()))
        .isSorted();
  }

  @Test
  void owners_are_encoded_and_elements_are_named() {
    var envelope = json(envelope(new NodePublished(Samples.NODE), 17, 2, ""));

    assertThat(envelope.path("source").asText()).isEqualTo("/Ada%20L%C3%B6ve%2Flace/" + GRAPH.id());
    assertThat(envelope.path("subject").asText()).isEqualTo(Samples.NODE.toString());
    assertThat(envelope.path("partitionkey").asText())
        .isEqualTo(GRAPH.id() + "/node/" + Samples.NODE);
    assertThat(envelope.path("id").asText()).isEqualTo(GRAPH.id() + "/17/2");
  }

  @Test
  void a_correlation_id_that_is_a_trace_is_told_as_one() {
    assertThat(json(envelope(new NodePublished(Samples.NODE), 1, 0, TRACE)).path("traceparent"))
        .hasToString("\"" + TRACE + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "import of monday",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void another_correlation_id_is_no_trace(String correlation) {
    var envelope = json(envelope(new NodePublished(Samples.NODE), 1, 0, correlation));

    assertThat(envelope.has("traceparent")).isFalse();
    assertThat(envelope.path("correlationid").asText()).isEqualTo(correlation);
  }
}
