package dev.knowledgegraph;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery.Traverse;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.Traversal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Ada described the engine; Babbage built it, and it is made of wheels, which are made of brass.
 */
class TraversalTest {
  private final KnowledgeGraph store = KnowledgeGraph.inMemory();
  private final GraphView notes = store.as(UserId.of("ada")).graph("notes");
  private final NodeId ada = notes.add(node("Ada").label("Person"));
  private final NodeId babbage = notes.add(node("Babbage").label("Person"));
  private final NodeId engine = notes.add(node("Engine").label("Machine"));
  private final NodeId wheels = notes.add(node("Wheels").label("Part"));
  private final NodeId brass = notes.add(node("Brass").label("Material"));

  TraversalTest() {
    notes.link(ada, "DESCRIBED", engine);
    notes.link(babbage, "BUILT", engine);
    notes.link(engine, "MADE_OF", wheels);
    notes.link(wheels, "MADE_OF", brass);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> titles(Traversal traversal) {
    return notes.traverse(traversal).stream().map(Node::title).toList();
  }

  @Test
  void steps_follow_one_another_along_types_and_directions() {
    assertThat(titles(Traversal.from(ada).out("DESCRIBED").out("MADE_OF")))
        .containsExactly("Wheels");
    assertThat(titles(Traversal.from(ada).out().in())).containsExactly("Ada", "Babbage");
    assertThat(titles(Traversal.from(ada).out().in().withoutStarts())).containsExactly("Babbage");
    assertThat(titles(Traversal.from(ada).out("BUILT"))).isEmpty();
  }

  @Test
  void a_hop_can_be_taken_several_times() {
    assertThat(titles(Traversal.from(engine).out("MADE_OF").hops(1, 9)))
        .containsExactly("Wheels", "Brass");
    assertThat(titles(Traversal.from(engine).out().hops(0, 1))).containsExactly("Engine", "Wheels");
    assertThat(titles(Traversal.from(engine).both().hops(2, 2))).containsExactly("Brass");
  }

  @Test
  void only_nodes_that_pass_a_filter_go_on() {
    var people = NodeFilter.all().withLabels(List.of("Person"));

    assertThat(titles(Traversal.from(engine).both().where(people)))
        .containsExactly("Ada", "Babbage");
    assertThat(titles(Traversal.from(engine).both().where(people).both()))
        .containsExactly("Engine");
  }

  @Test
  void the_total_is_exact_though_fewer_are_shown() {
    var found = notes.ask(new Traverse(notes.id(), Traversal.from(engine).both(), 2));

    assertThat(found.total()).isEqualTo(3);
    assertThat(found.nodes()).hasSize(2);
  }

  @Test
  void a_beginning_can_be_shared() {
    var engines = Traversal.from(ada).out();

    assertThat(titles(engines.out())).containsExactly("Wheels");
    assertThat(titles(engines.in())).containsExactly("Ada", "Babbage");
    assertThat(titles(engines)).containsExactly("Engine");
  }

  @Test
  void it_explains_itself() {
    var people = NodeFilter.all().withLabels(List.of("Person"));

    assertThat(Traversal.from(ada).out("DESCRIBED").hops(1, 3).both().where(people).explain())
        .isEqualTo(
            """
            begin at 1 node
            go 1 to 3 hops outgoing along DESCRIBED
            go 1 hop either way along all edges
            keep nodes by label Person\
            """);
  }

  @Test
  void what_is_no_traversal_is_refused() {
    assertThatIllegalStateException().isThrownBy(() -> Traversal.from(ada).hops(1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Traversal.from(ada).out().hops(3, 2));
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> notes.ask(new Traverse(notes.id(), Traversal.from(ada), 0)));
  }
}
