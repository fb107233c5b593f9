package dev.knowledgegraph.tck.search;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.NodeCommand.Archive;
import dev.knowledgegraph.command.SettingsCommand.SetAutoLink;
import dev.knowledgegraph.command.SettingsCommand.SetPolicy;
import dev.knowledgegraph.command.SettingsCommand.SetVisibility;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.linking.Link;
import dev.knowledgegraph.linking.Link.Outcome;
import dev.knowledgegraph.linking.LinkIds;
import dev.knowledgegraph.linking.LinkReport;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.model.Visibility;
import dev.knowledgegraph.spi.GraphHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Linking by what nodes say, on a storage and a search index together: what is linked, what is left
 * alone, and how it goes on in the background.
 */
public abstract class LinkingContract {
  private static final UserId ADA = UserId.of("ada");
  private static final UserId EVE = UserId.of("eve");

  private KnowledgeGraph store;
  private GraphView graph;

  /** A suite on a store that is empty at first. */
  protected LinkingContract(KnowledgeGraph empty) {
    store = empty;
    graph = store.as(ADA).create(GraphData.named("notes"));
  }

  /**
   * Opens the same store again, which was closed if it can be.
   *
   * @param searchable whether it has a search index; without one nothing can be compared
   */
  protected abstract KnowledgeGraph reopen(KnowledgeGraph before, boolean searchable);

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen(boolean searchable) {
    store = reopen(store, searchable);
    graph = store.as(ADA).graph("notes");
  }

  private List<Edge> edges() {
    var edges = new ArrayList<Edge>();
    graph.forEachEdge(edges::add);
    return edges;
  }

  private Edge onlyEdge() {
    assertThat(edges()).hasSize(1);
    return edges().getFirst();
  }

  private static List<Outcome> outcomes(List<Link> links) {
    return links.stream().map(Link::outcome).toList();
  }

  private GraphView.Linking similar() {
    return graph.linking().by(LinkMethod.SIMILARITY);
  }

  private GraphView.Linking mentions() {
    return graph.linking().by(LinkMethod.MENTION);
  }

  private NodeId addEngine() {
    return graph.add(node("Analytical Engine").body("A machine of brass wheels.").tag("history"));
  }

  private NodeId addTwin() {
    return graph.add(node("Difference Engine").body("A machine with brass wheels").tag("History"));
  }

  /** Nodes of the same words, each with a word of its own. */
  private void addMany(int count) {
    for (int i = 0; i < count; i++) {
      graph.add(node("steam engine brass wheels machine " + "abcdefghij".charAt(i) + "xyz"));
    }
  }

  @Nested
  class Alike_nodes {
    @Test
    void get_one_edge_both_ways_with_score_and_reason() {
      NodeId engine = addEngine();
      NodeId twin = addTwin();
      graph.add(node("Poems").body("Roses are red"));

      assertThat(similar().link().linked()).isEqualTo(1);

      Edge edge = onlyEdge();
      assertThat(edge.type()).isEqualTo(EdgeType.SIMILAR);
      assertThat(edge.directed()).isFalse();
      assertThat(Set.of(edge.source(), edge.target())).isEqualTo(Set.of(engine, twin));
      assertThat(edge.source()).isLessThan(edge.target());
      assertThat(edge.id())
          .isEqualTo(LinkIds.of(graph.id(), LinkMethod.SIMILARITY, edge.source(), edge.target()));
      var provenance = edge.data().provenance();
      assertThat(provenance.origin()).isEqualTo(Origin.AUTOMATIC);
      assertThat(provenance.method()).isEqualTo("similarity");
      assertThat(provenance.confidence()).isEqualTo(edge.weight());
      assertThat(provenance.reason())
          .startsWith("both say engine, machine, brass, wheels; both tagged history; cosine 0.");
    }

    @Test
    void that_say_the_same_have_a_weight_of_1() {
      addEngine();
      addEngine();
      similar().link();

      assertThat(onlyEdge().weight()).isEqualTo(1);
    }

    @Test
    void are_scored_by_cosine_words_and_tags() {
      addEngine();
      addTwin();
      Link link = similar().propose().getFirst();

      String reason = link.reason();
      double cosine = Double.parseDouble(reason.substring(reason.lastIndexOf(' ') + 1));
      // ln(½ + 3 ÷ (n + ½)) for what both nodes have, and for what one has; in titles more
      double t = 1 + Math.log(3);
      double both = Math.pow(Math.log(0.5 + 3 / 2.5), 2);
      double one = Math.pow(Math.log(0.5 + 3 / 1.5), 2);
      double shared = (t * t + 4) * both;
      double keyword = shared / (shared + t * t * one);
      assertThat(link.score()).isCloseTo(0.1 * cosine + 0.9 * keyword, within(0.001));
    }

