package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class KgTest {
  @Test
  void kg_ends() {
    assertThatCode(() -> Kg.main(new String[] {"version"})).doesNotThrowAnyException();
  }

  @Test
  void kg_starts() {
    assertThatCode(() -> Training.main(new String[0])).doesNotThrowAnyException();
  }
}
