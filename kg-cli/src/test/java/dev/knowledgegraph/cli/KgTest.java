package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class KgTest {
  @Test
  void kg_starts() {
    assertThatCode(() -> Kg.main(new String[0])).doesNotThrowAnyException();
  }
}
