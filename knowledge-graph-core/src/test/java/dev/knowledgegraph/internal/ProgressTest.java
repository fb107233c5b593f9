package dev.knowledgegraph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.GraphQuery.FindChains;
import dev.knowledgegraph.query.GraphQuery.FindCommunities;
import dev.knowledgegraph.query.GraphQuery.MakeReport;
import dev.knowledgegraph.query.GraphQuery.RankNodes;
import dev.knowledgegraph.query.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An analysis says how far it is, and can be stopped. */
class ProgressTest {
  private final KnowledgeGraph store = KnowledgeGraph.inMemory();
  private final GraphView ring = store.as(UserId.of("ada")).graph("ring");
  private final Map<String, Long> heard = new HashMap<>();
  private NodeId first = NodeId.of(new UUID(0, 0));

  @BeforeEach
  void fill() {
    first = ring.add(NodeData.node("0"));
    NodeId last = first;
    for (int i = 1; i < 50; i++) {
      NodeId next = ring.add(NodeData.node(String.valueOf(i)));
      ring.link(last, "NEXT", next);
      last = next;
    }
    ring.link(last, "NEXT", first);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> stepsOf(GraphQuery<?> query) {
    heard.clear();
    Thread asking = Thread.currentThread();
    ring.with(
            (step, done, total) -> {
              assertThat(done).isBetween(heard.getOrDefault(step, 0L), total);
              assertThat(Thread.currentThread()).isSameAs(asking);
              heard.put(step, done);
            })
        .ask(query);
    return heard.keySet().stream().sorted().toList();
  }

  @Test
  void steps_are_told_by_name() {
    assertThat(stepsOf(new RankNodes(ring.id(), Metric.PAGERANK, 3))).containsExactly("PageRank");
    assertThat(stepsOf(new RankNodes(ring.id(), Metric.BETWEENNESS, 3)))
        .containsExactly("betweenness");
    assertThat(stepsOf(new RankNodes(ring.id(), Metric.HARMONIC, 3))).containsExactly("closeness");
    assertThat(stepsOf(new RankNodes(ring.id(), Metric.TRIANGLES, 3))).containsExactly("triangles");
    assertThat(stepsOf(new FindChains(ring.id(), first, 3, 3))).contains("communities");
    assertThat(stepsOf(new MakeReport(ring.id(), 3))).contains("PageRank");
  }

  @Test
  void what_a_listener_throws_stops_the_question() {
    var stop = new IllegalStateException("enough");
    GraphView stopped =
        ring.with(
            (step, done, total) -> {
              throw stop;
            });

    assertThatThrownBy(() -> stopped.ask(new FindCommunities(ring.id(), 1, 0))).isSameAs(stop);
    assertThat(ring.ask(new FindCommunities(ring.id(), 1, 0)).communities()).isNotEmpty();
  }

  @Test
  void who_interrupts_the_thread_stops_the_question() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> ring.ask(new RankNodes(ring.id(), Metric.PAGERANK, 3)))
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining("PageRank");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
