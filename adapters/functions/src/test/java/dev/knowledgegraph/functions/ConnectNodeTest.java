package dev.knowledgegraph.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.command.NodeCommand.Archive;
import dev.knowledgegraph.command.NodeCommand.MergeNodes;
import dev.knowledgegraph.command.NodeCommand.Restore;
import dev.knowledgegraph.command.NodeCommand.UnmergeNode;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.command.SettingsCommand.SetAutoLink;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.functions.FunctionResult.Connected;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.tck.Seeds;
import dev.knowledgegraph.tck.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectNodeTest {
  private final Store store = new Store();
  private final GraphView notes = store.notes;
  private final ConnectNode connect =
      ConnectNode.create(store.graphs, store.clock).always(EnumSet.allOf(LinkMethod.class));

  @AfterEach
  void close() {
    store.close();
  }

  private NodeId add(String title, String body) {
    return notes.add(NodeData.node(title).body(body));
  }

  private List<Edge> edges() {
    var edges = new ArrayList<Edge>();
    notes.forEachEdge(edges::add);
    return edges;
  }

  private Connected handle(CloudEvent event) {
    return connect.handle(event).orElseThrow();
  }

  @Test
  void a_node_that_mentions_another_is_linked_with_it() {
    NodeId engine = add("Analytical Engine", "A machine of brass.");
    NodeId ada = add("Ada", "She wrote programs for the Analytical Engine.");
    CloudEvent event = store.last();

    assertThat(handle(event)).isEqualTo(new Connected(1, 1, 0, 0));

    assertThat(edges())
        .singleElement()
        .satisfies(edge -> assertThat(edge.source()).isEqualTo(ada))
        .satisfies(edge -> assertThat(edge.target()).isEqualTo(engine));
    var commit = store.graphs.storage().read(notes.ref(), event.place().sequence(), 1).getFirst();
    assertThat(commit.causationId()).isEqualTo(event.id());
    assertThat(commit.commandId()).isEqualTo("connect-node/" + event.id() + "/0");
  }

  @Test
  void an_event_that_comes_again_finds_its_receipt() {
    add("Analytical Engine", "A machine of brass.");
    add("Ada", "She wrote programs for the Analytical Engine.");
    CloudEvent event = store.last();
    handle(event);
    long head = notes.position();

    assertThat(handle(event)).isEqualTo(new Connected(0, 0, 0, 1));
    store.clock.advance(Duration.ofHours(25));
    assertThat(handle(event)).as("the receipt is forgotten").isEqualTo(new Connected(1, 0, 0, 0));

    assertThat(notes.position()).isEqualTo(head);
  }

  @Test
  void a_link_that_somebody_removed_does_not_come_back_with_the_event() {
    add("Analytical Engine", "A machine of brass.");
    add("Ada", "She wrote programs for the Analytical Engine.");
    CloudEvent event = store.last();
    handle(event);
    notes.remove(edges().getFirst().id());
    store.clock.advance(Duration.ofDays(2));

    handle(event);

    assertThat(edges()).isEmpty();
  }

  @Test
  void the_state_of_now_decides_and_not_the_copy_in_the_event() {
    NodeId ada = add("Ada", "She wrote programs for the Analytical Engine.");
    CloudEvent late = store.last();
    add("Analytical Engine", "A machine of brass.");
    notes.set(ada, NodeData.node("Ada").body("She liked music."));

    handle(late);

    assertThat(edges()).isEmpty();
  }

  @Test
  void what_is_gone_meanwhile_is_no_error() {
    add("Analytical Engine", "A machine of brass.");
    NodeId ada = add("Ada", "She wrote programs for the Analytical Engine.");
    CloudEvent event = store.last();
    notes.send(new Archive(notes.id(), ada)).orThrow();
    assertThat(handle(event)).as("archived").isEqualTo(Connected.NOTHING);
    notes.send(new Restore(notes.id(), ada)).orThrow();
    notes.remove(ada);
    assertThat(handle(event)).as("removed").isEqualTo(Connected.NOTHING);
    notes.send(new RemoveGraph(notes.id())).orThrow();

    assertThat(handle(event)).as("with its graph").isEqualTo(Connected.NOTHING);
  }

  @Test
  void other_events_are_ignored() {
    NodeId ada = add("Ada", "");
    notes.send(new Archive(notes.id(), ada)).orThrow();

    assertThat(store.events())
        .extracting(CloudEvent::type, event -> connect.handle(event).isPresent())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("graph.created", false),
            org.assertj.core.groups.Tuple.tuple("node.added", true),
            org.assertj.core.groups.Tuple.tuple("node.archived", false));
  }

  @Test
  void a_graph_is_linked_as_its_setting_says_unless_somebody_says_otherwise() {
    var plain = ConnectNode.create(store.graphs, store.clock);
    add("Analytical Engine", "A machine of brass.");
    add("Ada", "She wrote programs for the Analytical Engine.");
    CloudEvent event = store.last();
    assertThat(plain.handle(event)).contains(Connected.NOTHING);

    notes.send(new SetAutoLink(notes.id(), AutoLink.MENTION)).orThrow();

    assertThat(plain.handle(event).orElseThrow().linked()).isEqualTo(1);
    assertThat(connect.always(Set.of()).handle(event).orElseThrow().repeated()).isEqualTo(1);
  }

  @Test
  void a_chunk_of_an_import_is_fetched_from_the_log_and_linked_in_parts() {
    var nodes = new ArrayList<ImportedNode>();
    for (int i = 0; i < 150; i++) {
      String next = "Island number " + (i + 1);
      nodes.add(
          new ImportedNode(
              notes.newNodeId(),
              NodeData.node("Island number " + i).body("By ship to " + next + ".")));
    }
    notes.send(new ImportNodes(notes.id(), nodes)).orThrow();
    CloudEvent chunk = store.last();
    assertThat(chunk.isSummary()).isTrue();
    var mentions = ConnectNode.create(store.graphs, store.clock).always(Set.of(LinkMethod.MENTION));

    assertThat(mentions.handle(chunk)).contains(new Connected(150, 149, 0, 0));
    assertThat(mentions.handle(chunk).orElseThrow().repeated()).isEqualTo(3);
  }

  @Test
  void nodes_that_are_two_again_are_both_linked() {
    add("Analytical Engine", "A machine of brass.");
    NodeId one = add("Ada", "");
    NodeId other = add("Augusta", "She wrote programs for the Analytical Engine.");
    notes.send(new MergeNodes(notes.id(), one, other)).orThrow();
    notes.send(new UnmergeNode(notes.id(), one, other)).orThrow();
    CloudEvent event =
        store.events().stream()
            .filter(each -> each.type().equals("node.unmerged"))
            .findFirst()
            .orElseThrow();

    assertThat(handle(event).nodes()).isEqualTo(2);
    assertThat(edges()).extracting(Edge::source).contains(other);
  }

  @Test
  void an_event_that_the_log_does_not_have_is_refused() {
    notes
        .send(
            new ImportNodes(
                notes.id(), List.of(new ImportedNode(notes.newNodeId(), NodeData.node("Ada")))))
        .orThrow();
    CloudEvent chunk = store.last();
    for (String place : List.of("99/0", "2/7", "1/0")) {
      String json = chunk.json().replace("/2/0\"", "/" + place + "\"");
      CloudEvent forged = CloudEvent.parse(json, "").orElseThrow();

      assertThatExceptionOfType(UndeliverableException.class)
          .isThrownBy(() -> connect.handle(forged))
          .matches(e -> e.code().equals("EVENT_NOT_IN_LOG"));
    }
  }

  @Test
  void a_subject_that_is_no_node_is_refused() {
    NodeId ada = add("Ada", "");
    String json = store.last().json().replace("\"subject\":\"" + ada, "\"subject\":\"secret" + ada);

    assertThatExceptionOfType(UndeliverableException.class)
        .isThrownBy(() -> connect.handle(CloudEvent.parse(json, "").orElseThrow()))
        .withMessage("subject: expected the id of a node");
  }

  @Test
  void an_event_that_names_another_owner_touches_nothing() {
    UserId mallory = UserId.of("mallory");
    add("Analytical Engine", "A machine of brass.");
    add("Ada", "She wrote programs for the Analytical Engine.");
    store.graphs.as(mallory).create(GraphData.named("notes"));
    CloudEvent event = store.last();
    CloudEvent forged =
        CloudEvent.parse(event.json().replace("\"/ada/", "\"/mallory/"), "").orElseThrow();
    assertThat(forged.graph()).isEqualTo(new GraphRef(mallory, notes.id()));
    long head = notes.position();

    assertThat(connect.handle(forged)).contains(Connected.NOTHING);

    assertThat(notes.position()).isEqualTo(head);
  }

  @Test
  void the_same_event_in_many_hands_at_once_links_once() {
    add("Analytical Engine", "A machine of brass.");
    add("Ada", "She wrote programs for the Analytical Engine.");
    CloudEvent event = store.last();

    var results = Together.run(6, i -> () -> handle(event));

    assertThat(results.stream().mapToLong(Connected::linked).sum()).isEqualTo(1);
    assertThat(edges()).hasSize(1);
  }

  @Test
  void events_that_come_thrice_and_out_of_order_make_what_each_once_makes() {
    long seed = Seeds.seed("ConnectNodeTest");
    String expected = null;
    for (int round = 0; round < 3; round++) {
      try (var fresh = new Store()) {
        var handler =
            ConnectNode.create(fresh.graphs, fresh.clock).always(EnumSet.allOf(LinkMethod.class));
        write(fresh.notes);
        var events = new ArrayList<>(fresh.events());
        if (round > 0) {
          events.addAll(List.copyOf(events));
          events.addAll(fresh.events());
          Collections.shuffle(events, new Random(seed + round));
        }
        events.forEach(handler::handle);
        var found = edges(fresh.notes);
        assertThat(found).isNotEmpty();
        expected = expected == null ? found : expected;
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  private static void write(GraphView graph) {
    var titles = List.of("Sea chart", "Salt road", "Copper mine", "Glass house", "Sea road");
    IntStream.range(0, titles.size())
        .forEach(
            i ->
                graph.add(
                    NodeData.node(titles.get(i))
                        .tag("trade")
                        .body(
                            "The merchants of the harbor left by the "
                                + titles.get((i + 1) % titles.size())
                                + " with copper and salt.")));
  }

  /** The edges by titles, for ids differ from store to store. */
  private static String edges(GraphView graph) {
    var lines = new ArrayList<String>();
    graph.forEachEdge(
        edge ->
            lines.add(
                graph.find(edge.source()).orElseThrow().title()
                    + " "
                    + edge.type()
                    + (edge.directed() ? " " : " and ")
                    + graph.find(edge.target()).orElseThrow().title()
                    + " "
                    + edge.weight()));
    Collections.sort(lines);
    return String.join("\n", lines);
  }
}
