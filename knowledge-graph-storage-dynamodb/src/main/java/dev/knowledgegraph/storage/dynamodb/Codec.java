package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.IntegrityException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Values as they stand in items. */
final class Codec {
  /** What is longer is deflated. */
  static final int DEFLATE_ABOVE = 1_024;

  private static final int HASH_BYTES = 16;

  private Codec() {}

  static String hex(UUID id) {
    return HexFormat.of().toHexDigits(id.getMostSignificantBits())
        + HexFormat.of().toHexDigits(id.getLeastSignificantBits());
  }

  static UUID uuid(String hex) {
    return new UUID(
        HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
  }

  /** The first 128 bits of the SHA-256 of a text, in 22 characters without {@code #}. */
  static String hash(String text) {
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, HASH_BYTES));
  }

  static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }

  /** 16 digits that order as the number does. */
  static String ordered(long number) {
    return HexFormat.of().toHexDigits(number ^ Long.MIN_VALUE);
  }

  static byte[] deflate(byte[] plain) {
    var deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(plain);
      deflater.finish();
      var out = new ByteArrayOutputStream(plain.length / 4 + 64);
      var buffer = new byte[16 * 1024];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  static byte[] inflate(byte[] deflated) {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      var out = new ByteArrayOutputStream(deflated.length * 4 + 64);
      var buffer = new byte[16 * 1024];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new IntegrityException("STORE_DAMAGED", "a compressed item ends early", null);
        }
        out.write(buffer, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IntegrityException("STORE_DAMAGED", "a compressed item is damaged", e);
    } finally {
      inflater.end();
    }
  }

  static long crc32c(byte[] payload) {
    var crc = new CRC32C();
    crc.update(payload);
    return crc.getValue();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The link of a log entry to all before it: SHA-256 of the link before, sequence number and time
   * (8 bytes each), the words (each after its length in 4 bytes), and the SHA-256 of the payload.
   *
   * @param words what surrounds the events: actor, command id, correlation, causation
   */
  static byte[] chain(
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
