package dev.knowledgegraph.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.error.IntegrityException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
  private static final String CODE = "LOG_DAMAGED";

  /** Sizes at which a buffer of any usual size is just full, and those beside them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_024, 4_096, 8_192, 16_384, 32_768, 65_536, 1 << 20, 3 * 16_384})
  void bytes_of_any_size_come_back_as_they_were(int size) {
    var random = new Random(size);
    for (int length = Math.max(0, size - 2); length <= size + 2; length++) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      byte[] zeros = new byte[length];

      assertThat(LogFormat.inflate(LogFormat.deflate(noise), CODE)).isEqualTo(noise);
      assertThat(LogFormat.inflate(LogFormat.deflate(zeros), CODE)).isEqualTo(zeros);
    }
  }

  @Test
  void what_is_cut_short_is_damaged_wherever_it_is_cut() {
    byte[] plain = new byte[40_000];
    new Random(1).nextBytes(plain);
    byte[] whole = LogFormat.deflate(plain);
    for (int length = 0; length < whole.length; length += 997) {
      byte[] cut = Arrays.copyOf(whole, length);

      assertThatExceptionOfType(IntegrityException.class)
          .isThrownBy(() -> LogFormat.inflate(cut, CODE))
          .extracting(IntegrityException::code)
          .isEqualTo(CODE);
    }
  }

  @Test
  void what_is_not_compressed_is_damaged() {
    byte[] noise = new byte[100];
    Arrays.fill(noise, (byte) 0xff);

    assertThatExceptionOfType(IntegrityException.class)
        .isThrownBy(() -> LogFormat.inflate(noise, CODE))
        .withMessageContaining("damaged");
  }
}