    @Test
    void below_the_score_asked_for_are_not_linked() {
      addEngine();
      addTwin();

      assertThat(similar().with(LinkSettings.standard().withMinScore(0.99)).propose()).isEmpty();
    }

    @Test
    void get_no_more_links_than_asked_for_though_all_are_alike() {
      addMany(8);
      var settings =
          LinkSettings.standard()
              .withMethods(Set.of(LinkMethod.SIMILARITY))
              .withMinScore(0.1)
              .withMaxPerNode(2);

      LinkReport first = graph.linking().with(settings).link();

      assertThat(first.linked()).isBetween(4L, 8L);
      graph.forEachNode(
          node ->
              assertThat(
                      edges().stream()
                          .filter(
                              e -> e.source().equals(node.id()) || e.target().equals(node.id())))
                  .hasSizeLessThanOrEqualTo(2));
      GraphHead head = graph.head();
      assertThat(graph.linking().with(settings).link().linked()).isZero();
      assertThat(graph.head()).isEqualTo(head);
    }

    @Test
    void that_are_archived_are_left_alone() {
      addEngine();
      graph.send(new Archive(graph.id(), addTwin())).orThrow();

      assertThat(similar().propose()).isEmpty();
    }
  }

  @Nested
  class A_mention {
    @Test
    void becomes_a_reference_with_its_place() {
      NodeId engine = addEngine();
      NodeId ada =
          graph.add(
              node("Ada").body("😀 She wrote for the analytical\nengine. Analytical Engine!"));

      assertThat(mentions().link().linked()).isEqualTo(1);

      Edge edge = onlyEdge();
      assertThat(edge.type()).isEqualTo(EdgeType.REFERENCE);
      assertThat(edge.source()).isEqualTo(ada);
      assertThat(edge.target()).isEqualTo(engine);
      assertThat(edge.directed()).isTrue();
      assertThat(edge.properties().find("start")).contains(PropertyValue.of(20L));
      assertThat(edge.properties().find("length")).contains(PropertyValue.of(17L));
      var provenance = edge.data().provenance();
      assertThat(provenance.origin()).isEqualTo(Origin.AUTOMATIC);
      assertThat(provenance.method()).isEqualTo("mention");
      assertThat(provenance.confidence()).isBetween(0.1, 1.0);
      assertThat(provenance.reason()).isEqualTo("mentions \"Analytical Engine\" 2 times");
    }

    @Test
    void of_a_node_is_found_in_bodies_that_were_there_before_it() {
      graph.add(node("Ada").body("She wrote for the Analytical Engine."));
      graph.add(node("Charles").body("He drew a Difference Engine."));
      NodeId engine = addEngine();
      addTwin();

      var links = mentions().at(Set.of(engine)).propose();

      assertThat(links).extracting(link -> link.data().target()).containsExactly(engine);
    }

    @Test
    void of_a_name_that_two_nodes_have_is_counted_and_not_linked() {
      graph.add(node("Mercury"));
      graph.add(node("Mercury"));
      graph.add(node("Venus").body("not Mercury"));

      LinkReport report = mentions().propose(link -> {});

      assertThat(report.linked()).isZero();
      assertThat(report.ambiguousNames()).isEqualTo(1);
    }
  }

  @Nested
  class Again {
    @Test
    void changes_nothing() {
      addEngine();
      addTwin();
      graph.add(node("Ada").body("The Analytical Engine and the Difference Engine."));
      LinkReport first = graph.linking().link();
      GraphHead head = graph.head();

      LinkReport second = graph.linking().link();

      assertThat(first.linked()).isGreaterThanOrEqualTo(3);
      assertThat(second.linked()).isZero();
      assertThat(second.present()).isEqualTo(first.linked());
      assertThat(graph.head()).isEqualTo(head);
    }

    @Test
    void what_was_removed_stays_removed() {
      addEngine();
      addTwin();
      similar().link();
      graph.remove(onlyEdge().id());
      GraphHead head = graph.head();

      assertThat(outcomes(similar().propose())).containsExactly(new Outcome.TakenBack());
      assertThat(similar().link().takenBack()).isEqualTo(1);
      assertThat(graph.head()).isEqualTo(head);

      reopen(true);
      assertThat(similar().link().takenBack()).isEqualTo(1);
      assertThat(edges()).isEmpty();
    }

