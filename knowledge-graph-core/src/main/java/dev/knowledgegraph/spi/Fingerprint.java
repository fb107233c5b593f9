package dev.knowledgegraph.spi;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A set of elements as 256 bits: the sum, modulo 2^256, of the SHA-256 of each element's canonical
 * form. Independent of order, and kept incrementally by {@link #plus} and {@link #minus}.
 */
public record Fingerprint(long a, long b, long c, long d) {
  public static final Fingerprint EMPTY = new Fingerprint(0, 0, 0, 0);

  /** Reads 32 big-endian bytes. */
  public static Fingerprint of(byte[] bytes) {
    var buffer = java.nio.ByteBuffer.wrap(bytes);
    return new Fingerprint(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** 32 big-endian bytes. */
  public byte[] bytes() {
    return java.nio.ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  public Fingerprint plus(Fingerprint other) {
    long d1 = d + other.d;
    long carry = Long.compareUnsigned(d1, d) < 0 ? 1 : 0;
    long c1 = c + other.c + carry;
    carry = carry(c, other.c, c1);
    long b1 = b + other.b + carry;
    carry = carry(b, other.b, b1);
    return new Fingerprint(a + other.a + carry, b1, c1, d1);
  }

  private static long carry(long x, long y, long sum) {
    return ((x & y) | ((x | y) & ~sum)) < 0 ? 1 : 0;
  }

  public Fingerprint minus(Fingerprint other) {
    // Two's complement: x - y = x + ~y + 1.
    return plus(new Fingerprint(~other.a, ~other.b, ~other.c, ~other.d))
        .plus(new Fingerprint(0, 0, 0, 1));
  }

  /** 64 hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** The unsigned number these bits are. */
  public BigInteger toBigInteger() {
    return new BigInteger(1, Arrays.copyOf(bytes(), 32));
  }

  @Override
  public String toString() {
    return hex();
  }
}
