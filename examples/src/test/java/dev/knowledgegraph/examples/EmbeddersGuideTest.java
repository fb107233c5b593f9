package dev.knowledgegraph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.embeddings.http.HttpEmbedder;
import dev.knowledgegraph.embeddings.http.HttpEmbedderConfig;
import dev.knowledgegraph.embeddings.onnx.OnnxEmbedder;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.spi.Embedder;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The programs of the guide to embedders are those here, and they run. */
class EmbeddersGuideTest {
  @Test
  void without_a_model() {
    // begin
    Embedder embedder = HashingEmbedder.create();
    float[] vector = embedder.embedQuery("steam engines");
    // end
    assertThat(vector).hasSize(HashingEmbedder.DEFAULT_DIMENSION);
  }

  @Test
  void with_a_model_on_this_machine() {
    // begin
    try (Embedder embedder = OnnxEmbedder.allMiniLm()) {
      List<float[]> vectors = embedder.embedDocuments(List.of("A ship at sea.", "A vessel."));
      // left out
      assertThat(vectors).hasSize(2);
    }
    // end
  }

  @Test
  void with_a_service() {
    // begin
    var config =
        HttpEmbedderConfig.builder(
                URI.create("https://api.openai.com"), "text-embedding-3-small", 1_536)
            .apiKey(() -> Objects.requireNonNullElse(System.getenv("OPENAI_API_KEY"), ""))
            .build();
    try (Embedder embedder = HttpEmbedder.create(config)) {
      System.out.println(embedder.name()); // http-text-embedding-3-small-1536-8000
      // left out
      assertThat(embedder.name()).isEqualTo("http-text-embedding-3-small-1536-8000");
    }
    // end
  }

  @Test
  void the_programs_are_those_that_are_printed() throws IOException {
    assertThat(Guide.printed("embedders.md"))
        .hasSize(3)
        .isEqualTo(Guide.written(EmbeddersGuideTest.class));
  }
}
