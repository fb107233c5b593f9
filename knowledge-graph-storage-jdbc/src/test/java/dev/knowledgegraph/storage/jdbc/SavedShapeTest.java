package dev.knowledgegraph.storage.jdbc;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.knowledgegraph.GraphShape;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.ShapeSink;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shape of a graph is kept beside its store, and believed only as far as the log agrees. */
class SavedShapeTest {
  private static final int NODES = 20_001;
  private static final UserId ADA = UserId.of("ada");

  @TempDir Path directory;
  private final AtomicInteger reads = new AtomicInteger();
  private final List<NodeId> nodes = new ArrayList<>();

  @BeforeEach
  void a_store_with_a_chain_whose_shape_was_asked_for() {
    try (var store = open()) {
      var notes = notes(store);
      var commands = new ArrayList<GraphCommand>();
      for (int i = 0; i < NODES; i++) {
        nodes.add(notes.newNodeId());
        commands.add(new AddNode(notes.id(), nodes.get(i), node("n" + i)));
        if (i > 0) {
          commands.add(edge(notes, i - 1, i));
        }
      }
      notes.sendAll(commands).forEach(result -> result.orThrow());
      assertThat(notes.shape().nodes()).isEqualTo(NODES);
    }
    assertThat(file()).isRegularFile();
    reads.set(0);
  }

  private GraphCommand edge(GraphView notes, int source, int target) {
    return new AddEdge(
        notes.id(),
        notes.newEdgeId(),
        EdgeData.edge(nodes.get(source), EdgeType.RELATED, nodes.get(target)));
  }

  /** A store that counts how often a whole shape is read from its tables. */
  private KnowledgeGraph open() {
    Storage counting =
        new StorageDecorator(JdbcStorage.openSqlite(directory)) {
          @Override
          public void readShape(GraphRef graph, long at, ShapeSink sink) {
            reads.incrementAndGet();
            super.readShape(graph, at, sink);
          }
        };
    return KnowledgeGraph.builder().storage(counting).build();
  }

  private static GraphView notes(KnowledgeGraph store) {
    return store.as(ADA).graph("notes");
  }

  private Path file() {
    try (var files = Files.list(directory.resolve("shapes"))) {
      return files.filter(file -> file.toString().endsWith(".shape")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireWhole(GraphShape shape, int lastDegree) {
    assertThat(shape.nodes()).isEqualTo(NODES);
    assertThat(shape.countWithin(nodes.getFirst(), NODES, Direction.OUTGOING)).isEqualTo(NODES - 1);
    assertThat(shape.degree(nodes.getLast(), Direction.BOTH)).isEqualTo(lastDegree);
  }

  @Test
  void the_next_process_reads_the_file_instead_of_the_tables() {
    try (var store = open()) {
      requireWhole(notes(store).shape(), 1);
    }
    assertThat(reads).hasValue(0);
  }

  @Test
  void who_may_read_the_store_may_read_the_file() throws IOException {
    assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(Files.getPosixFilePermissions(directory.resolve("kg.json")));
  }

  @Test
  void what_a_killed_process_left_of_a_file_hinders_nobody() throws IOException {
    Path part = Files.createFile(file().resolveSibling(file().getFileName() + ".0.part"));
    byte[] good = Files.readAllBytes(file());
    Files.delete(file());
    try (var store = open()) {
      requireWhole(notes(store).shape(), 1);
    }
    assertThat(file()).hasBinaryContent(good);
    assertThat(part).exists();
    Files.setLastModifiedTime(part, FileTime.from(Instant.EPOCH));
    try (var store = open()) {
      notes(store).send(edge(notes(store), 0, NODES - 1)).orThrow();
      requireWhole(notes(store).shape(), 2);
    }
    assertThat(part).doesNotExist();
  }

  @Test
  void what_was_written_since_is_taken_from_the_log() {
    try (var store = open()) {
      var notes = notes(store);
      notes.send(edge(notes, 0, NODES - 1)).orThrow();
      requireWhole(notes.shape(), 2);
    }
    assertThat(reads).hasValue(0);
  }

  @Test
  void a_damaged_file_is_as_good_as_none() throws IOException {
    byte[] good = Files.readAllBytes(file());
    for (int place : new int[] {0, 9, 40, 120, good.length / 2, good.length - 3}) {
      byte[] damaged = good.clone();
      damaged[place] ^= 0x11;
      Files.write(file(), damaged);
      try (var store = open()) {
        requireWhole(notes(store).shape(), 1);
      }
    }
    assertThat(reads.getAndSet(0)).isEqualTo(6);
    for (int length : new int[] {0, 7, 100, good.length / 2, good.length - 1}) {
      Files.write(file(), Arrays.copyOf(good, length));
      try (var store = open()) {
        requireWhole(notes(store).shape(), 1);
      }
    }
    assertThat(reads).hasValue(5);
  }

  @Test
  void a_file_from_after_a_restored_backup_is_not_believed() throws IOException {
    Path backup = directory.resolveSibling("backup-of-" + directory.getFileName());
    try (var storage = JdbcStorage.openSqlite(directory)) {
      storage.backup(backup);
    }
    Path ahead = Files.createTempFile("ahead", ".shape");
    try (var store = open()) {
      var notes = notes(store);
      notes.send(edge(notes, 0, NODES - 1)).orThrow();
      Files.delete(file());
      requireWhole(notes.shape(), 2);
    }
    Files.copy(file(), ahead, StandardCopyOption.REPLACE_EXISTING);
    for (String name : List.of("events.db", "events.db-wal", "events.db-shm")) {
      Files.deleteIfExists(directory.resolve(name));
    }
    Files.copy(backup.resolve("events.db"), directory.resolve("events.db"));
    Files.copy(ahead, file(), StandardCopyOption.REPLACE_EXISTING);
    reads.set(0);

    try (var store = open()) {
      var notes = notes(store);
      requireWhole(notes.shape(), 1);
      // The log comes to where the file is, by another way.
      notes.send(edge(notes, 5, 9)).orThrow();
    }
    Files.copy(ahead, file(), StandardCopyOption.REPLACE_EXISTING);
    try (var store = open()) {
      requireWhole(notes(store).shape(), 1);
      assertThat(notes(store).shape().degree(nodes.get(9), Direction.BOTH)).isEqualTo(3);
    }
    assertThat(reads).hasValue(2);
  }
}
