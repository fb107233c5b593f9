package dev.knowledgegraph.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.spi.CachedAnswer;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.RandomQueries;
import dev.knowledgegraph.tck.Seeds;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every answer that a store keeps of random graphs, as bytes and back. */
class KeptAnswersTest {
  /** How many random graphs are asked; {@code -Dkg.answers=3000} for long. */
  private static final int GRAPHS = Integer.getInteger("kg.answers", 30);

  private static final int ROUNDS = 10;
  private static final int COMMANDS = 40;
  private static final int HEADER = 5;

  private static final Map<String, CachedAnswer> KEPT = new HashMap<>();
  private static final Set<String> KINDS = new TreeSet<>();
  private static final AnswerCodec CODEC = new AnswerCodec();

  private static long seed;

  /** Finds nothing, and remembers all that is put. */
  private static final class Recorder implements Cache<CachedAnswer>, BusMetrics {
    @Override
    public Optional<CachedAnswer> get(String key) {
      return Optional.empty();
    }

    @Override
    public void put(String key, CachedAnswer value, Duration life) {
      KEPT.put(key, value);
    }

    @Override
    public void remove(String key) {}

    @Override
    public void close() {}

    @Override
    public void looked(Lookup lookup) {
      KINDS.add(lookup.kind());
    }
  }

  @BeforeAll
  static void ask_random_questions() {
    seed = Seeds.seed("KeptAnswersTest");
    for (int i = 0; i < GRAPHS; i++) {
      ask(new RandomCommands(seed + i, i), new Random(seed + i));
    }
  }

  private static void ask(RandomCommands commands, Random random) {
    var recorder = new Recorder();
    try (var store =
        KnowledgeGraph.builder()
            .storage(new InMemoryStorage())
            .clock(new ManualClock())
            .cache(recorder)
            .metrics(recorder)
            .build()) {
      for (var step : commands.take(COMMANDS)) {
        carryOut(() -> store.commands().send(step.caller(), step.command(), step.options()));
      }
      var graph = commands.graphs().getFirst();
      long head = store.storage().head(graph).sequence();
      for (int round = 0; round < ROUNDS; round++) {
        var at =
            random.nextBoolean() ? Moment.now() : new Moment.AtSequence(random.nextLong(head + 1));
        for (GraphQuery<?> query : RandomQueries.all(graph.id(), random)) {
          carryOut(() -> store.queries().ask(graph.owner(), query, QueryOptions.at(at)));
        }
      }
    }
  }

  // Random commands and questions are often about what is not there.
  @SuppressWarnings("EmptyCatch")
  private static void carryOut(Runnable message) {
    try {
      message.run();
    } catch (KnowledgeGraphException refused) {
      // Nothing is kept of it.
    }
  }

  @Test
  void every_kind_of_question_whose_answers_are_kept_was_asked() {
    assertThat(KINDS)
        .containsExactly(
            "AssessImpact",
            "FindAllShortestPaths",
            "FindChains",
            "FindCommunities",
            "FindComponents",
            "FindNeighbors",
            "FindPath",
            "FindPatterns",
            "FindShortestPaths",
            "FindSubgraph",
            "GetStatistics",
            "MakeReport",
            "PredictLinks",
            "RankNodes",
            "Timeline");
    assertThat(KEPT).hasSizeGreaterThan(GRAPHS * ROUNDS);
  }

  @Test
  void every_answer_comes_back_equal() {
    KEPT.values()
        .forEach(
            kept ->
                assertThat(CODEC.decode(CODEC.encode(kept)))
                    .isEqualTo(kept)
                    .hasSameHashCodeAs(kept)
                    .hasToString(kept.toString()));
  }

  @Test
  void what_was_damaged_on_its_way_is_refused_or_equal() {
    var random = new Random(seed);
    for (CachedAnswer kept : KEPT.values()) {
      byte[] damaged = damaged(CODEC.encode(kept), 0, random);
      assertThat(decoded(damaged).orElse(kept)).isEqualTo(kept);
    }
  }

  @Test
  void what_was_damaged_before_it_got_its_checksum_is_refused_or_read() {
    var random = new Random(seed);
    long refused =
        KEPT.values().stream()
            .map(kept -> withChecksum(damaged(CODEC.encode(kept), HEADER, random)))
            .filter(bytes -> decoded(bytes).isEmpty())
            .count();
    assertThat(refused).isBetween(1L, (long) KEPT.size());
  }

  private static Optional<CachedAnswer> decoded(byte[] bytes) {
    try {
      return Optional.of(CODEC.decode(bytes));
    } catch (IllegalArgumentException expected) {
      return Optional.empty();
    }
  }

  /** Flips up to three bits after the first bytes, or cuts something off. */
  private static byte[] damaged(byte[] bytes, int from, Random random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(bytes, from + random.nextInt(bytes.length - from));
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[from + random.nextInt(bytes.length - from)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] withChecksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, HEADER, bytes.length - HEADER);
    ByteBuffer.wrap(bytes).putInt(1, (int) crc.getValue());
    return bytes;
  }
}