    @Test
    void an_edge_that_somebody_made_is_not_doubled_whichever_way_it_points() {
      NodeId engine = addEngine();
      NodeId twin = addTwin();
      graph.link(twin, "SIMILAR", engine);
      graph.send(new SetPolicy(graph.id(), Policy.open())).orThrow();

      assertThat(outcomes(similar().propose())).containsExactly(new Outcome.Present());
      assertThat(similar().link().present()).isEqualTo(1);
      assertThat(edges()).hasSize(1);
    }

    @Test
    void a_reference_the_other_way_is_another_unless_it_holds_both_ways() {
      NodeId engine = addEngine();
      NodeId ada = graph.add(node("Ada").body("The Analytical Engine"));
      var back = graph.link(engine, "REFERENCE", ada);
      assertThat(outcomes(mentions().propose())).containsExactly(new Outcome.Linked());
      graph.remove(back);
      graph.link(EdgeData.edge(engine, EdgeType.REFERENCE, ada).withDirected(false));

      assertThat(outcomes(mentions().propose())).containsExactly(new Outcome.Present());
    }
  }

  @Nested
  class A_dry_run {
    @Test
    void changes_nothing_and_tells_what_the_run_does() {
      addMany(6);
      addEngine();
      graph.add(node("Ada").body("The Analytical Engine"));
      GraphHead head = graph.head();

      var proposed = new ArrayList<Link>();
      LinkReport before = graph.linking().propose(proposed::add);
      assertThat(graph.head()).isEqualTo(head);
      var made = new ArrayList<Link>();
      LinkReport after = graph.linking().link(made::add);

      assertThat(before).isEqualTo(after);
      assertThat(proposed).isEqualTo(made);
      assertThat(graph.head().edges()).isEqualTo(before.linked());
    }

    @Test
    void tells_what_a_rule_would_refuse() {
      strict(graph, 2);
      addMany(4);

      LinkReport before = similar().propose(link -> {});
      LinkReport after = similar().link();

      assertThat(before).isEqualTo(after);
      assertThat(after.refused()).isPositive();
    }

    @Test
    void is_of_now() {
      assertThatIllegalStateException().isThrownBy(() -> graph.at(1).linking().propose());
    }
  }

  private static void strict(GraphView graph, int edgesPerNode) {
    Policy open = Policy.open();
    graph
        .send(
            new SetPolicy(
                graph.id(),
                new Policy(
                    "few",
                    open.maxNodes(),
                    open.maxEdges(),
                    edgesPerNode,
                    false,
                    open.maxTitle(),
                    open.maxBody(),
                    false,
                    false,
                    false,
                    0,
                    1,
                    open.maxTags(),
                    open.maxTagLength(),
                    open.maxCoordinate(),
                    true)))
        .orThrow();
  }

  @Test
  void what_a_rule_refuses_holds_back_nothing_else() {
    strict(graph, 1);
    addMany(3);
    addEngine();

    LinkReport report = similar().link();

    assertThat(report.linked()).isPositive();
    assertThat(report.refused()).isPositive();
    assertThat(edges()).hasSize((int) report.linked());
  }

  @Test
  void a_run_that_is_stopped_keeps_what_it_made_and_goes_on_the_next_time() {
    for (int i = 0; i < 70; i++) {
      graph.add(
          node("Note " + (char) ('a' + i / 26) + (char) ('a' + i % 26) + "x")
              .body("About Engine."));
    }
    graph.add(node("Engine"));
    var stopping =
        new dev.knowledgegraph.linking.LinkListener() {
          @Override
          public void decided(Link link) {}

          @Override
          public boolean reached(long nodes, long total) {
            assertThat(total).isEqualTo(71);
            return false;
          }
        };

    LinkReport stopped = mentions().link(stopping);

    assertThat(stopped.complete()).isFalse();
    assertThat(stopped.linked()).isBetween(1L, 69L);
    assertThat(graph.head().edges()).isEqualTo(stopped.linked());
    mentions().link();
    assertThat(graph.head().edges()).isEqualTo(70);
  }

