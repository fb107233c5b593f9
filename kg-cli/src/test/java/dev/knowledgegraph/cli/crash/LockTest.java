package dev.knowledgegraph.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.UserId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process writes; others are told so, may read, and may wait. */
class LockTest {
  private static final String HERE =
      "the store is open for writing in another process (pid " + ProcessHandle.current().pid();

  @TempDir Path store;

  @Test
  void a_second_writing_process_hears_who_writes_since_when_and_what_to_do() {
    try (KnowledgeGraph open = KnowledgeGraph.open(store)) {
      Child.Result refused = addNode();

      assertThat(open.storage().isReadOnly()).isFalse();
      assertThat(refused.exitCode()).isEqualTo(7);
      assertThat(refused.err())
          .contains(HERE + ", since 2")
          .contains("Reading works: kg --store " + store, "Waiting: --wait 30s");
      assertThat(Child.run(store, "graph", "list").exitCode()).isZero();
    }
    assertThat(addNode().exitCode()).isZero();
  }

  @Test
  void a_refused_opening_in_the_writing_process_does_not_free_its_lock() {
    try (KnowledgeGraph open = KnowledgeGraph.open(store)) {
      assertThatThrownBy(() -> KnowledgeGraph.open(store))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("in this process");

      assertThat(addNode().exitCode()).isEqualTo(7);
      assertThat(open.storage().isReadOnly()).isFalse();
    }
  }

  @Test
  void a_process_that_waits_goes_on_when_the_store_is_free() {
    try (KnowledgeGraph open = KnowledgeGraph.open(store);
        Child child = Child.kg(store, "node", "add", "--title", "x", "--wait", "60s")) {
      assertThat(child.err().await(line -> line.startsWith("waiting: " + HERE))).isTrue();
      open.close();

      assertThat(child.await().exitCode()).isZero();
    }
  }

  @Test
  void a_schema_is_not_changed_under_a_writing_process() {
    try (KnowledgeGraph open = KnowledgeGraph.open(store)) {
      assertThat(Child.run(store, "migrate", "down", "--to", "0", "--yes").exitCode()).isEqualTo(7);
      assertThat(Child.run(store, "migrate", "status").exitCode()).isZero();
      assertThat(open.as(UserId.of("ada")).graphs()).isEmpty();
    }
    assertThat(Child.run(store, "migrate", "down", "--to", "1", "--yes").exitCode()).isZero();
    assertThat(Child.run(store, "migrate", "up").exitCode()).isZero();
  }

  @Test
  void waiting_ends() {
    try (KnowledgeGraph open = KnowledgeGraph.open(store)) {
      assertThat(Child.run(store, "--wait", "300ms", "node", "add", "--title", "x").exitCode())
          .isEqualTo(7);
      assertThat(Child.run(store, "--wait", "soon", "node", "add", "--title", "x").exitCode())
          .isEqualTo(2);
      assertThat(open.storage().isReadOnly()).isFalse();
    }
  }

  private Child.Result addNode() {
    return Child.run(store, "node", "add", "--title", "x");
  }
}
