package dev.knowledgegraph.embeddings.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.error.StorageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OnnxEmbedderTest {
  private static final OnnxEmbedder EMBEDDER = OnnxEmbedder.allMiniLm();

  @AfterAll
  static void close() {
    EMBEDDER.close();
  }

  @Test
  void a_text_is_near_to_one_that_says_the_same_in_other_words() {
    float[] query = EMBEDDER.embedQuery("A vessel crosses the ocean.");
    var vectors =
        EMBEDDER.embedDocuments(
            List.of("The ship sails over the sea.", "He crosses the street with a coffee."));

    assertThat(cosine(query, vectors.getFirst())).isGreaterThan(0.6);
    assertThat(cosine(query, vectors.getLast())).isLessThan(0.4);
  }

  @Test
  void a_blank_text_has_the_zero_vector() {
    assertThat(EMBEDDER.embedDocuments(List.of("", " \t\n")))
        .allSatisfy(vector -> assertThat(vector).containsOnly(0));
  }

  @Test
  void what_is_beyond_the_model_of_a_long_text_is_cut() {
    String start = "ship ".repeat(254);

    assertThat(EMBEDDER.embedQuery(start + "engine"))
        .containsExactly(EMBEDDER.embedQuery(start), within(1e-6f));
    assertThat(EMBEDDER.embedQuery("x".repeat(19_999) + "😀")).hasSize(384);
  }

  @Test
  void a_vector_may_be_changed_by_whoever_has_it() {
    float[] first = EMBEDDER.embedQuery("mine");
    float[] copy = first.clone();
    Arrays.fill(first, 0);
    float[] second = EMBEDDER.embedQuery("mine");
    Arrays.fill(second, 0);

    assertThat(EMBEDDER.embedQuery("mine")).containsExactly(copy);
  }

  @Test
  void with_and_without_a_cache_the_vectors_are_the_same() {
    try (var without = OnnxEmbedder.allMiniLm(1, 0)) {
      var texts = new ArrayList<String>();
      IntStream.range(0, 300).forEach(i -> texts.add("text number " + i % 40));

      assertThat(without.embedDocuments(texts))
          .usingElementComparator(Arrays::compare)
          .isEqualTo(EMBEDDER.embedDocuments(texts));
    }
  }

  @Test
  void the_cache_is_bounded() {
    var cache = new VectorCache(10_000);
    var keys = IntStream.range(0, 1_000).mapToObj(i -> VectorCache.key("text " + i)).toList();

    keys.forEach(key -> cache.put(key, new float[384]));

    assertThat(keys.stream().filter(key -> cache.find(key) != null)).hasSizeBetween(1, 5);
  }

  @Test
  void a_closed_one_says_so() {
    var embedder = OnnxEmbedder.allMiniLm(1, 0);
    embedder.close();
    embedder.close();

    assertThatThrownBy(() -> embedder.embedQuery("too late"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_caller_that_is_interrupted_does_not_wait() {
    // So many that they cannot be done before it is asked.
    var texts = IntStream.range(0, 100).mapToObj(i -> "no time for " + i).toList();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> EMBEDDER.embedDocuments(texts))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.retryable()).isTrue());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void a_model_that_is_not_there_is_told() {
    assertThatThrownBy(() -> SentenceModel.load("nothing.onnx", "nothing.json", 384, 256))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.code()).isEqualTo("EMBEDDER_UNAVAILABLE"));
  }

  @Test
  void settings_out_of_their_range_are_refused() {
    assertThatThrownBy(() -> OnnxEmbedder.allMiniLm(0, 0)).hasMessageContaining("threads");
    assertThatThrownBy(() -> OnnxEmbedder.allMiniLm(1, -1)).hasMessageContaining("cacheBytes");
  }

  private static double cosine(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
