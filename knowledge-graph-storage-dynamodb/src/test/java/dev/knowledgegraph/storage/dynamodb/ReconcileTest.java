package dev.knowledgegraph.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.GraphSamples;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.RandomCommands.Step;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What is lost of the last writes is taken back or made again, and the store is whole. The system
 * property {@value #SEEDS} says how often.
 */
class ReconcileTest {
  private static final String SEEDS = "kg.dynamodb.losses";
  private static final int DEFAULT_SEEDS = 30;
  private static final int STEPS = 25;
  private static final int ALL = 10_000;

  /** So that many appends are large. */
  private static final int MOST_DIRECT = 12;

  private final ManualClock clock = new ManualClock();
  private String table = LocalDynamoDb.newTable();

  @Test
  void a_store_that_lost_nothing_stays_as_it_is() {
    var scribe = new Scribe("ada", 1);
    try (var storage = DynamoDbStorage.open(LocalDynamoDb.client(), config())) {
      storage.append(GraphSamples.life(scribe));
      storage.saveCheckpoint("mail", scribe.ref(), 2);
      var before = Answers.of(storage, scribe.ref(), GraphReader.LATEST);

      assertThat(reconcile())
          .containsExactly(new Reconciled(scribe.ref().id(), scribe.head(), 0, 0));
      assertThat(Answers.of(storage, scribe.ref(), GraphReader.LATEST).differenceFrom(before))
          .isEmpty();
      assertThat(storage.checkpoint("mail", scribe.ref())).isEqualTo(2);
      assertThat(storage.logs(null, 5)).containsExactly(scribe.ref());
    }
  }

  @Test
  void a_hole_in_the_log_ends_it_and_what_follows_is_taken_back() {
    var scribe = new Scribe("ada", 1);
    try (var storage = DynamoDbStorage.open(LocalDynamoDb.client(), config())) {
      storage.append(List.of(scribe.create("notes")));
      storage.append(List.of(scribe.node(1, "Ada")));
      storage.append(List.of(scribe.node(2, "Bob")));
      storage.append(List.of(scribe.edge(1, 1, 2)));
      storage.saveCheckpoint("mail", scribe.ref(), 4);
      delete(new Keys(scribe.ref().id(), 2).entry(3));

      var done = reconcile();

      assertThat(done).extracting(Reconciled::sequence).containsExactly(2L);
      assertThat(done.getFirst().takenBack()).isPositive();
      assertThat(storage.head(scribe.ref()).sequence()).isEqualTo(2);
      assertThat(storage.counts(scribe.ref(), GraphReader.LATEST).nodes()).isEqualTo(1);
      assertThat(storage.checkpoint("mail", scribe.ref())).isEqualTo(2);
    }
  }

  @Test
  void what_is_beyond_is_found_however_long_the_log_was_and_wherever_the_head_is() {
    var scribe = new Scribe("ada", 1);
    try (var storage = DynamoDbStorage.open(LocalDynamoDb.client(), config())) {
      storage.append(List.of(scribe.create("notes")));
      for (int block = 0; block < 22; block++) {
        var commits = new ArrayList<Commit>();
        for (long n = 1; n <= 100; n++) {
          commits.add(scribe.node(block * 100L + n, ""));
        }
        storage.append(commits);
      }
      delete(new Keys(scribe.ref().id(), 2).entry(250));
      reconcile();

      assertThat(storage.head(scribe.ref()).sequence()).isEqualTo(201);
      assertThat(storage.read(scribe.ref(), 0, ALL)).hasSize(201);
      var left =
          LocalDynamoDb.client().scanPaginator(scan -> scan.tableName(table)).items().stream()
              .map(Key::of)
              .filter(key -> key.partition().contains("#L#"))
              .count();
      assertThat(left).isEqualTo(201);
    }
  }

  @Test
  void an_append_to_two_graphs_is_taken_back_in_both() {
    var scribe = new Scribe("ada", 1);
    var bob = new Scribe("bob", 2);
    try (var storage = DynamoDbStorage.open(LocalDynamoDb.client(), config())) {
      storage.append(List.of(scribe.create("notes"), bob.create("notes")));
      storage.append(List.of(scribe.node(1, "Ada"), bob.node(1, "Bob"), bob.node(2, "Eve")));
      delete(new Keys(bob.ref().id(), 2).entry(3));
      reconcile();

      assertThat(storage.head(scribe.ref()).sequence()).isEqualTo(1);
      assertThat(storage.head(bob.ref()).sequence()).isEqualTo(1);
    }
  }

  @Test
  void a_name_belongs_to_one_graph_again_when_its_passing_on_is_lost() {
    var scribe = new Scribe("ada", 1);
    var other = new Scribe("ada", 2);
    try (var storage = DynamoDbStorage.open(LocalDynamoDb.client(), config())) {
      storage.append(List.of(scribe.create("notes")));
      storage.append(
          List.of(
              scribe.write(
                  new dev.knowledgegraph.command.SettingsCommand.RenameGraph(
                      scribe.ref().id(), "old"))));
      // A day later.
      other.create("unwritten");
      var late = new Scribe("ada", 3);
      storage.append(List.of(late.create("notes")));
      delete(new Keys(scribe.ref().id(), 2).entry(2));
      reconcile();

      assertThat(storage.graphs(scribe.ref().owner())).extracting(Graph::name).hasSize(1);
      assertThat(storage.findGraph(scribe.ref().owner(), "notes")).isPresent();
      assertThat(storage.findGraph(scribe.ref().owner(), "old")).isEmpty();
      assertThat(storage.logs(null, 5)).hasSize(1);
    }
  }

  @Test
  void whatever_is_lost_of_the_last_writes_the_store_is_whole_again() {
    long first = Seeds.seed("losses");
    int seeds = Integer.getInteger(SEEDS, DEFAULT_SEEDS);
    int takenBack = 0;
    int writtenAgain = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      table = LocalDynamoDb.newTable();
      var random = new Random(seed * 0x9E3779B97F4A7C15L);
      var commands = new RandomCommands(seed, 0);
      var logs = new HashMap<GraphRef, List<Committed>>();
      var losing = new LosingClient(LocalDynamoDb.client(), table);
      try (var graph = over(open(losing.client()))) {
        send(graph, commands.take(STEPS));
        // All there are: somebody else may have begun a graph before its usual owner.
        for (GraphRef each : graph.storage().logs(null, ALL)) {
          logs.put(each, graph.storage().read(each, 0, ALL));
        }
      }
      losing.lose(random, 1 + random.nextInt(12), 10 + random.nextInt(60));
      for (Reconciled done : reconcile()) {
        takenBack += done.takenBack();
        writtenAgain += done.writtenAgain();
      }
      assertThat(reconcile())
          .as(again(seed))
          .allMatch(done -> done.takenBack() == 0 && done.writtenAgain() == 0);
      try (var graph = over(open(LocalDynamoDb.client()))) {
        requireWhole(graph.storage(), logs, seed);
        send(graph, commands.take(STEPS / 2));
        for (GraphRef each : logs.keySet()) {
          requireAsReplayed(graph.storage(), each, seed);
        }
      }
      LocalDynamoDb.client().deleteTable(delete -> delete.tableName(table));
    }
    if (seeds >= DEFAULT_SEEDS) {
      assertThat(takenBack).isPositive();
      assertThat(writtenAgain).isPositive();
    }
  }

  private void send(KnowledgeGraph graph, List<Step> steps) {
    for (Step step : steps) {
      clock.advance(Duration.ofHours(1));
      try {
        graph.commands().send(step.caller(), step.command(), step.options());
      } catch (dev.knowledgegraph.error.ConflictException e) {
        // Its graph is not there any more, or was never.
      }
    }
  }

  private static void requireWhole(
      Storage storage, Map<GraphRef, List<Committed>> before, long seed) {
    var kept = new ArrayList<GraphRef>();
    before.forEach(
        (graph, log) -> {
          var now = storage.read(graph, 0, ALL);
          assertThat(now).as(again(seed)).isEqualTo(log.subList(0, now.size()));
          if (!now.isEmpty()) {
            kept.add(graph);
          }
          requireAsReplayed(storage, graph, seed);
          assertThat(storage.graphs(graph.owner()))
              .as(again(seed))
              .extracting(Graph::name)
              .doesNotHaveDuplicates();
        });
    assertThat(storage.logs(null, ALL)).as(again(seed)).containsExactlyInAnyOrderElementsOf(kept);
  }

  private static void requireAsReplayed(Storage storage, GraphRef graph, long seed) {
    try (var replayed = KnowledgeGraph.builder().storage(new InMemoryStorage()).build()) {
      replayed.replay(graph, storage.read(graph, 0, ALL));
      assertThat(storage.head(graph)).as(again(seed)).isEqualTo(replayed.storage().head(graph));
      assertThat(
              Answers.of(storage, graph, GraphReader.LATEST)
                  .differenceFrom(Answers.of(replayed.storage(), graph, GraphReader.LATEST)))
          .as(again(seed))
          .isEmpty();
    }
  }

  private List<Reconciled> reconcile() {
    return DynamoDbStorage.reconcile(LocalDynamoDb.client(), config());
  }

  private DynamoDbStorageConfig config() {
    return DynamoDbFixture.config(table).build();
  }

  private DynamoDbStorage open(software.amazon.awssdk.services.dynamodb.DynamoDbClient client) {
    return DynamoDbStorage.open(new Table(client, config(), MOST_DIRECT), false, false);
  }

  private KnowledgeGraph over(Storage storage) {
    return KnowledgeGraph.builder().storage(storage).clock(clock).build();
  }

  private void delete(Key key) {
    LocalDynamoDb.client().deleteItem(delete -> delete.tableName(table).key(key.values()));
  }

  private static String again(long seed) {
    return "again with -D%s=%d -D%s=1".formatted(Seeds.PROPERTY, seed, SEEDS);
  }
}
