package dev.knowledgegraph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.json.AnswerCodec;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.EncodedCache;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A store that keeps its answers on a server, which goes away in the middle. */
class AnswersOnRedisTest {
  private static final int WRITES = 60;

  @Test
  void no_answer_is_older_than_the_last_write_and_none_fails_while_the_server_is_away() {
    var hits = new AtomicInteger();
    var metrics =
        new BusMetrics() {
          @Override
          public void looked(Lookup lookup) {
            hits.addAndGet(lookup.found() ? 1 : 0);
          }
        };
    try (var redis = RedisProcess.open();
        var cache = RedisCache.open(RedisCacheConfig.builder(redis.address()).build());
        var store =
            KnowledgeGraph.builder()
                .storage(new InMemoryStorage())
                .cache(new EncodedCache<>(cache, new AnswerCodec()))
                .metrics(metrics)
                .build()) {
      var notes = store.as(UserId.of("ada")).graph("notes");
      for (int i = 1; i <= WRITES; i++) {
        if (i == WRITES / 3) {
          redis.stop();
        }
        if (i == 2 * WRITES / 3) {
          redis.start();
        }
        notes.add(NodeData.node("node " + i));
        assertThat(notes.statistics().nodes()).isEqualTo(i);
        assertThat(notes.statistics().nodes()).isEqualTo(i);
      }
      assertThat(hits).hasPositiveValue();
      assertThat(cache.health().failures() + cache.health().notAsked()).isPositive();
    }
  }
}
