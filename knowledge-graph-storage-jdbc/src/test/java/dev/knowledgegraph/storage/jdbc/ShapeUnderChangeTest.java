package dev.knowledgegraph.storage.jdbc;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.tck.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four readers walk while a writer adds and removes: every answer is that of one position. */
class ShapeUnderChangeTest {
  private static final UserId ADA = UserId.of("ada");
  private static final int READERS = 4;
  private static final int WRITES = 300;
  private static final int CHECKED = 400;
  private static final int DEPTH = 3;

  @TempDir Path directory;

  private record Answer(long position, NodeId node, int count) {}

  @Test
  void every_answer_beside_a_writer_equals_the_answer_at_its_position() throws Exception {
    var random = new Random(Seeds.seed("shape under change"));
    Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    try (var storage = JdbcStorage.openSqlite(directory);
        var store = KnowledgeGraph.builder().storage(storage).build();
        var threads = Executors.newFixedThreadPool(READERS)) {
      var notes = store.as(ADA).graph("notes");
      var nodes = new ArrayList<NodeId>();
      for (int i = 0; i < 100; i++) {
        nodes.add(notes.add(node("n" + i)));
      }
      var first = List.copyOf(nodes);
      var done = new AtomicBoolean();
      var readers = new ArrayList<Future<?>>();
      for (int reader = 0; reader < READERS; reader++) {
        long seed = random.nextLong();
        readers.add(threads.submit(reading(notes, first, seed, done, answers)));
      }
      write(notes, nodes, random);
      done.set(true);
      for (var reader : readers) {
        reader.get();
      }
      check(storage, notes, List.copyOf(answers));
    }
  }

  private static Callable<Object> reading(
      GraphView notes, List<NodeId> nodes, long seed, AtomicBoolean done, Queue<Answer> answers) {
    return () -> {
      var random = new Random(seed);
      while (!done.get()) {
        var shape = notes.shape();
        var node = nodes.get(random.nextInt(nodes.size()));
        answers.add(
            new Answer(shape.position(), node, shape.countWithin(node, DEPTH, Direction.OUTGOING)));
      }
      return seed;
    };
  }

  private static void write(GraphView notes, List<NodeId> nodes, Random random) {
    var edges = new ArrayList<EdgeId>();
    for (int i = 0; i < WRITES; i++) {
      var commands = new ArrayList<GraphCommand>();
      var added = notes.newNodeId();
      commands.add(new AddNode(notes.id(), added, node("more " + i)));
      nodes.add(added);
      for (int k = 0; k < 4; k++) {
        var edge = notes.newEdgeId();
        edges.add(edge);
        var source = nodes.get(random.nextInt(nodes.size()));
        var target = nodes.get(random.nextInt(nodes.size()));
        var data = EdgeData.edge(source, EdgeType.RELATED, target);
        commands.add(
            new AddEdge(notes.id(), edge, random.nextBoolean() ? data : data.withDirected(false)));
      }
      commands.add(new RemoveEdge(notes.id(), edges.remove(random.nextInt(edges.size()))));
      if (random.nextInt(4) == 0) {
        commands.add(new RemoveNode(notes.id(), nodes.remove(random.nextInt(nodes.size()))));
      }
      // Some are refused, for their edge went with a node; that is as good.
      notes.sendAll(commands);
    }
  }

  private static void check(JdbcStorage storage, GraphView notes, List<Answer> answers) {
    assertThat(answers).hasSizeGreaterThan(READERS);
    assertThat(answers.stream().map(Answer::position).distinct().count()).isGreaterThan(10);
    var walked =
        KnowledgeGraph.builder().storage(storage).adjacencyMemory(0).build().as(ADA).graph("notes");
    int step = Math.max(1, answers.size() / CHECKED);
    for (int i = 0; i < answers.size(); i += step) {
      var answer = answers.get(i);
      var then = walked.at(answer.position());
      long expected =
          then.find(answer.node()).isEmpty()
              ? 0
              : then.ask(
                      new FindNeighbors(
                          notes.id(), answer.node(), DEPTH, Direction.OUTGOING, Set.of(), 1))
                  .total();
      assertThat(answer.count()).as("%s", answer).isEqualTo(expected);
    }
  }
}
