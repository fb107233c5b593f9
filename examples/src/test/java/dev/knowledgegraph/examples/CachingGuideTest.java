package dev.knowledgegraph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.cache.redis.RedisCache;
import dev.knowledgegraph.cache.redis.RedisCacheConfig;
import dev.knowledgegraph.json.AnswerCodec;
import dev.knowledgegraph.memory.InMemoryCache;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.EncodedCache;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The programs of the guide to keeping answers are those here, and they run. */
class CachingGuideTest {
  private final InMemoryStorage storage = new InMemoryStorage();

  @Test
  void in_memory() {
    // begin
    var store =
        KnowledgeGraph.builder()
            .storage(storage)
            .cache(new InMemoryCache<>(10_000, Clock.systemUTC()))
            .build();
    // end
    requireAnswers(store);
  }

  @Test
  void on_a_server_that_is_not_there() {
    // begin
    var address = URI.create("rediss://:PASSWORD@cache.example:6379/0");
    var redis = RedisCache.open(RedisCacheConfig.builder(address).build());
    var store =
        KnowledgeGraph.builder()
            .storage(storage)
            .cache(new EncodedCache<>(redis, new AnswerCodec()))
            .build();
    // end
    requireAnswers(store);
    redis.close();
  }

  private static void requireAnswers(KnowledgeGraph store) {
    GraphView notes = store.as(UserId.of("ada")).graph("notes");
    NodeId one = notes.add(NodeData.node("one"));
    NodeId two = notes.add(NodeData.node("two"));
    assertThat(notes.neighbors(one)).isEmpty();
    notes.link(one, "TO", two);
    assertThat(notes.neighbors(one)).hasSize(1);
    assertThat(notes.neighbors(one)).hasSize(1);
    store.close();
  }

  @Test
  void the_programs_are_those_that_are_printed() throws IOException {
    assertThat(Guide.printed("caching.md"))
        .hasSize(2)
        .isEqualTo(Guide.written(CachingGuideTest.class));
  }
}
