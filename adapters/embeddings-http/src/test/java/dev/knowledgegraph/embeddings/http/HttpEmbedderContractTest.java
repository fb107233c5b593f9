package dev.knowledgegraph.embeddings.http;

import dev.knowledgegraph.tck.search.EmbedderContract;
import org.junit.jupiter.api.AfterAll;

class HttpEmbedderContractTest extends EmbedderContract {
  private static final StandIn SERVICE = new StandIn();

  HttpEmbedderContractTest() {
    super(
        () ->
            HttpEmbedder.create(
                HttpEmbedderConfig.builder(SERVICE.address(), "stand-in", StandIn.DIMENSION)
                    .batchSize(3)
                    .build()));
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }
}
