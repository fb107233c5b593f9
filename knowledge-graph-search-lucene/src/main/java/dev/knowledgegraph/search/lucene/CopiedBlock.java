package dev.knowledgegraph.search.lucene;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.FloatVectorValues;

/**
 * Some vectors in memory, a byte for each component, component by component: one that is 0 in the
 * vector wanted is not read. An int holds the bytes of four vectors, and sums run over ints of the
 * same place in two arrays, since the compiler of the JVM makes such loops work on many numbers at
 * once, and loops over bytes not.
 */
final class CopiedBlock {
  /** The most vectors in one: their sums and one component of all stay in the cache next to it. */
  static final int MOST = 4_096;

  private static final int LANES = 4;
  private static final int MOST_BYTE = 127;

  /** How often a float is rounded on the way to an error, and some more. */
  private static final int FLOATS_HERE = 4;

  /** What a vector takes beside its bytes. */
  private static final int BESIDE = 2 * Float.BYTES;

  private final int count;
  private final int words;
  private final int[][] columns;
  private final float[] scales;
  private final float[] errors;
  private double longest;

  private CopiedBlock(int count, int dimension) {
    this.count = count;
    this.words = (count + LANES - 1) / LANES;
    this.columns = new int[dimension][words];
    this.scales = new float[count];
    this.errors = new float[count];
  }

  /** How much room so many vectors take, to some percent. */
  static long bytes(int vectors, int dimension) {
    return (long) vectors * (dimension + BESIDE);
  }

  static CopiedBlock of(FloatVectorValues vectors, int from, int count) throws IOException {
    var block = new CopiedBlock(count, vectors.dimension());
    int[][] lanes = new int[LANES][vectors.dimension()];
    float[] lost = new float[vectors.dimension()];
    for (int word = 0; word < block.words; word++) {
      for (int lane = 0; lane < LANES; lane++) {
        int i = lane * block.words + word;
        if (i < count) {
          block.round(i, vectors.vectorValue(from + i), lanes[lane], lost);
        } else {
          Arrays.fill(lanes[lane], 0);
        }
      }
      block.put(word, lanes);
    }
    return block;
  }

  /** Makes whole numbers of a vector's components, and keeps how far they are off together. */
  private void round(int i, float[] vector, int[] rounded, float[] lost) {
    float scale = most(vector) / MOST_BYTE;
    float perScale = scale < Float.MIN_NORMAL ? 0 : 1 / scale;
    for (int d = 0; d < vector.length; d++) {
      int whole = Math.round(vector[d] * perScale);
      rounded[d] = whole;
      lost[d] = vector[d] - scale * whole;
    }
    scales[i] = scale;
    errors[i] = Math.nextUp((float) Wanted.length(lost));
    longest = Math.max(longest, Wanted.length(vector));
  }

  private static float most(float[] vector) {
    float most = 0;
    for (float component : vector) {
      float size = Math.abs(component);
      if (size > most) {
        most = size;
      }
    }
    return most;
  }

  private void put(int word, int[][] lanes) {
    for (int d = 0; d < columns.length; d++) {
      columns[d][word] =
          (lanes[0][d] & 0xff)
              | (lanes[1][d] & 0xff) << 8
              | (lanes[2][d] & 0xff) << 16
              | lanes[3][d] << 24;
    }
  }

  int count() {
    return count;
  }

  /**
   * Between what two numbers the product of each vector and the one wanted lies, also as floats
   * compute it, in any order.
   *
   * @param lowest the lower number for each vector, {@link #MOST} places
   * @param highest the higher one
   */
  void bounds(Wanted wanted, float[] lowest, float[] highest) {
    int[][] sums = sums(wanted);
    double always = alwaysLost(wanted);
    for (int lane = 0; lane < LANES; lane++) {
      int first = lane * words;
      for (int i = first; i < Math.min(first + words, count); i++) {
        double product = sums[lane][i - first] * wanted.unit() * scales[i];
        double lost = errors[i] * wanted.length() + always;
        lowest[i] = Math.nextDown((float) (product - lost));
        highest[i] = Math.nextUp((float) (product + lost));
      }
    }
  }

  /**
   * By rounding the vector wanted; by computing with floats, a sum of the products and the errors
   * here, each time half of the last bit at most; and by making a score of the product, which
   * Lucene does as (1 + product) ÷ 2.
   */
  private double alwaysLost(Wanted wanted) {
    double floats = (columns.length + FLOATS_HERE) * (double) Math.ulp(1f);
    return longest * (wanted.roundedAway() + floats * wanted.length()) + Math.ulp(1f);
  }

  private int[][] sums(Wanted wanted) {
    int[][] sums = new int[LANES][words];
    for (int i = 0; i < wanted.size(); i++) {
      int[] column = columns[wanted.component(i)];
      int weight = wanted.weight(i);
      for (int lane = 0; lane < LANES; lane++) {
        add(sums[lane], column, Byte.SIZE * (LANES - 1 - lane), weight);
      }
    }
    return sums;
  }

  /** The shape of this loop makes it fast; see above. */
  private static void add(int[] sums, int[] column, int left, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += weight * ((column[i] << left) >> (Integer.SIZE - Byte.SIZE));
    }
  }
}
