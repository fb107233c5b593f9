package dev.knowledgegraph.tck.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.tck.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The laws of {@link Embedder}. */
public abstract class EmbedderContract {
  private static final float TOLERANCE = 1e-4f;
  private static final int CALLERS = 4;
  private static final List<String> TEXTS =
      List.of(
          "Ada Lovelace wrote the first program.",
          "a",
          "Straßen und Häuser",
          "知識グラフ 知识图谱",
          "граф знаний",
          "ज्ञान ग्राफ",
          "😀 \u0000 \uffff",
          "word ".repeat(20_000));

  private final Supplier<? extends Embedder> embedders;

  /** The embedder under test. */
  protected final Embedder embedder;

  /** A suite for such embedders, all of one name. */
  protected EmbedderContract(Supplier<? extends Embedder> embedders) {
    this.embedders = embedders;
    this.embedder = embedders.get();
  }

  @AfterEach
  void close() {
    embedder.close();
  }

  @Test
  void it_has_a_name_and_a_dimension() {
    assertThat(embedder.name()).isNotBlank().hasSizeLessThanOrEqualTo(200);
    assertThat(embedder.dimension()).isBetween(1, 4_096);
  }

  @Test
  void another_one_of_the_same_name_gives_the_same_vectors() {
    try (Embedder other = embedders.get()) {
      assertThat(other.name()).isEqualTo(embedder.name());
      assertThat(other.dimension()).isEqualTo(embedder.dimension());
      assertSame(other.embedDocuments(TEXTS), embedder.embedDocuments(TEXTS));
    }
  }

  @Test
  void vectors_have_the_dimension_and_are_finite() {
    for (float[] vector : all(TEXTS)) {
      assertThat(vector).hasSize(embedder.dimension());
      for (float component : vector) {
        assertThat(component).isFinite();
      }
    }
  }

  @Test
  void vectors_have_length_one_or_are_zero() {
    for (float[] vector : all(TEXTS)) {
      double length = length(vector);
      assertThat(length == 0 || Math.abs(length - 1) < TOLERANCE).as("length %s", length).isTrue();
    }
    assertThat(length(embedder.embedQuery(TEXTS.getFirst()))).isCloseTo(1, within(1e-4));
  }

  @Test
  void the_empty_text_is_taken() {
    assertThat(embedder.embedQuery("")).hasSize(embedder.dimension());
    assertThat(embedder.embedDocuments(List.of("", " ")))
        .allSatisfy(vector -> assertThat(vector).hasSize(embedder.dimension()));
  }

  @Test
  void the_same_text_gives_the_same_vector() {
    assertSame(embedder.embedDocuments(TEXTS), embedder.embedDocuments(TEXTS));
    assertSame(all(TEXTS), all(TEXTS));
  }

  @Test
  void many_together_give_what_each_gives_alone_in_the_same_order() {
    var alone = TEXTS.stream().flatMap(text -> embedder.embedDocuments(List.of(text)).stream());
    assertSame(embedder.embedDocuments(TEXTS), alone.toList());
    assertThat(embedder.embedDocuments(List.of())).isEmpty();
  }

  @Test
  void a_text_is_nearer_to_itself_than_to_another() {
    var query = embedder.embedQuery("the first program");
    var vectors = embedder.embedDocuments(List.of("the first program", "steam ships of Brunel"));
    assertThat(dot(query, vectors.getFirst())).isGreaterThan(dot(query, vectors.getLast()));
  }

  @Test
  void several_threads_may_use_it_at_once() {
    var expected = embedder.embedDocuments(TEXTS);
    Together.run(CALLERS, caller -> () -> embedder.embedDocuments(TEXTS))
        .forEach(found -> assertSame(found, expected));
  }

  private List<float[]> all(List<String> texts) {
    var vectors = new ArrayList<>(embedder.embedDocuments(texts));
    texts.forEach(text -> vectors.add(embedder.embedQuery(text)));
    return vectors;
  }

  private static void assertSame(List<float[]> found, List<float[]> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i), within(TOLERANCE));
    }
  }

  private static double length(float[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
