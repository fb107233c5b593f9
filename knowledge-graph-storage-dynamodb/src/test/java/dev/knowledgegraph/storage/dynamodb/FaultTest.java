package dev.knowledgegraph.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.storage.dynamodb.FaultyClient.Fault;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.RandomCommands.Step;
import dev.knowledgegraph.tck.Seeds;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random commands while requests fail, answers are lost and processes die. The system property
 * {@value #SEEDS} says how many sequences of commands there are.
 */
class FaultTest {
  private static final String SEEDS = "kg.dynamodb.faults";
  private static final int DEFAULT_SEEDS = 200;
  private static final int STEPS = 10;
  private static final int ALL = 10_000;

  /** So that many appends are large. */
  private static final int MOST_DIRECT = 12;

  private final ManualClock clock = new ManualClock();
  private final String table = LocalDynamoDb.newTable();

  @Test
  void whatever_fails_for_now_the_effect_is_the_same_as_in_memory() {
    long first = Seeds.seed("faults");
    int seeds = Integer.getInteger(SEEDS, DEFAULT_SEEDS);
    var seen = new EnumMap<Fault, Integer>(Fault.class);
    for (long seed = first; seed < first + seeds; seed++) {
      var faulty = new FaultyClient(LocalDynamoDb.client(), random(seed), 15);
      var commands = new RandomCommands(seed, seed - first);
      try (var memory = over(new InMemoryStorage());
          var found = over(open(faulty, seed))) {
        for (Step step : commands.take(STEPS)) {
          clock.advance(Duration.ofHours(1));
          assertThat(send(found, step)).as(again(seed)).isEqualTo(send(memory, step));
        }
        for (GraphRef graph : commands.graphs()) {
          requireSame(memory.storage(), found.storage(), graph, seed);
        }
        requireSameAnswers(memory.storage(), found.storage(), commands.graphs().getFirst(), seed);
      }
      faulty.seen().forEach((fault, count) -> seen.merge(fault, count, Integer::sum));
    }
    if (seeds >= DEFAULT_SEEDS) {
      assertThat(seen.keySet()).containsExactlyInAnyOrder(Fault.values());
    }
  }

  @Test
  void a_process_may_die_anywhere_and_another_goes_on() {
    long first = Seeds.seed("deaths");
    int seeds = Math.ceilDiv(Integer.getInteger(SEEDS, DEFAULT_SEEDS), 4);
    int inTheMiddle = 0;
    // Until one has died there: by chance that takes some more.
    int most = seeds < DEFAULT_SEEDS / 4 ? seeds : 20 * seeds;
    for (long seed = first;
        seed < first + seeds || (inTheMiddle == 0 && seed < first + most);
        seed++) {
      var random = random(seed);
      var commands = new RandomCommands(seed, 1_000_000 + seed - first);
      var faulty = new FaultyClient(LocalDynamoDb.client(), random, 0);
      faulty.dieAfter(20 + random.nextInt(150));
      long acknowledged = sendUntilDeath(open(faulty, seed), commands);
      try (var next = over(open(new FaultyClient(LocalDynamoDb.client(), random, 0), ~seed))) {
        inTheMiddle += unsettled(commands);
        for (Step step : commands.take(STEPS)) {
          clock.advance(Duration.ofHours(1));
          assertThat(String.valueOf(send(next, step))).as(again(seed)).doesNotStartWith("STORE");
        }
        assertThat(commits(next.storage(), commands))
            .as(again(seed))
            .isGreaterThanOrEqualTo(acknowledged);
        for (GraphRef graph : commands.graphs()) {
          try (var replayed = over(new InMemoryStorage())) {
            replayed.replay(graph, next.storage().read(graph, 0, ALL));
            requireSame(replayed.storage(), next.storage(), graph, seed);
            requireSameAnswers(replayed.storage(), next.storage(), graph, seed);
          }
        }
      }
    }
    if (seeds >= DEFAULT_SEEDS / 4) {
      assertThat(inTheMiddle).as("deaths between the log and the state").isPositive();
    }
  }

  private long sendUntilDeath(Storage storage, RandomCommands commands) {
    long acknowledged = 0;
    try (var graph = over(storage)) {
      for (Step step : commands.take(5 * STEPS)) {
        clock.advance(Duration.ofHours(1));
        send(graph, step);
        acknowledged = commits(storage, commands);
      }
    } catch (FaultyClient.Dead e) {
      // That was it.
    }
    return acknowledged;
  }

  private static long commits(Storage storage, RandomCommands commands) {
    return commands.graphs().stream().mapToLong(graph -> storage.head(graph).sequence()).sum();
  }

  private int unsettled(RandomCommands commands) {
    int unsettled = 0;
    for (GraphRef graph : commands.graphs()) {
      var head =
          LocalDynamoDb.client()
              .getItem(
                  get ->
                      get.tableName(table)
                          .consistentRead(true)
                          .key(Keys.head(graph.id()).values()));
      unsettled += head.hasItem() && !Head.of(graph.id(), Item.of(head.item())).isSettled() ? 1 : 0;
    }
    return unsettled;
  }

  private DynamoDbStorage open(FaultyClient client, long seed) {
    var config =
        DynamoDbFixture.config(table)
            .threads(2)
            .retries(40, Duration.ofNanos(1), Duration.ofNanos(2))
            .random(random(seed))
            .build();
    return DynamoDbStorage.open(new Table(client.client(), config, MOST_DIRECT), false, false);
  }

  private KnowledgeGraph over(Storage storage) {
    return KnowledgeGraph.builder().storage(storage).clock(clock).build();
  }

  private static Object send(KnowledgeGraph graph, Step step) {
    try {
      return graph.commands().send(step.caller(), step.command(), step.options());
    } catch (dev.knowledgegraph.error.KnowledgeGraphException e) {
      return e.code();
    }
  }

  private static void requireSame(Storage expected, Storage found, GraphRef graph, long seed) {
    assertThat(found.head(graph)).as(again(seed)).isEqualTo(expected.head(graph));
    assertThat(found.read(graph, 0, ALL)).as(again(seed)).isEqualTo(expected.read(graph, 0, ALL));
    assertThat(KnowledgeGraph.recount(found, graph, found.head(graph).sequence()))
        .as(again(seed))
        .isEqualTo(found.head(graph).fingerprint());
  }

  private static void requireSameAnswers(
      Storage expected, Storage found, GraphRef graph, long seed) {
    assertThat(
            Answers.of(found, graph, GraphReader.LATEST)
                .differenceFrom(Answers.of(expected, graph, GraphReader.LATEST)))
        .as(again(seed))
        .isEmpty();
  }

  // Seeds that follow each other begin alike.
  private static Random random(long seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  private static String again(long seed) {
    return "again with -D%s=%d -D%s=1".formatted(Seeds.PROPERTY, seed, SEEDS);
  }
}
