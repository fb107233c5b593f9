package dev.knowledgegraph.cache.redis;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CommandResult.Accepted;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.ChangeProperties;
import dev.knowledgegraph.json.AnswerCodec;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.query.Consistency;
import dev.knowledgegraph.query.GraphQuery.FindNeighbors;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.spi.CacheSettings;
import dev.knowledgegraph.spi.CachedAnswer;
import dev.knowledgegraph.spi.EncodedCache;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import dev.knowledgegraph.storage.jdbc.PostgresSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process that writes to graphs and asks for what they hold, through answers that are kept on
 * Redis. It says how far it has come, and ends with 1 when an answer is older than a commit that
 * somebody was told of. What a graph holds is one node, which has a new version with each commit.
 */
final class Asker implements AutoCloseable {
  static final int GRAPHS = 8;
  private static final UserId ADA = UserId.of("ada");
  private static final NodeId NODE = NodeId.of(new UUID(0x7000, 1L << 63));
  private static final int ASKS_FOR_EACH_WRITE = 50;

  /** Of what a process knows without looking; so tokens have something to say. */
  private static final Duration HEAD_AGE = Duration.ofSeconds(1);

  private final Tokens tokens;
  private final RedisCache redis;
  private final KnowledgeGraph store;
  private final List<GraphView> graphs = new ArrayList<>();
  private final long[] own = new long[GRAPHS];
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong misses = new AtomicLong();

  private Asker(String database, URI server, Tokens tokens, boolean isFaulty) {
    this.tokens = tokens;
    var storage = JdbcStorage.openPostgres(database, PostgresSettings.standard());
    redis = RedisCache.open(RedisCacheConfig.builder(server).build());
    var answers = new EncodedCache<>(redis, new AnswerCodec());
    store =
        KnowledgeGraph.builder()
            .storage(storage)
            .cache(
                isFaulty ? new Timeless(answers, storage) : answers,
                CacheSettings.standard().withHeadAge(HEAD_AGE))
            .metrics(
                new BusMetrics() {
                  @Override
                  public void looked(Lookup lookup) {
                    (lookup.found() ? hits : misses).incrementAndGet();
                  }
                })
            .build();
    for (int i = 0; i < GRAPHS; i++) {
      graphs.add(store.as(ADA).graph("graph " + i));
    }
  }

  /** Makes the graphs, each with its node, whose version is its sequence number less a constant. */
  static void fill(String database, Tokens tokens) {
    var storage = JdbcStorage.openPostgres(database, PostgresSettings.standard());
    try (var store = KnowledgeGraph.builder().storage(storage).build()) {
      for (int i = 0; i < GRAPHS; i++) {
        GraphView graph = store.as(ADA).graph("graph " + i);
        graph.send(new AddNode(graph.id(), NODE, NodeData.node("node"))).orThrow();
        tokens.raise(i, graph.position());
        tokens.raise(GRAPHS + i, graph.position() - 1);
      }
    }
  }

  /** The database, the server, the file of tokens, how many operations, a seed, and "faulty". */
  public static void main(String[] args) {
    var tokens = Tokens.of(Path.of(args[2]), 2 * GRAPHS);
    try (var asker = new Asker(args[0], URI.create(args[1]), tokens, args.length > 5)) {
      asker.run(Long.parseLong(args[3]), new Random(Long.parseLong(args[4])));
    }
  }

  @SuppressWarnings("SystemOut") // read by the test
  private void run(long operations, Random random) {
    for (long done = 0; done < operations; done++) {
      if (done % (operations / 10) == 0) {
        System.out.println("at " + 100 * done / operations);
      }
      int graph = random.nextInt(GRAPHS);
      if (random.nextInt(ASKS_FOR_EACH_WRITE) == 0) {
        write(graph, random.nextLong());
      } else {
        ask(graph, random.nextBoolean());
      }
    }
    System.out.println(
        "done: %d hits, %d misses, %d calls of the server left out"
            .formatted(hits.get(), misses.get(), redis.health().notAsked()));
  }

  private void write(int graph, long value) {
    GraphView view = graphs.get(graph);
    Accepted accepted =
        view.send(new ChangeProperties(view.id(), NODE, Properties.of("n", value))).orThrow();
    own[graph] = accepted.position().sequence();
    tokens.raise(graph, own[graph]);
  }

  /** With the token of whoever wrote last, or with none: then this process's own writes count. */
  private void ask(int graph, boolean withToken) {
    long least = withToken ? tokens.at(graph) : own[graph];
    var options = QueryOptions.now();
    if (withToken) {
      options = options.withConsistency(new Consistency.AtLeast(least, Duration.ofSeconds(10)));
    }
    GraphView view = graphs.get(graph);
    var question = new FindNeighbors(view.id(), NODE, 1, Direction.BOTH, Set.of(), 10);
    long found =
        store.queries().ask(ADA, question, options).node().version() + tokens.at(GRAPHS + graph);
    if (found < least) {
      throw new IllegalStateException(
          "older than its token: expected commit %d or a later one, found %d"
              .formatted(least, found));
    }
  }

  @Override
  public void close() {
    store.close();
    redis.close();
  }

  /** A cache as it must not be: whatever it has it says to be of this moment. */
  private record Timeless(Cache<CachedAnswer> sound, Storage storage)
      implements Cache<CachedAnswer> {
    @Override
    public Optional<CachedAnswer> get(String key) {
      var graph = GraphId.of(UUID.fromString(key.split("/", -1)[2]));
      return sound
          .get(key)
          .map(
              kept ->
                  new CachedAnswer(
                      storage.head(storage.findGraph(graph).orElseThrow().ref()), kept.answer()));
    }

    @Override
    public void put(String key, CachedAnswer value, Duration life) {
      sound.put(key, value, life);
    }

    @Override
    public void remove(String key) {
      // It would forget what it is to be wrong about.
    }

    @Override
    public void close() {
      sound.close();
    }
  }
}
