package dev.knowledgegraph.tck;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.command.NodeCommand.SetNode;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.StorageDecorator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes the commits of one graph, as a command bus would, for a store to append. It has a store of
 * its own in memory, so it knows nothing of that store: two scribes of one graph write conflicting
 * commits. Commit n is of day n. For one thread.
 */
public final class Scribe {
  private final GraphRef ref;
  private final ManualClock clock = new ManualClock();
  private final List<Commit> written = new ArrayList<>();
  private final KnowledgeGraph desk;

  /** Writes the graph of this number, for this owner. */
  public Scribe(String owner, long number) {
    ref = new GraphRef(UserId.of(owner), graphId(number));
    desk =
        KnowledgeGraph.builder().storage(new Recorder(new InMemoryStorage())).clock(clock).build();
  }

  /** The id of graph {@code number}. */
  public static GraphId graphId(long number) {
    return GraphId.of(new UUID(4, number));
  }

  /** The id of node {@code number}. */
  public static NodeId nodeId(long number) {
    return NodeId.of(new UUID(1, number));
  }

  /** The id of edge {@code number}. */
  public static EdgeId edgeId(long number) {
    return EdgeId.of(new UUID(2, number));
  }

  /** The id of category {@code number}. */
  public static CategoryId categoryId(long number) {
    return CategoryId.of(new UUID(3, number));
  }

  /** When commit {@code number} is made. */
  public static Instant day(long number) {
    return ManualClock.START.plus(Duration.ofDays(number));
  }

  public GraphRef ref() {
    return ref;
  }

  /** Where the log stands after what was written. */
  public long head() {
    return written.size();
  }

  /** Begins the graph. */
  public Commit create(String name) {
    return write(new CreateGraph(ref.id(), GraphData.named(name)));
  }

  /** Ends the graph. */
  public Commit remove() {
    return write(new RemoveGraph(ref.id()));
  }

  /** Adds node {@code number} with a title. */
  public Commit node(long number, String title) {
    return node(number, NodeData.node(title));
  }

  /** Adds node {@code number}. */
  public Commit node(long number, NodeData data) {
    return write(new AddNode(ref.id(), nodeId(number), data));
  }

  /** Makes node {@code number} hold other data. */
  public Commit set(long number, NodeData data) {
    return write(new SetNode(ref.id(), nodeId(number), data));
  }

  /** Ends node {@code number} and its edges. */
  public Commit removeNode(long number) {
    return write(new RemoveNode(ref.id(), nodeId(number)));
  }

  /** Adds edge {@code number} between two nodes, RELATED, directed, of weight 1. */
  public Commit edge(long number, long source, long target) {
    return edge(number, EdgeData.edge(nodeId(source), EdgeType.RELATED, nodeId(target)));
  }

  /** Adds edge {@code number}. */
  public Commit edge(long number, EdgeData data) {
    return write(new AddEdge(ref.id(), edgeId(number), data));
  }

  /** Writes what a command does; it must be accepted and change something. */
  public Commit write(GraphCommand command) {
    return write(command, CommandOptions.none());
  }

  /** Writes what a command does; it must be accepted and change something. */
  public Commit write(GraphCommand command, CommandOptions options) {
    long before = head();
    clock.advance(Duration.ofDays(1));
    desk.commands().send(ref.owner(), command, options).orThrow();
    if (head() != before + 1) {
      throw new IllegalArgumentException("the command changes nothing: " + command);
    }
    return written.getLast();
  }

  private final class Recorder extends StorageDecorator {
    Recorder(InMemoryStorage storage) {
      super(storage);
    }

    @Override
    public void append(List<Commit> commits) {
      super.append(commits);
      written.addAll(commits);
    }
  }
}
