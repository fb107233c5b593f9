package dev.knowledgegraph.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.tck.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a copy says of a product is true, and says much. */
class CopiedBlockTest {
  private final float[] lowest = new float[CopiedBlock.MOST];
  private final float[] highest = new float[CopiedBlock.MOST];

  private void bound(List<float[]> vectors, float[] wanted) throws IOException {
    var values = FloatVectorValues.fromFloats(vectors, wanted.length);
    CopiedBlock.of(values, 0, vectors.size()).bounds(new Wanted(wanted), lowest, highest);
    for (int i = 0; i < vectors.size(); i++) {
      double product = SomeVectors.product(vectors.get(i), wanted);
      double asFloats = VectorUtil.dotProduct(vectors.get(i), wanted);
      assertThat(product).isBetween((double) lowest[i], (double) highest[i]);
      assertThat(asFloats).isBetween((double) lowest[i], (double) highest[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,anywhere",
    "2,anywhere",
    "3,sparse",
    "64,anywhere",
    "64,clustered",
    "384,anywhere",
    "512,sparse",
    "512,clustered",
    "1536,anywhere",
    "4096,anywhere",
    "4096,sparse"
  })
  void each_product_lies_between_its_bounds_and_these_are_near_each_other(int dimension, String way)
      throws IOException {
    long seed = Seeds.seed("bounds of %s vectors with %d components".formatted(way, dimension));
    var drawn = new SomeVectors(new Random(seed), dimension);
    for (int count : new int[] {1, 2, 3, 4, 5, 63, 250}) {
      var vectors = new ArrayList<float[]>();
      for (int i = 0; i < count; i++) {
        vectors.add(drawn.drawn(way));
      }
      for (float[] wanted : List.of(drawn.drawn(way), drawn.anywhere(), vectors.getFirst())) {
        bound(vectors, wanted);
        for (int i = 0; i < count; i++) {
          assertThat(highest[i] - lowest[i]).isBetween(0f, 0.06f);
        }
      }
    }
  }

  @Test
  void the_largest_sum_there_can_be_is_no_overflow() throws IOException {
    float[] even = new float[4_096];
    Arrays.fill(even, 1 / 64f);
    float[] opposite = new float[4_096];
    Arrays.fill(opposite, -1 / 64f);
    bound(List.of(even, opposite), even);
    assertThat(lowest[0]).isGreaterThan(0.99f);
    assertThat(highest[1]).isLessThan(-0.99f);
  }

  @Test
  void vectors_that_are_zero_or_hardly_more_are_told_right() throws IOException {
    float[] zero = new float[8];
    float[] least = new float[8];
    Arrays.fill(least, Float.MIN_VALUE);
    float[] small = new float[8];
    Arrays.fill(small, 1e-37f);
    small[3] = -1e-36f;
    float[] one = new float[8];
    one[5] = -1;
    bound(List.of(zero, least, small, one), SomeVectors.unit(new float[] {1, 2, 3, 4, 5, 6, 7, 8}));
    assertThat(highest[0]).isLessThan(1e-4f);
    bound(List.of(zero, least, small), least);
  }

  @Test
  void vectors_need_not_have_length_1() throws IOException {
    float[] wanted = {300, -0.5f, 20};
    bound(List.of(new float[] {1e6f, 2, -3}, new float[] {0.001f, 0.002f, 0}), wanted);
  }
}
