package dev.knowledgegraph.internal;

import dev.knowledgegraph.spi.IdGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562): the millisecond, then 74 random bits that count up within it
 * (method 2, monotonic random), so that ids made together compress well.
 */
final class Uuid7IdGenerator implements IdGenerator {
  private static final long LOW_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private long millis;
  private long high;
  private long low;

  Uuid7IdGenerator(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized UUID next() {
    long now = clock.millis();
    if (now > millis) {
      millis = now;
      high = random.nextLong() & 0x7FF;
      low = random.nextLong() & (LOW_MASK >>> 1);
    } else if (++low > LOW_MASK) {
      low = 0;
      if (++high > 0xFFF) {
        high = 0;
        millis++;
      }
    }
    return new UUID(millis << 16 | 0x7000L | high, 0x8000_0000_0000_0000L | low);
  }
}
