package dev.knowledgegraph.io;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.RandomCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a graph is written to a file, and the file makes the same graph elsewhere. */
class LogTest {
  private static final UserId ADA = UserId.of("ada");
  private static final UserId BEN = UserId.of("ben");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final KnowledgeGraph store =
      KnowledgeGraph.builder().storage(new InMemoryStorage()).clock(clock).build();
  private KnowledgeGraph copy;
  private Path file;

  @BeforeEach
  void begin() {
    copy = KnowledgeGraph.open(folder.resolve("copy"));
    file = folder.resolve("graph.jsonl");
  }

  @AfterEach
  void close() {
    store.close();
    copy.close();
  }

  private GraphView notes() {
    GraphView notes = store.as(ADA).graph("notes");
    var ada = notes.add(node("Ada"));
    var engine = notes.add(node("Engine"));
    notes.link(ada, "KNOWS", engine);
    notes.remove(engine);
    return notes;
  }

  private LogImport.Report imported(UserId owner) throws IOException {
    return LogImport.run(copy, owner, file, ImportOptions.defaults(), progress -> {});
  }

  private RejectedException refused(UserId owner) {
    return catchThrowableOfType(RejectedException.class, () -> imported(owner));
  }

  private static List<Committed> log(KnowledgeGraph store, GraphRef graph) {
    return store.storage().read(graph, 0, Integer.MAX_VALUE);
  }

  private void isTheSame(GraphRef graph, GraphRef restored) {
    var storage = store.storage();
    assertThat(copy.storage().head(restored)).isEqualTo(storage.head(graph));
    assertThat(log(copy, restored)).isEqualTo(log(store, graph));
    for (long at = 1; at <= storage.head(graph).sequence(); at++) {
      assertThat(KnowledgeGraph.recount(copy.storage(), restored, at))
          .as("at %d", at)
          .isEqualTo(KnowledgeGraph.recount(storage, graph, at));
    }
    storage.forEachNode(
        graph,
        Long.MAX_VALUE,
        node ->
            assertThat(copy.storage().nodeHistory(restored, node.id()))
                .isEqualTo(storage.nodeHistory(graph, node.id())));
    storage.forEachEdge(
        graph,
        Long.MAX_VALUE,
        edge ->
            assertThat(copy.storage().edgeHistory(restored, edge.id()))
                .isEqualTo(storage.edgeHistory(graph, edge.id())));
  }

  @Test
  void whatever_happened_comes_back_at_every_position() throws IOException {
    for (long seed = 0; seed < 25; seed++) {
      var commands = new RandomCommands(seed, seed);
      for (RandomCommands.Step step : commands.take(60)) {
        clock.advance(Duration.ofMinutes(1));
        try {
          var unused = store.commands().send(step.caller(), step.command(), step.options());
        } catch (KnowledgeGraphException e) {
          // Many are refused, and that is meant.
        }
      }
      for (GraphRef graph : commands.graphs()) {
        if (store.storage().findGraph(graph.id()).isEmpty()) {
          continue;
        }
        LogExport.write(store.as(graph.owner()).graph(graph.id()), file);

        imported(graph.owner());

        isTheSame(graph, graph);
        assertThat(
                Answers.of(copy.storage(), graph, Long.MAX_VALUE)
                    .differenceFrom(Answers.of(store.storage(), graph, Long.MAX_VALUE)))
            .as("seed %d", seed)
            .isEmpty();
      }
    }
  }

  @Test
  void the_one_who_imports_owns_the_graph_and_authors_stay() throws IOException {
    GraphView notes = notes();
    LogExport.write(notes, file);

    var report = imported(BEN);

    assertThat(report.graph()).isEqualTo(new GraphRef(BEN, notes.id()));
    assertThat(report.written()).isEqualTo(notes.position());
    assertThat(report.totals().nodesAdded()).isEqualTo(1);
    assertThat(copy.as(BEN).graph("notes").graph().owner()).isEqualTo(BEN);
    assertThat(log(copy, report.graph())).extracting(Committed::actor).containsOnly(ADA);
    assertThat(copy.as(ADA).graphs()).isEmpty();
    assertThat(log(copy, report.graph())).isEqualTo(log(store, notes.ref()));
  }

  @Test
  void a_second_import_changes_nothing_and_a_longer_log_goes_on() throws IOException {
    GraphView notes = notes();
    LogExport.write(notes, file);
    imported(ADA);

    assertThat(imported(ADA).written()).isZero();

    notes.add(node("Later"));
    LogExport.write(notes, file);
    assertThat(imported(ADA).written()).isEqualTo(1);
    isTheSame(notes.ref(), notes.ref());
  }

  @Test
  void an_import_that_was_interrupted_goes_on() throws IOException {
    GraphView notes = store.as(ADA).graph("notes");
    for (int i = 0; i < 600; i++) {
      notes.add(node("Node " + i));
    }
    LogExport.write(notes, file);
    assertThatThrownBy(
            () ->
                LogImport.run(
                    copy,
                    ADA,
                    file,
                    ImportOptions.defaults(),
                    progress -> {
                      throw new CancellationException();
                    }))
        .isInstanceOf(CancellationException.class);

    assertThat(copy.storage().head(notes.ref()).sequence()).isBetween(1L, 600L);

    imported(ADA);

    isTheSame(notes.ref(), notes.ref());
  }

