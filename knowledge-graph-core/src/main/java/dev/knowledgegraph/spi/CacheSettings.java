package dev.knowledgegraph.spi;

import java.time.Duration;

/**
 * How answers are kept.
 *
 * @param life how long an answer is kept at most; positive
 * @param maxElements the most nodes, edges and counts of an answer that is kept, together; 1 or
 *     more
 * @param headAge how old what is known of a log may be, in a store that other processes write to:
 *     their commits may be seen as much later. Zero looks at the log for each question. This
 *     process's own commits are always seen at once
 */
public record CacheSettings(Duration life, int maxElements, Duration headAge) {
  public CacheSettings {
    if (!life.isPositive()) {
      throw new IllegalArgumentException("life: expected more than zero, found " + life);
    }
    if (maxElements < 1) {
      throw new IllegalArgumentException("maxElements: expected 1 or more, found " + maxElements);
    }
    if (headAge.isNegative()) {
      throw new IllegalArgumentException("headAge: expected zero or more, found " + headAge);
    }
  }

  /** An hour, 10,000 elements, and a look at the log for each question. */
  public static CacheSettings standard() {
    return new CacheSettings(Duration.ofHours(1), 10_000, Duration.ZERO);
  }

  public CacheSettings withLife(Duration newLife) {
    return new CacheSettings(newLife, maxElements, headAge);
  }

  public CacheSettings withMaxElements(int newMaxElements) {
    return new CacheSettings(life, newMaxElements, headAge);
  }

  public CacheSettings withHeadAge(Duration newHeadAge) {
    return new CacheSettings(life, maxElements, newHeadAge);
  }
}
