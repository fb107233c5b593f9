package dev.knowledgegraph.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.command.SettingsCommand.SetVisibility;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.model.Visibility;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.storage.jdbc.EveryMessage.Ids;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eve wants to see and change what is Ada's. */
class TenancyTest {
  private static final int ROUNDS = 100;
  private static final UserId ADA = UserId.of("ada");
  private static final UserId EVE = UserId.of("eve");
  private static final String SECRET = "what only Ada knows";

  @Nested
  class In_memory extends Store {
    In_memory() {
      super(new InMemoryStorage());
    }
  }

  @Nested
  class In_SQLite extends Store {
    In_SQLite(@TempDir Path folder) {
      super(JdbcStorage.openSqlite(folder.resolve("store")));
    }
  }

  @Test
  void every_kind_of_message_is_tried() {
    var random = new Random(1);
    var every =
        new EveryMessage(GraphId.of(EveryMessage.uuid(random)), Ids.unknown(random), null, random);

    assertThat(classes(every.commands())).isEqualTo(EveryMessage.kinds(GraphCommand.class));
    assertThat(classes(every.queries())).isEqualTo(EveryMessage.kinds(GraphQuery.class));
  }

  private static Set<Class<?>> classes(List<?> messages) {
    return messages.stream().map(Object::getClass).collect(Collectors.toSet());
  }

  /** What is the same wherever the graphs are. */
  abstract static class Store {
    private final long seed = Long.getLong("tenancy.seed", 20_261_123);
    private final Random random = new Random(seed);
    private final KnowledgeGraph store;
    private final GraphView secret;
    private final GraphView open;
    private final GraphView gone;
    private final GraphView hers;
    private final Ids adas;
    private final List<String> cursors = new ArrayList<>();

    Store(Storage storage) {
      store =
          KnowledgeGraph.builder()
              .storage(storage)
              .search(opened -> new InMemorySearchIndex(opened, new HashingEmbedder(256)))
              .build();
      secret = store.as(ADA).create(GraphData.named("secret").withDescription(SECRET));
      adas = filled(secret);
      open = store.as(ADA).create(GraphData.named("open").withVisibility(Visibility.PUBLIC_READ));
      filled(open);
      gone = store.as(ADA).create(GraphData.named("gone"));
      gone.send(new RemoveGraph(gone.id())).orThrow();
      hers = store.as(EVE).create(GraphData.named("secret"));
      hers.add(NodeData.node("Eve's").key("eve"));
      for (NodeSort.By by : NodeSort.By.values()) {
        var query =
            new GraphQuery.ListNodes(
                secret.id(), NodeFilter.all(), new NodeSort(by, false), new Page.Request(1, null));
        cursors.add(String.valueOf(secret.ask(query).next()));
      }
    }

    @AfterEach
    void close() {
      store.close();
    }

    private Ids filled(GraphView graph) {
      var nodes = new ArrayList<NodeId>();
      var edges = new ArrayList<EdgeId>();
      for (int i = 0; i < 5; i++) {
        nodes.add(graph.add(NodeData.node(SECRET).key(SECRET + i).body(SECRET).tag("tag")));
        edges.add(
            graph.link(
                EdgeData.edge(nodes.get(0), EdgeType.RELATED, nodes.get(i)).withLabel(SECRET)));
      }
      var category = CategoryId.of(EveryMessage.uuid(random));
      graph.send(new AddCategory(graph.id(), category, CategoryData.of(SECRET))).orThrow();
      return new Ids(nodes, edges, List.of(category), List.of(SECRET + 1, SECRET + 2));
    }

    private record Everything(
        List<Graph> graphs, List<GraphHead> heads, List<List<Committed>> logs) {}

    private Everything everythingOfAda() {
      var views = List.of(secret, open);
      return new Everything(
          store.as(ADA).graphs(),
          views.stream().map(GraphView::head).toList(),
          views.stream()
              .map(view -> view.ask(new GraphQuery.ReadLog(view.id(), 0, 1_000)))
              .toList());
    }

    private EveryMessage about(GraphId graph, Ids ids) {
      return new EveryMessage(
          graph, ids, random.nextInt(4) == 0 ? any(cursors) : null, new Random(random.nextLong()));
    }

    private <T> T any(List<T> items) {
      return items.get(random.nextInt(items.size()));
    }

    private CommandOptions options() {
      CommandOptions options = CommandOptions.none();
      if (random.nextInt(4) == 0) {
        options = options.withIdempotencyKey("key " + random.nextInt(3));
      }
      return random.nextInt(4) == 0 ? options.withExpectedVersion(1L) : options;
    }

