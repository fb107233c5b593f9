package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.json.ValueJson;
import dev.knowledgegraph.model.Properties;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values as they stand in columns. */
final class Codec {
  static final int PLAIN = 1;
  static final int DEFLATED = 2;

  /** U+10FFFE, which is no character. */
  private static final String ESCAPE = Character.toString(0x10FFFE);

  private Codec() {}

  static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  static UUID uuid(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  static String hex(UUID id) {
    return HexFormat.of().formatHex(bytes(id));
  }

  /**
   * A JSON array of distinct ids in hexadecimal, which {@code json_each} and {@code unhex} read.
   */
  static String ids(Stream<UUID> ids) {
    return array(ids.distinct().map(Codec::hex).toList());
  }

  static long clampedMicros(Instant time) {
    try {
      return LogFormat.micros(time);
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /**
   * A text as it stands in a column. PostgreSQL has no character U+0000, so it is written as two
   * others, and the first of these, which no text is likely to have, is, too.
   */
  static String stored(String text) {
    return text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0
        ? text
        : text.replace(ESCAPE, ESCAPE + "1").replace("\0", ESCAPE + "0");
  }

  /** The text that stands in a column. */
  static String text(String stored) {
    return stored.indexOf(ESCAPE) < 0
        ? stored
        : stored.replace(ESCAPE + "0", "\0").replace(ESCAPE + "1", ESCAPE);
  }

  static @Nullable String properties(Properties properties) {
    return properties.isEmpty() ? null : ValueJson.properties(properties);
  }

  static Properties parseProperties(@Nullable String json) {
    return json == null ? Properties.none() : ValueJson.parseProperties(json);
  }

  /** A JSON array of texts; null for none. */
  static @Nullable String texts(Collection<String> texts) {
    return texts.isEmpty() ? null : array(texts);
  }

  static String array(Collection<String> texts) {
    var json = new StringBuilder(texts.size() * 36 + 2).append('[');
    for (String text : texts) {
      if (json.length() > 1) {
        json.append(',');
      }
      json.append('"');
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < 0x20) {
          json.append(String.format("\\u%04x", (int) c));
        } else {
          if (c == '"' || c == '\\') {
            json.append('\\');
          }
          json.append(c);
        }
      }
      json.append('"');
    }
    return json.append(']').toString();
  }

  /** Reads what {@link #array} wrote. */
  static List<String> parseTexts(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    var text = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        if (inside) {
          texts.add(text.toString());
          text.setLength(0);
        }
        inside = !inside;
      } else if (c == '\\') {
        i++;
        if (json.charAt(i) == 'u') {
          text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
          i += 4;
        } else {
          text.append(json.charAt(i));
        }
      } else if (inside) {
        text.append(c);
      }
    }
    return texts;
  }
}
