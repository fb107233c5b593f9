package dev.knowledgegraph.tck;

import java.util.Random;

/**
 * Where random tests begin: at another seed each time, which is printed; or at the one that the
 * system property {@value #PROPERTY} says, to see a failure again.
 */
public final class Seeds {
  /** The system property. */
  public static final String PROPERTY = "kg.seed";

  private Seeds() {}

  /** The seed of this run of a test. */
  @SuppressWarnings("SystemOut") // read by the person who looks at a failed build
  public static long seed(String test) {
    long seed = Long.getLong(PROPERTY, new Random().nextLong());
    System.out.printf("%s: -D%s=%d%n", test, PROPERTY, seed);
    return seed;
  }
}