    private QueryOptions moment() {
      return switch (random.nextInt(4)) {
        case 0 -> QueryOptions.at(new Moment.AtSequence(random.nextInt(9)));
        case 1 -> QueryOptions.at(new Moment.AtTime(Instant.now()));
        default -> QueryOptions.now();
      };
    }

    private record Outcome(String kind, String text) {
      Outcome about(GraphId id) {
        return new Outcome(kind, text.replace(id.toString(), "ID"));
      }
    }

    private Outcome send(GraphCommand command, CommandOptions options) {
      try {
        return switch (store.commands().send(EVE, command, options)) {
          case CommandResult.Accepted accepted -> new Outcome("done", accepted.toString());
          case CommandResult.Rejected no ->
              new Outcome(no.rejection().code(), no.rejection().toString());
        };
      } catch (KnowledgeGraphException e) {
        return new Outcome(e.code(), String.valueOf(e.getMessage()));
      }
    }

    private Outcome ask(GraphQuery<?> query, QueryOptions options) {
      try {
        Object answer = store.queries().ask(EVE, query, options);
        String text = String.valueOf(answer);
        return new Outcome(answer.equals(Optional.empty()) ? "nothing" : "done", text);
      } catch (KnowledgeGraphException e) {
        return new Outcome(e.code(), String.valueOf(e.getMessage()));
      }
    }

    @Test
    void another_ones_graph_is_searched_beside_ones_own_like_one_that_never_was() {
      Everything before = everythingOfAda();
      for (int i = 0; i < ROUNDS; i++) {
        var never = GraphId.of(EveryMessage.uuid(random));
        SearchMode mode = any(List.of(SearchMode.values()));
        QueryOptions options = QueryOptions.now();
        for (GraphId graph : List.of(secret.id(), gone.id())) {
          var filter = SearchFilter.all().withGraphs(Set.of(open.id(), graph));
          var unreal = SearchFilter.all().withGraphs(Set.of(open.id(), never));
          var text = GraphQuery.Search.of(hers.id(), SECRET).withMode(mode);
          var node = adas.nodes().getFirst();
          assertThat(ask(text.withFilter(filter), options).about(graph))
              .isEqualTo(ask(text.withFilter(unreal), options).about(never))
              .matches(outcome -> outcome.kind().equals("GRAPH_NOT_FOUND"));
          assertThat(
                  ask(new GraphQuery.SimilarNodes(hers.id(), node, mode, filter, 9), options)
                      .about(graph))
              .isEqualTo(
                  ask(new GraphQuery.SimilarNodes(hers.id(), node, mode, unreal, 9), options)
                      .about(never))
              .matches(outcome -> outcome.kind().equals("GRAPH_NOT_FOUND"));
        }
      }
      var readable = SearchFilter.all().withGraphs(Set.of(open.id()));
      var found =
          store
              .queries()
              .ask(
                  EVE,
                  GraphQuery.Search.of(hers.id(), SECRET).withFilter(readable),
                  QueryOptions.now());
      assertThat(found.hits())
          .hasSize(5)
          .allSatisfy(hit -> assertThat(hit.node().graph()).isEqualTo(open.id()));
      assertThat(everythingOfAda()).isEqualTo(before);
    }

    @Test
    void another_ones_graph_is_answered_like_one_that_never_was() {
      Everything before = everythingOfAda();
      for (int i = 0; i < ROUNDS; i++) {
        long seedOfBoth = random.nextLong();
        var never = GraphId.of(EveryMessage.uuid(random));
        var real = new EveryMessage(secret.id(), adas, null, new Random(seedOfBoth));
        var unreal = new EveryMessage(never, adas, null, new Random(seedOfBoth));
        List<GraphCommand> commands = real.commands();
        List<GraphCommand> sameCommands = unreal.commands();
        for (int j = 0; j < commands.size(); j++) {
          GraphCommand command = commands.get(j);
          if (command instanceof CreateGraph) {
            // What Eve learns is that an id she knows is in use, not by whom or for what.
            assertThat(send(command, options()).kind()).isEqualTo("ID_TAKEN");
            continue;
          }
          CommandOptions options = options();
          assertThat(send(command, options).about(secret.id()))
              .as("%s, seed %d", command, seed)
              .isEqualTo(send(sameCommands.get(j), options).about(never))
              .matches(outcome -> outcome.kind().equals("GRAPH_NOT_FOUND"));
        }
        List<GraphQuery<?>> queries = real.queries();
        List<GraphQuery<?>> sameQueries = unreal.queries();
        for (int j = 0; j < queries.size(); j++) {
          QueryOptions options = moment();
          assertThat(ask(queries.get(j), options).about(secret.id()))
              .as("%s, seed %d", queries.get(j), seed)
              .isEqualTo(ask(sameQueries.get(j), options).about(never))
              .matches(outcome -> outcome.kind().equals("GRAPH_NOT_FOUND"));
        }
      }
      assertThat(everythingOfAda()).isEqualTo(before);
    }

