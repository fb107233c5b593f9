package dev.knowledgegraph.json;

import dev.knowledgegraph.error.IntegrityException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How entries of a log are kept in every store that lasts: deflated (RFC 1951) if they are long,
 * with a CRC-32C (RFC 3720, appendix B.4) of what is kept, and chained by SHA-256.
 */
public final class LogFormat {
  /** What has more bytes is deflated. */
  public static final int DEFLATE_ABOVE = 1_024;

  private static final int BUFFER = 16 * 1_024;

  private LogFormat() {}

  /** Microseconds since 1970, which is how exact times are kept. */
  public static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  /** The reverse of {@link #micros}. */
  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  /** The bytes made shorter, if they are not random. */
  public static byte[] deflate(byte[] plain) {
    var deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(plain);
      deflater.finish();
      var out = new ByteArrayOutputStream(plain.length / 4 + 64);
      var buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * The reverse of {@link #deflate}.
   *
   * @param code of the exception if the bytes are damaged
   * @throws IntegrityException if they are
   */
  public static byte[] inflate(byte[] deflated, String code) {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      var out = new ByteArrayOutputStream(deflated.length * 4 + 64);
      var buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && !inflater.finished()) {
          // It wants more input, or a dictionary.
          throw new IntegrityException(code, "something compressed ends early", null);
        }
        out.write(buffer, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IntegrityException(code, "something compressed is damaged", e);
    } finally {
      inflater.end();
    }
  }

  /** The checksum of an entry as it is kept, 0 to 2³² − 1. */
  public static long crc32c(byte[] payload) {
    var crc = new CRC32C();
    crc.update(payload);
    return crc.getValue();
  }

  /** A new SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The link of an entry to all before it: SHA-256 of the link before, sequence number and time (8
   * bytes each), the words (each after its length in 4 bytes), and the SHA-256 of the payload.
   *
   * @param before 32 bytes, zeros before the first entry
   * @param words what surrounds the events: actor, command id, correlation, causation
   * @param payload as it is kept
   * @return 32 bytes
   */
  public static byte[] chain(
      byte[] before, long sequence, long micros, List<String> words, byte[] payload) {
    var digest = sha256();
    byte[] payloadHash = digest.digest(payload);
    digest.update(before);
    digest.update(ByteBuffer.allocate(16).putLong(sequence).putLong(micros).array());
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      // With its length, so that what moves from one word to the next does not go unseen.
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
      digest.update(bytes);
    }
    digest.update(payloadHash);
    return digest.digest();
  }
}