  @Test
  void nobody_else_can_link_a_graph_whether_it_can_be_read_or_not() {
    addEngine();
    addTwin();
    GraphHead head = graph.head();
    graph.send(new SetVisibility(graph.id(), Visibility.PUBLIC_READ)).orThrow();
    GraphView eves = store.as(EVE).graph(graph.id());

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> eves.linking().link())
        .satisfies(e -> assertThat(e.rejection().code()).isEqualTo("FORBIDDEN"));
    graph.send(new SetVisibility(graph.id(), Visibility.PRIVATE)).orThrow();
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> eves.linking().propose())
        .satisfies(e -> assertThat(e.rejection().code()).isEqualTo("GRAPH_NOT_FOUND"));
    assertThat(graph.head().edges()).isEqualTo(head.edges());
  }

  @Test
  void nothing_of_another_graph_is_linked_or_told() {
    GraphView hers = store.as(EVE).create(GraphData.named("notes"));
    hers.add(node("Analytical Engine").body("A machine of brass wheels.").tag("history"));
    hers.add(node("Babbage").body("The Analytical Engine"));
    addEngine();

    assertThat(graph.linking().propose()).isEmpty();
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(
            () -> {
              var ids = new ArrayList<NodeId>();
              hers.forEachNode(each -> ids.add(each.id()));
              graph.linking().at(ids).propose();
            })
        .satisfies(e -> assertThat(e.rejection().code()).isEqualTo("NODE_NOT_FOUND"));
  }

  @Nested
  class In_the_background {
    private void turn(AutoLink autoLink) {
      graph.send(new SetAutoLink(graph.id(), autoLink)).orThrow();
    }

    @Test
    void nothing_is_linked_unless_the_graph_says_so() {
      addEngine();
      addTwin();
      store.drainAutoLinking();

      assertThat(edges()).isEmpty();
    }

    @Test
    void new_and_changed_nodes_are_linked_and_those_from_before_with_them() {
      addEngine();
      addTwin();
      turn(AutoLink.ALL);
      store.drainAutoLinking();
      assertThat(edges()).as("of nodes from before alone").isEmpty();

      NodeId ada = graph.add(node("Ada").body("Poems and mathematics"));
      store.drainAutoLinking();
      assertThat(edges()).isEmpty();
      graph.set(ada, node("Ada").body("The Analytical Engine of 1837"));
      store.drainAutoLinking();

      assertThat(edges())
          .extracting(Edge::source, Edge::type)
          .contains(org.assertj.core.api.Assertions.tuple(ada, EdgeType.REFERENCE));
      assertThat(edges()).allMatch(e -> e.source().equals(ada) || e.target().equals(ada));
    }

    @Test
    void a_new_name_is_found_in_what_was_said_before() {
      graph.add(node("Ada").body("She wrote for the Analytical Engine."));
      turn(AutoLink.MENTION);
      NodeId engine = addEngine();
      store.drainAutoLinking();

      assertThat(onlyEdge().target()).isEqualTo(engine);
    }

    @Test
    void its_own_edges_and_what_was_removed_lead_to_no_new_ones() {
      turn(AutoLink.SIMILARITY);
      addEngine();
      NodeId twin = addTwin();
      store.drainAutoLinking();
      graph.remove(onlyEdge().id());
      store.drainAutoLinking();
      GraphHead head = graph.head();
      store.drainAutoLinking();
      assertThat(graph.head()).isEqualTo(head);

      graph.set(twin, node("Difference Engine").body("A machine with wheels of brass"));
      store.drainAutoLinking();
      assertThat(edges()).isEmpty();
    }

    @Test
    void it_ends_when_it_is_switched_off() {
      turn(AutoLink.SIMILARITY);
      addEngine();
      store.drainAutoLinking();
      turn(AutoLink.OFF);
      addTwin();
      store.drainAutoLinking();

      assertThat(edges()).isEmpty();
    }

    @Test
    void closing_the_store_links_what_waits() {
      turn(AutoLink.SIMILARITY);
      addEngine();
      addTwin();
      reopen(true);

      assertThat(edges()).hasSize(1);
    }

    @Test
    void what_failed_is_done_after_the_next_commit_though_the_process_ended() {
      turn(AutoLink.SIMILARITY);
      reopen(false);
      addEngine();
      addTwin();
      store.drainAutoLinking();
      assertThat(edges()).as("nothing can be compared").isEmpty();
      reopen(true);
      assertThat(edges()).isEmpty();

      graph.add(node("Poems").body("Roses are red"));
      store.drainAutoLinking();

      assertThat(edges()).hasSize(1);
    }
  }
}