    @Test
    void what_is_in_another_ones_graph_is_not_found_in_ones_own() {
      Everything before = everythingOfAda();
      for (int i = 0; i < ROUNDS; i++) {
        var every = about(hers.id(), adas);
        for (GraphCommand command : every.commands()) {
          boolean ends = command instanceof RemoveGraph;
          Outcome outcome = ends ? new Outcome("", "") : send(command, options());
          assertThat(outcome.text()).as("%s, seed %d", command, seed).doesNotContain(SECRET);
        }
        for (GraphQuery<?> query : every.queries()) {
          Outcome outcome = ask(query, moment());
          assertThat(outcome.text().replaceAll("key=" + SECRET + "\\d|\"?" + SECRET + "\\d\"?", ""))
              .as("%s, seed %d", query, seed)
              .doesNotContain(SECRET);
        }
      }
      assertThat(everythingOfAda()).isEqualTo(before);
    }

    @Test
    void a_graph_that_all_may_read_nobody_else_may_change() {
      Everything before = everythingOfAda();
      for (int i = 0; i < ROUNDS; i++) {
        var every = about(open.id(), adas);
        for (GraphCommand command : every.commands()) {
          assertThat(send(command, options()).kind())
              .as("%s, seed %d", command, seed)
              .isIn("FORBIDDEN", command instanceof CreateGraph ? "ID_TAKEN" : "FORBIDDEN");
        }
        for (GraphQuery<?> query : every.queries()) {
          assertThat(ask(query, moment()).kind())
              .as("%s, seed %d", query, seed)
              .isIn("done", "nothing", "NODE_NOT_FOUND", "INVALID", "GRAPH_NOT_FOUND");
        }
      }
      assertThat(everythingOfAda()).isEqualTo(before);
    }

    @Test
    void a_session_shows_only_ones_own() {
      assertThat(store.as(EVE).graphs()).extracting(Graph::name).containsExactly("secret");
      assertThat(store.as(EVE).findGraph("open")).isEmpty();
      assertThat(store.as(EVE).graph("secret").id()).isEqualTo(hers.id());
      assertNotFound(() -> store.as(EVE).graph(secret.id()));
      assertNotFound(() -> store.as(EVE).graph(gone.id()));
    }

    @Test
    void a_view_of_a_graph_that_is_private_again_shows_nothing_any_more() {
      GraphView kept = store.as(EVE).graph(open.id());
      assertThat(kept.find(SECRET + 1)).isPresent();
      open.send(new SetVisibility(open.id(), Visibility.PRIVATE)).orThrow();

      assertNotFound(kept::graph);
      assertNotFound(kept::head);
      assertNotFound(kept::statistics);
      assertNotFound(() -> kept.find(SECRET + 1));
      assertNotFound(() -> kept.findByKeys(List.of(NodeKey.of(SECRET + 1))));
      assertNotFound(() -> kept.forEachNode(node -> {}));
      assertNotFound(() -> kept.forEachEdge(edge -> {}));
      assertNotFound(() -> kept.at(1).graph());
      assertNotFound(() -> kept.at(Instant.now()).forEachNode(node -> {}));
    }

    @Test
    void an_idempotency_key_of_another_is_free() {
      CommandOptions options = CommandOptions.none().withIdempotencyKey("the same");
      secret.send(new SetVisibility(secret.id(), Visibility.PRIVATE), options).orThrow();
      secret.send(
          new AddCategory(
              secret.id(), CategoryId.of(EveryMessage.uuid(random)), CategoryData.of("x")),
          options);

      assertThat(hers.send(new SetVisibility(hers.id(), Visibility.PRIVATE), options))
          .isInstanceOf(CommandResult.Accepted.class);
    }

    @Test
    void the_id_of_another_ones_removed_graph_is_never_used_again() {
      var again = new CreateGraph(gone.id(), GraphData.named("again"));

      assertThatThrownBy(() -> store.as(EVE).send(again).orThrow())
          .isInstanceOfAny(ConflictException.class, RejectedException.class);
      assertThat(store.as(EVE).graphs()).hasSize(1);
    }

    private static void assertNotFound(Runnable action) {
      assertThatThrownBy(action::run)
          .isInstanceOfSatisfying(
              RejectedException.class,
              e -> assertThat(e.rejection().code()).isEqualTo("GRAPH_NOT_FOUND"));
    }
  }
}
