package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.json.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Values as they stand in items. */
final class Codec {
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
    byte[] digest = LogFormat.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, HASH_BYTES));
  }

  /** 16 digits that order as the number does. */
  static String ordered(long number) {
    return HexFormat.of().toHexDigits(number ^ Long.MIN_VALUE);
  }
}
