package dev.knowledgegraph.internal.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealGraphTest {
  @ParameterizedTest
  @CsvSource({
    "MISERABLES, 77, 254",
    "COAUTHORS, 5242, 14496",
    "GRATEFUL_DEAD, 808, 8049",
    "ARCTIC, 1715, 6676",
    "WORDNET, 116650, 377592"
  })
  void is_read_as_it_was_published(RealGraph graph, int nodes, int edges) {
    SampleGraph read = graph.read();

    assertThat(read.nodes).isEqualTo(nodes);
    assertThat(read.arcs().count()).isEqualTo(edges);
  }
}
