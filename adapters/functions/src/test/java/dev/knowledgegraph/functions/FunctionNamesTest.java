package dev.knowledgegraph.functions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FunctionNamesTest {
  @Test
  void the_names_stay_what_they_were() {
    assertThat(FunctionNames.ALL)
        .containsExactly(
            "connect-node", "cleanup", "ws-connect", "ws-disconnect", "ws-send-message");
  }
}
