package dev.knowledgegraph.tck.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.memory.InMemoryCache;
import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.spi.Codec;
import dev.knowledgegraph.spi.EncodedCache;
import dev.knowledgegraph.tck.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EncodedCacheTest extends CacheContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String SECRET = "secret";

  private static String log = "";

  private final Cache<byte[]> bytes = new InMemoryCache<>(100, new ManualClock());
  private final Cache<String> texts = new EncodedCache<>(bytes, new ShortTexts());

  @Override
  protected Cache<String> cache(Clock clock) {
    return new EncodedCache<>(new InMemoryCache<>(100, clock), new ShortTexts());
  }

  /** Texts of up to nine characters, after their length. */
  private record ShortTexts() implements Codec<String> {
    @Override
    public byte[] encode(String text) {
      if (text.length() > 9) {
        throw new IllegalArgumentException("too long: " + text);
      }
      return (text.length() + text).getBytes(UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
      var text = new String(bytes, UTF_8);
      if (text.charAt(0) - '0' != text.length() - 1) {
        throw new IllegalArgumentException("damaged: " + text);
      }
      return text.substring(1);
    }
  }

  // Before any other test, since what is logged once is logged for the first of them.
  @BeforeAll
  static void damage_some_values() {
    var out = new ByteArrayOutputStream();
    var err = System.err;
    System.setErr(new PrintStream(out, true, UTF_8));
    try {
      for (int i = 0; i < 3; i++) {
        new EncodedCacheTest().damage(i);
      }
    } finally {
      System.setErr(err);
    }
    log = out.toString(UTF_8);
  }

  private void damage(int i) {
    bytes.put("a", ("9" + SECRET + i).getBytes(UTF_8), MINUTE);
    assertThat(texts.get("a")).isEmpty();
    texts.put("b", "a long " + SECRET, MINUTE);
  }

  @Test
  void the_first_value_that_cannot_be_read_is_logged_and_the_first_that_cannot_be_written() {
    assertThat(log.lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("WARN", "cannot be read"),
            line -> assertThat(line).contains("WARN", "cannot be written"));
    assertThat(log).doesNotContain(SECRET);
  }

  @Test
  void what_cannot_be_read_is_not_there_until_it_is_put_again() {
    bytes.put("a", "5one".getBytes(UTF_8), MINUTE);
    assertThat(texts.get("a")).isEmpty();
    texts.put("a", "one", MINUTE);
    assertThat(texts.get("a")).contains("one");
  }

  @Test
  void no_exception_of_a_codec_comes_through() {
    bytes.put("a", new byte[0], MINUTE);
    assertThat(texts.get("a")).isEmpty();
  }

  @Test
  void what_cannot_be_written_leaves_nothing_there() {
    texts.put("a", "one", MINUTE);
    texts.put("a", "longer than nine", MINUTE);
    assertThat(texts.get("a")).isEmpty();
    assertThat(bytes.get("a")).isEmpty();
  }

  @Test
  void the_bytes_are_those_of_the_codec() {
    texts.put("a", "one", MINUTE);
    assertThat(bytes.get("a"))
        .hasValueSatisfying(kept -> assertThat(kept).asString().isEqualTo("3one"));
  }

  @Test
  void closing_it_closes_what_it_is_over() {
    texts.put("a", "one", MINUTE);
    texts.close();
    assertThat(bytes.get("a")).isEmpty();
  }
}