  @Test
  void a_log_up_to_an_earlier_moment_is_a_part_of_the_log() throws IOException {
    GraphView notes = notes();
    LogExport.write(notes.at(3), file);

    imported(ADA);

    assertThat(log(copy, notes.ref())).isEqualTo(log(store, notes.ref()).subList(0, 3));
  }

  @Test
  void a_dry_run_reads_all_and_changes_nothing() throws IOException {
    LogExport.write(notes(), file);
    copy.as(ADA).graph("notes");

    var report =
        LogImport.run(copy, ADA, file, ImportOptions.defaults().withDryRun(true), progress -> {});

    assertThat(report.written()).isPositive();
    assertThat(copy.as(ADA).graph("notes").position()).isEqualTo(1);
  }

  @Test
  void a_graph_of_that_name_makes_room_if_nothing_happened_to_it() throws IOException {
    GraphView notes = notes();
    LogExport.write(notes, file);
    copy.as(ADA).graph("notes");

    imported(ADA);

    isTheSame(notes.ref(), notes.ref());
  }

  @Test
  void a_packed_log_is_read_as_well() throws IOException {
    GraphView notes = notes();
    file = folder.resolve("graph.jsonl.gz");
    LogExport.write(notes, file);

    imported(ADA);

    assertThat(LogImport.recognizes(file)).isTrue();
    isTheSame(notes.ref(), notes.ref());
  }

  @Nested
  class It_does_not_touch {
    @Test
    void another_graph_of_that_name() throws IOException {
      LogExport.write(notes(), file);
      GraphView other = copy.as(ADA).graph("notes");
      other.add(node("Mine"));

      assertThat(refused(ADA)).hasMessageContaining("another graph named notes");
      assertThat(other.head().nodes()).isEqualTo(1);
    }

    @Test
    void the_graph_if_something_else_happened_to_it() throws IOException {
      GraphView notes = notes();
      LogExport.write(notes.at(2), file);
      imported(ADA);
      copy.as(ADA).graph("notes").add(node("Mine"));
      LogExport.write(notes, file);

      assertThat(refused(ADA)).hasMessageContaining("graph.jsonl:4", "another commit 3");
      assertThat(copy.as(ADA).graph("notes").position()).isEqualTo(3);
    }

    @Test
    void the_graph_of_another_user() throws IOException {
      LogExport.write(notes(), file);
      imported(ADA);

      assertThat(refused(BEN)).hasMessageContaining("already");
      assertThat(copy.as(BEN).graphs()).isEmpty();
    }

    @Test
    void a_graph_that_was_removed() throws IOException {
      GraphView notes = notes();
      LogExport.write(notes, file);
      imported(ADA);
      copy.as(ADA).send(new RemoveGraph(notes.id())).orThrow();

      assertThat(refused(ADA)).hasMessageContaining("removed");
    }
  }

  @Nested
  class A_bad_line_is_named_and_nothing_after_it_is_written {
    private void change(UnaryOperator<List<String>> change) throws IOException {
      LogExport.write(notes(), file);
      Files.write(file, change.apply(new ArrayList<>(Files.readAllLines(file))));
    }

    @Test
    void if_it_was_changed() throws IOException {
      change(
          lines -> {
            lines.replaceAll(line -> line.replace("Engine", "Motor"));
            return lines;
          });

      assertThat(refused(ADA))
          .hasMessageContaining("graph.jsonl:4", "2 commits before it are kept");
      assertThat(copy.as(ADA).graph("notes").position()).isEqualTo(2);
    }

    @Test
    void if_one_before_it_is_missing() throws IOException {
      change(
          lines -> {
            lines.remove(3);
            return lines;
          });

      assertThat(refused(ADA)).hasMessageContaining("graph.jsonl:4");
      assertThat(copy.as(ADA).graph("notes").position()).isEqualTo(2);
    }

    @Test
    void if_the_file_ends_too_early() throws IOException {
      change(lines -> lines.subList(0, 4));

      assertThat(refused(ADA)).hasMessageContaining("expected 5 commits, found 3");
    }

    @Test
    void if_it_tells_what_cannot_have_happened() throws IOException {
      GraphView notes = notes();
      var log = new LogLines();
      var lines = new ArrayList<String>();
      lines.add(log.write(new LogLines.Header(notes.id(), GraphData.named("notes"), 4)));
      List<Committed> entries = log(store, notes.ref());
      for (int i : new int[] {0, 1, 3}) {
        Committed entry = entries.get(i);
        var position = new Position(notes.id(), lines.size());
        lines.add(
            log.write(
                new Committed(
                    position,
                    entry.time(),
                    entry.actor(),
                    entry.commandId(),
                    entry.correlationId(),
                    entry.causationId(),
                    entry.events())));
      }
      Files.write(file, lines);

      assertThat(refused(ADA)).hasMessageContaining("graph.jsonl:4", "an edge between nodes");
      assertThat(copy.as(ADA).graph("notes").position()).isEqualTo(2);
    }

    @Test
    void if_it_is_the_first() throws IOException {
      Files.writeString(file, "{\"format\":\"knowledge-graph-log\",\"version\":99}\n");

      assertThat(refused(ADA)).hasMessageContaining("graph.jsonl:1", "newer release");
      assertThat(copy.as(ADA).graphs()).isEmpty();
    }
  }
}
