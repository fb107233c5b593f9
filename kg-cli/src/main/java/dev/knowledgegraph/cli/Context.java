package dev.knowledgegraph.cli;

import dev.knowledgegraph.DeadLetters;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.Session;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.StorageFactory;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What a command works with: the global options, its streams, and the store they lead to. */
final class Context {
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 500;
  private final Globals globals = new Globals();
  private final InputStream in;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final Output output;
  private final Interruption interruption = new Interruption();

  Context(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    this.in = in;
    this.err = err;
    this.environment = environment;
    this.output = new Output(globals, out, err, environment);
  }

  Globals globals() {
    return globals;
  }

  Output output() {
    return output;
  }

  Interruption interruption() {
    return interruption;
  }

  InputStream in() {
    return in;
  }

  PrintStream err() {
    return err;
  }

  Map<String, String> environment() {
    return environment;
  }

  String address() {
    return globals.address(environment.get("KG_STORE"));
  }

  /** The address as it may be printed. */
  String shownAddress() {
    return StorageFactory.shown(address());
  }

  boolean isDirectory() {
    return !address().startsWith("jdbc:") && !address().startsWith("dynamodb:");
  }

  /** Asks something about the graph at the moment asked for. */
  void read(Consumer<GraphView> question) {
    read(false, (session, graph) -> question.accept(graph));
  }

  /**
   * Asks something about the graph, and perhaps others of the session, at the moment asked for.
   *
   * @param any take the first of the caller's graphs if none is named and none is the default
   */
  void read(boolean any, BiConsumer<Session, GraphView> question) {
    withStore(
        true,
        store -> {
          Session session = session(store);
          GraphView graph = any ? existingOrAny(session) : existing(session);
          question.accept(
              session, globals.at == null ? graph : graph.at(Values.moment(globals.at)));
        });
  }

  /** Asks something that may take long, which then shows how far it is. */
  void analyze(String doing, Consumer<GraphView> question) {
    try (ProgressBar bar = output.progressBar(doing)) {
      read(
          graph ->
              question.accept(
                  bar == null
                      ? graph
                      : graph.with((step, done, total) -> bar.show(done, total, step, 0))));
    }
  }

  /** Changes the graph, which is made if there is none. */
  void write(Consumer<GraphView> change) {
    if (globals.at != null) {
      throw Failure.usage("the past cannot be changed; leave out --at");
    }
    withStore(false, store -> change.accept(existingOrNew(session(store))));
  }

  /** Changes the graph, which must be there. */
  void change(Consumer<GraphView> change) {
    withStore(false, store -> change.accept(existing(session(store))));
  }

  /** Works with the caller's graphs, not with one of them. */
  void session(boolean readOnly, Consumer<Session> work) {
    withStore(readOnly, store -> work.accept(session(store)));
  }

  /** Works with the dead letters of the graph, which is the caller's own and may be removed. */
  void deadLetters(boolean readOnly, Consumer<DeadLetters> work) {
    withStore(readOnly, store -> work.accept(store.deadLetters(own(store))));
  }

  private GraphRef own(KnowledgeGraph store) {
    if (globals.graph != null && isId(globals.graph)) {
      var ref = new GraphRef(user(), GraphId.parse(globals.graph));
      if (store.storage().head(ref).sequence() > 0) {
        return ref;
      }
    }
    GraphView graph = existing(session(store));
    if (!graph.ref().owner().equals(user())) {
      throw new RejectedException(new Rejection.Forbidden(graph.id().toString()));
    }
    return graph.ref();
  }

  private static boolean isId(String name) {
    return name.matches("[0-9a-fA-F-]{36}");
  }

  /** Opens the store for as long as {@code work} takes. */
  void withStore(boolean readOnly, Consumer<KnowledgeGraph> work) {
    try (KnowledgeGraph store = open(readOnly)) {
      work.accept(store);
    }
  }

  /** Opens the store, and waits for another writer as long as was asked for. */
  private KnowledgeGraph open(boolean readOnly) {
    long deadline = System.nanoTime() + Values.duration(globals.wait).toNanos();
    boolean noted = false;
    for (int tries = 0; ; tries++) {
      try {
        return KnowledgeGraph.open(address(), readOnly);
      } catch (StorageException e) {
        if (e.code().equals("STORE_ABSENT")) {
          throw Failure.notFound(
              "STORE",
              "there is no store "
                  + shownAddress()
                  + (TableSteps.isOne(address())
                      ? " yet; kg migrate up makes its table, --store names another"
                      : " yet; the first kg import or kg node add makes it, --store names"
                          + " another"));
        }
        if (!e.code().equals("STORE_LOCKED") || deadline - System.nanoTime() <= 0) {
          throw e;
        }
        if (!noted) {
          output.note("waiting: " + e.getMessage());
          noted = true;
        }
        pause(tries);
      }
    }
  }

  /** Twice as long each time; by chance up to half less, so that not all that wait try at once. */
  private static void pause(int tries) {
    long most = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(tries, 10));
    try {
      Thread.sleep(most - ThreadLocalRandom.current().nextLong(most / 2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("interrupted while waiting for the store");
    }
  }

  UserId user() {
    return UserId.of(globals.user);
  }

  private Session session(KnowledgeGraph store) {
    return store.as(user()).correlatedBy(correlationId());
  }

  /** What everything this process does is known by: in the log of a graph, in logs, in errors. */
  String correlationId() {
    String id = globals.correlationId;
    if (id == null) {
      id = environment.getOrDefault("KG_CORRELATION_ID", "");
    }
    if (id.isBlank()) {
      id = UUID.randomUUID().toString();
    }
    globals.correlationId = id;
    return id;
  }

  /** What is to be logged, as {@link Logs} reads it; empty for nothing. */
  String logLevels() {
    return globals.log != null ? globals.log : environment.getOrDefault("KG_LOG", "");
  }

  /** The graph of this name or id. */
  GraphView find(Session session, String name) {
    Optional<GraphView> found = session.findGraph(name);
    if (found.isPresent()) {
      return found.get();
    }
    if (isId(name)) {
      return session.graph(GraphId.parse(name));
    }
    List<String> names = session.graphs().stream().map(Graph::name).toList();
    throw Failure.notFound(
        "GRAPH", "no graph has the name \"" + name + "\"." + Closest.hint(name, names));
  }

  private GraphView existing(Session session) {
    return find(session, graphName(session));
  }

  private GraphView existingOrAny(Session session) {
    List<Graph> graphs = session.graphs();
    String name = graphName(session);
    boolean isMeant = globals.graph != null || session.findGraph(name).isPresent();
    return isMeant || graphs.isEmpty()
        ? find(session, name)
        : session.graph(graphs.getFirst().id());
  }

  private GraphView existingOrNew(Session session) {
    String name = graphName(session);
    return isId(name) ? find(session, name) : session.graph(name);
  }

  private String graphName(Session session) {
    if (globals.graph != null) {
      return globals.graph;
    }
    return session.graphs().stream()
        .filter(Graph::isDefault)
        .map(Graph::name)
        .findFirst()
        .orElse("main");
  }
}
