package dev.knowledgegraph.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.NodeEvent.NodeTagged;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  /** Set to write the golden files of types that have none yet. */
  private static final boolean WRITE_GOLDEN = Boolean.getBoolean("golden.write");

  static List<GraphEvent> events() {
    return Samples.events();
  }

  static List<GraphEvent> bareEvents() {
    return Samples.bareEvents();
  }

  @Test
  void there_is_a_sample_of_every_type() {
    assertThat(Samples.events().stream().<Class<?>>map(GraphEvent::getClass))
        .containsExactlyInAnyOrderElementsOf(leaves(GraphEvent.class).toList());
    assertThat(Samples.events().stream().map(EventCodec::typeName)).doesNotHaveDuplicates();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventCodecTest::leaves)
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource({"events", "bareEvents"})
  void an_event_comes_back_as_it_was(GraphEvent event) {
    byte[] json = EventCodec.encode(List.of(event));

    assertThat(EventCodec.decode(json)).containsExactly(event);
    assertThat(EventCodec.encode(EventCodec.decode(json))).isEqualTo(json);
  }

  @Test
  void a_commit_comes_back_in_order() {
    assertThat(EventCodec.decode(EventCodec.encode(Samples.events()))).isEqualTo(Samples.events());
    assertThat(EventCodec.decode(EventCodec.encode(List.of()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("events")
  void the_stored_form_of_an_event_stays_what_it_was(GraphEvent event) throws IOException {
    Path file = GOLDEN.resolve(EventCodec.typeName(event) + ".v1.json");
    byte[] encoded = EventCodec.encode(List.of(event));
    if (WRITE_GOLDEN && Files.notExists(file)) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, new String(encoded, UTF_8) + "\n");
    }
    byte[] golden = Files.readString(file).stripTrailing().getBytes(UTF_8);

    assertThat(EventCodec.decode(golden)).containsExactly(event);
    assertThat(encoded).asString(UTF_8).isEqualTo(new String(golden, UTF_8));
  }

  @Test
  void no_golden_file_is_left_behind() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Samples.events().stream()
                  .map(event -> EventCodec.typeName(event) + ".v1.json")
                  .toList());
    }
  }

  @Test
  void a_chunk_writes_ids_that_count_up_once() {
    UUID first = new UUID(7, -3);
    var nodes = new ArrayList<NodeAdded>();
    IntStream.range(0, 3)
        .forEach(i -> nodes.add(new NodeAdded(NodeId.of(new UUID(7, i - 3)), NodeData.empty())));
    nodes.add(new NodeAdded(NodeId.of(new UUID(8, 0)), NodeData.empty()));
    nodes.add(new NodeAdded(NodeId.of(new UUID(8, 5)), NodeData.empty()));
    List<GraphEvent> chunk = List.of(new NodesImported(nodes));

    byte[] json = EventCodec.encode(chunk);

    assertThat(json)
        .asString(UTF_8)
        .contains(
            "{\"ids\":[[\""
                + first
                + "\",4],\""
                + new UUID(8, 5)
                + "\"],\"nodes\":[{},{},{},{},{}]}");
    assertThat(EventCodec.decode(json)).isEqualTo(chunk);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"type\":\"node.exploded\",\"v\":1,\"data\":{}}]",
        "[{\"type\":\"node.added\",\"v\":2,\"data\":{}}]",
        "[{\"type\":\"nodes.imported\",\"v\":3,\"data\":{}}]"
      })
  void an_event_of_a_newer_release_is_refused(String json) {
    String type = json.substring(10, json.indexOf("\",\"v\""));
    String version = json.replaceAll(".*\"v\":(\\d).*", "$1");

    assertThatThrownBy(() -> decode(json))
        .isInstanceOfSatisfying(
            IntegrityException.class, e -> assertThat(e.code()).isEqualTo("EVENT_UNKNOWN"))
        .hasMessageContaining(type + " version " + version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[",
        "[] []",
        "[1]",
        "[null]",
        "[{}]",
        "[{\"type\":\"graph.removed\",\"v\":1}]",
        "[{\"type\":\"graph.removed\",\"v\":0,\"data\":{}}]",
        "[{\"type\":\"graph.removed\",\"v\":\"1\",\"data\":{}}]",
        "[{\"type\":\"graph.removed\",\"v\":1,\"data\":null}]",
        "[{\"type\":\"graph.removed\",\"v\":1,\"data\":{}}",
        "[{\"type\":\"graph.removed\",\"v\":1,\"data\":{},\"more\":1}]",
        "[{\"v\":1,\"data\":{},\"type\":\"graph.removed\"}]",
        "[{\"type\":\"graph.visibility-changed\",\"v\":1,\"data\":{\"visibility\":\"\"}}]",
        "[{\"type\":\"graph.renamed\",\"v\":1,\"data\":{\"name\":\"a\",\"name\":\"b\"}}]",
        "[{\"type\":\"node.removed\",\"v\":1,\"data\":{\"node\":\"1-1-1-1-1\"}}]",
        "[{\"type\":\"nodes.imported\",\"v\":1,\"data\":{\"ids\":[],\"nodes\":[{}]}}]",
        "[{\"type\":\"nodes.imported\",\"v\":1,\"data\":{\"ids\":[[\"x\",1]],\"nodes\":[]}}]",
        "[{\"type\":\"nodes.imported\",\"v\":1,\"data\":[]}]",
        "[{\"type\":\"import.finished\",\"v\":1,\"data\":{\"job\":\"j\",\"nodes\":1e3,\"edges\":0}}]"
      })
  void broken_json_is_refused(String json) {
    assertDamaged(json);
  }

  @Test
  void json_nested_too_deep_is_refused() {
    assertDamaged(
        "[{\"type\":\"graph.removed\",\"v\":1,\"data\":{\"a\":"
            + "[".repeat(100)
            + "]".repeat(100)
            + "}}]");
  }

  @Test
  void half_an_event_is_refused_wherever_it_was_cut() {
    byte[] json = EventCodec.encode(Samples.events().subList(30, 36));

    for (int length = 0; length < json.length; length++) {
      assertDamaged(new String(Arrays.copyOf(json, length), UTF_8));
    }
  }

  @Test
  void an_older_version_is_lifted_to_the_current_one() {
    var upcasters =
        new Upcasters(
            List.of(
                new Upcaster("node.tagged", 2, data -> rename(data, "names", "tags")),
                new Upcaster("node.tagged", 1, data -> rename(data, "keywords", "names"))));
    GraphEvent tagged = new NodeTagged(Samples.NODE, Tags.of("x"));

    for (String versionAndField : List.of("1 keywords", "2 names", "3 tags")) {
      String[] parts = versionAndField.split(" ", 2);
      String json =
          "[{\"type\":\"node.tagged\",\"v\":%s,\"data\":{\"node\":\"%s\",\"%s\":[\"x\"]}}]"
              .formatted(parts[0], Samples.NODE, parts[1]);
      assertThat(EventCodec.decode(json.getBytes(UTF_8), upcasters)).containsExactly(tagged);
    }
  }

  private static ObjectNode rename(ObjectNode data, String from, String to) {
    data.set(to, data.remove(from));
    return data;
  }

  private static void assertDamaged(String json) {
    assertThatThrownBy(() -> decode(json))
        .as(json)
        .isInstanceOfSatisfying(
            IntegrityException.class, e -> assertThat(e.code()).isEqualTo("EVENT_DAMAGED"));
  }

  private static List<GraphEvent> decode(String json) {
    return EventCodec.decode(json.getBytes(UTF_8));
  }
}
