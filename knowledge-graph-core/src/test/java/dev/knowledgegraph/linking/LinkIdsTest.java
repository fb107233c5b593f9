package dev.knowledgegraph.linking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.NodeId;
import org.junit.jupiter.api.Test;

class LinkIdsTest {
  private static final GraphId GRAPH = GraphId.parse("0190a4f0-0000-7000-8000-000000000001");
  private static final NodeId ADA = NodeId.parse("0190a4f0-0000-7000-8000-00000000000a");
  private static final NodeId ENGINE = NodeId.parse("0190a4f0-0000-7000-8000-00000000000e");

  @Test
  void an_id_is_the_uuid_of_version_5_of_method_and_ends_in_the_namespace_of_the_graph() {
    // Python: uuid.uuid5(uuid.UUID(graph), "similarity/" + ada + "/" + engine)
    assertThat(LinkIds.of(GRAPH, LinkMethod.SIMILARITY, ADA, ENGINE).toString())
        .isEqualTo("7e8e1f91-1b2e-5461-89be-c706d190c916");
  }

  @Test
  void another_method_or_the_other_direction_has_another_id() {
    assertThat(LinkIds.of(GRAPH, LinkMethod.SIMILARITY, ADA, ENGINE))
        .isNotEqualTo(LinkIds.of(GRAPH, LinkMethod.MENTION, ADA, ENGINE))
        .isNotEqualTo(LinkIds.of(GRAPH, LinkMethod.SIMILARITY, ENGINE, ADA));
  }
}
