package dev.knowledgegraph;

import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.internal.Engine;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.QueryOptions;
import java.util.List;
import java.util.Optional;

/** A store seen by one caller. May be shared between threads. */
public final class Session {
  private final Engine engine;
  private final UserId caller;
  private final String correlationId;

  Session(Engine engine, UserId caller, String correlationId) {
    this.engine = engine;
    this.caller = caller;
    this.correlationId = correlationId;
  }

  /**
   * The same caller at work on something larger: the id is in the log of each graph that is changed
   * from here, and in what is logged meanwhile.
   *
   * @param id at most 200 characters
   */
  public Session correlatedBy(String id) {
    CommandOptions.none().withCorrelationId(id);
    return new Session(engine, caller, id);
  }

  public UserId caller() {
    return caller;
  }

  /** The caller's graph of this name, made (private, open policy) if there is none. */
  public GraphView graph(String name) {
    return findGraph(name).orElseGet(() -> createOrFind(GraphData.named(name)));
  }

  /** The caller's graph of this name. */
  public Optional<GraphView> findGraph(String name) {
    return engine.storage().findGraph(caller, name).map(this::view);
  }

  /**
   * A graph by id: the caller's own or one that everybody may read.
   *
   * @throws RejectedException if there is none that the caller may read (NotFound)
   */
  public GraphView graph(GraphId id) {
    return view(
        engine
            .queries()
            .ask(caller, new dev.knowledgegraph.query.GraphQuery.GetGraph(id), QueryOptions.now()));
  }

  /**
   * Makes a graph.
   *
   * @throws RejectedException if the caller has one of this name
   */
  public GraphView create(GraphData data) {
    var id = GraphId.of(engine.ids().next());
    send(new CreateGraph(id, data)).orThrow();
    return graph(id);
  }

  private GraphView createOrFind(GraphData data) {
    try {
      return create(data);
    } catch (RejectedException e) {
      if (e.rejection() instanceof Rejection.NameTaken) {
        return findGraph(data.name()).orElseThrow(() -> e);
      }
      throw e;
    }
  }

  /** The caller's graphs, by name. */
  public List<Graph> graphs() {
    return engine.queries().graphs(caller);
  }

  /** Sends a command as this caller. */
  public CommandResult send(GraphCommand command) {
    return engine
        .commands()
        .send(caller, command, CommandOptions.none().withCorrelationId(correlationId));
  }

  private GraphView view(Graph graph) {
    return new GraphView(engine, caller, graph.ref(), QueryOptions.now(), correlationId);
  }
}
