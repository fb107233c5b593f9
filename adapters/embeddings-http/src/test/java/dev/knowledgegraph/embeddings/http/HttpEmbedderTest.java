package dev.knowledgegraph.embeddings.http;

import static dev.knowledgegraph.embeddings.http.StandIn.json;
import static dev.knowledgegraph.embeddings.http.StandIn.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.tck.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEmbedderTest {
  private static final String KEY = "sk-very-secret";
  private static final String TEXT = "a private thought";
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Duration EVER = Duration.ofHours(1);

  private final StandIn service = new StandIn();
  private final ManualClock clock = new ManualClock();

  @AfterEach
  void stop() {
    service.close();
  }

  @Nested
  class When_the_service_answers_well {
    @Test
    void vectors_come_in_the_order_of_the_texts_and_have_length_one() {
      service.will(StandIn.wellBackwards());
      try (var embedder = embedder(config -> config)) {
        var texts = List.of("one ship", "two steam engines", "three programs");
        var expected = new HashingEmbedder(StandIn.DIMENSION).embedDocuments(texts);

        var vectors = embedder.embedDocuments(texts);

        for (int i = 0; i < texts.size(); i++) {
          assertThat(vectors.get(i)).containsExactly(expected.get(i), within(1e-6f));
        }
      }
    }

    @Test
    void many_texts_are_asked_for_in_batches() {
      try (var embedder = embedder(config -> config.batchSize(4))) {
        embedder.embedDocuments(IntStream.range(0, 10).mapToObj(i -> "text " + i).toList());

        assertThat(service.requests).extracting(List::size).containsExactly(4, 4, 2);
      }
    }

    @Test
    void blank_texts_are_not_sent() {
      try (var embedder = embedder(config -> config)) {
        assertThat(embedder.embedDocuments(List.of("", "word", " \n")))
            .extracting(vector -> IntStream.range(0, vector.length).allMatch(i -> vector[i] == 0))
            .containsExactly(true, false, true);
        assertThat(service.requests).containsExactly(List.of("word"));
      }
    }

    @Test
    void a_long_text_is_cut_between_characters() {
      try (var embedder = embedder(config -> config.maxChars(4))) {
        embedder.embedDocuments(List.of("abc😀def", "abcdefg", "    blank where it is read"));

        assertThat(service.requests).containsExactly(List.of("abc", "abcd"));
      }
    }

    @Test
    void the_key_is_asked_for_before_each_request() {
      var keys = List.of("first", "second", "").iterator();
      try (var embedder = embedder(config -> config.batchSize(1).apiKey(keys::next))) {
        embedder.embedDocuments(List.of("a", "b", "c"));

        assertThat(service.keys).containsExactly("Bearer first", "Bearer second", "null");
      }
    }

    @Test
    void all_that_vectors_depend_on_is_in_the_name() {
      try (var one = embedder(config -> config);
          var other = embedder(config -> config.maxChars(100))) {
        assertThat(one.name()).isEqualTo("http-stand-in-32-8000").isNotEqualTo(other.name());
      }
    }
  }

  @Nested
  class When_the_answer_is_wrong {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "garbage",
          "[]",
          "{\"data\": [",
          "{\"data\": {}}",
          "{\"data\": [3]}",
          "{\"data\": []}",
          "{}",
          "{\"data\": [{\"index\": 0}]}",
          "{\"data\": [{\"index\": 0, \"embedding\": \"AAAA\"}]}",
          "{\"data\": [{\"index\": 0.5, \"embedding\": []}]}",
          "{\"data\": [{\"index\": 99999999999, \"embedding\": []}]}",
          "{\"error\": \"you sent a private thought with sk-very-secret\"}"
        })
    void what_is_no_answer_is_refused(String answer) {
      service.will(json(answer));

      assertFails(config -> config, "EMBEDDER_ANSWER_INVALID", false);
    }

    @Test
    void a_vector_too_few_is_refused() {
      service.will(json(answer(vector(0, "1"))));
      try (var embedder = embedder(config -> config)) {
        assertThatThrownBy(() -> embedder.embedDocuments(List.of("a", "b")))
            .hasMessageContaining("no vector for text 1 of 2");
      }
    }

    @Test
    void a_vector_too_many_is_refused() {
      service.will(json(answer(vector(0, "1"), vector(1, "1"))));

      assertFails(config -> config, "EMBEDDER_ANSWER_INVALID", false)
          .hasMessageContaining("a vector for text 1 of 1");
    }

    @Test
    void two_vectors_for_one_text_are_refused() {
      service.will(json(answer(vector(0, "1"), vector(0, "1"))));

      assertFails(config -> config, "EMBEDDER_ANSWER_INVALID", false)
          .hasMessageContaining("two vectors for text 0");
    }

    @Test
    void another_dimension_is_refused() {
      service.will(json("{\"data\": [{\"embedding\": [1, 2, 3]}]}"));

      assertFails(config -> config, "EMBEDDER_ANSWER_INVALID", false)
          .hasMessageContaining("3 components, expected 32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-1e39", "null", "\"1\"", "NaN", "[1]"})
    void a_component_that_is_no_finite_number_is_refused(String component) {
      service.will(json(answer(vector(0, component))));

      assertFails(config -> config, "EMBEDDER_ANSWER_INVALID", false);
    }

    @Test
    void a_huge_answer_is_not_read_to_its_end() {
      service.will(json("{\"padding\": \"" + "x".repeat(100_000) + "\"}"));

      assertFails(config -> config.maxResponseBytes(50_000), "EMBEDDER_ANSWER_INVALID", false)
          .hasMessageContaining("more than 50000 bytes");
    }

    @Test
    void nesting_without_end_is_refused() {
      service.will(json("{\"padding\": " + "[".repeat(100_000)));

      assertFails(config -> config, "EMBEDDER_ANSWER_INVALID", false);
    }

    private static String answer(String... vectors) {
      return "{\"data\": [" + String.join(",", vectors) + "]}";
    }

    private static String vector(int index, String component) {
      return IntStream.range(0, StandIn.DIMENSION)
          .mapToObj(i -> component)
          .collect(Collectors.joining(",", "{\"index\": " + index + ", \"embedding\": [", "]}"));
    }
  }

  @Nested
  class When_the_service_fails {
    @Test
    void it_is_asked_again() {
      service.will(status(500), status(503));
      try (var embedder = embedder(config -> config)) {
        assertThat(embedder.embedQuery(TEXT)).hasSize(StandIn.DIMENSION);
        assertThat(service.requests).hasSize(3);
      }
    }

    @Test
    void it_is_asked_again_only_so_often() {
      service.will(status(500), status(500), status(500));

      assertFails(config -> config.retries(2, MOMENT, MOMENT), "EMBEDDER_UNAVAILABLE", true);
      assertThat(service.requests).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 413})
    void what_will_not_go_better_is_not_asked_again(int status) {
      service.will(status(status, "Location", service.address().toString()));

      assertFails(config -> config, "EMBEDDER_REFUSED", false)
          .hasMessageContaining("status " + status);
      assertThat(service.requests).hasSize(1);
    }

    @Test
    void it_is_asked_again_when_it_says_and_not_when_we_would() {
      service.will(status(429, "Retry-After", "0"));
      try (var embedder = embedder(config -> config.retries(1, EVER, EVER))) {
        embedder.embedQuery(TEXT);

        assertThat(service.requests).hasSize(2);
      }
    }

    @Test
    void it_may_say_when_with_a_date() {
      service.will(status(503, "Retry-After", "Mon, 01 Jan 2024 00:00:00 GMT"));
      try (var embedder = embedder(config -> config.retries(1, EVER, EVER))) {
        embedder.embedQuery(TEXT);

        assertThat(service.requests).hasSize(2);
      }
    }

    @Test
    void it_is_not_asked_again_before_it_says() {
      service.will(status(429, "Retry-After", "3600"));

      assertFails(config -> config, "EMBEDDER_UNAVAILABLE", true);
      assertThat(service.requests).hasSize(1);
    }

    @Test
    void a_wish_that_nobody_understands_is_not_heeded() {
      service.will(status(429, "Retry-After", "soon"));
      try (var embedder = embedder(config -> config)) {
        embedder.embedQuery(TEXT);

        assertThat(service.requests).hasSize(2);
      }
    }

    @Test
    void a_service_that_says_nothing_is_given_up_in_time() {
      service.will(service.hang());

      assertFails(
          config -> config.retries(0, MOMENT, MOMENT).timeouts(EVER, Duration.ofMillis(200)),
          "EMBEDDER_UNAVAILABLE",
          true);
    }

    @Test
    void a_service_that_says_nothing_more_is_given_up_in_time() {
      service.will(service.hangInTheMiddle());

      assertFails(
          config -> config.retries(0, MOMENT, MOMENT).timeouts(EVER, Duration.ofMillis(200)),
          "EMBEDDER_UNAVAILABLE",
          true);
    }

    @Test
    void a_service_that_is_not_there_is_told() {
      service.close();

      assertFails(config -> config, "EMBEDDER_UNAVAILABLE", true);
    }

    @Test
    void a_caller_that_is_interrupted_does_not_wait() {
      service.will(status(500));
      try (var embedder = embedder(config -> config.retries(1, EVER, EVER))) {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> embedder.embedQuery(TEXT)).isInstanceOf(StorageException.class);
        assertThat(Thread.interrupted()).isTrue();
      }
    }

    @Test
    void waits_grow_up_to_a_limit() {
      assertThat(IntStream.of(0, 1, 2, 3, 4, 1000))
          .extracting(
              tries -> Patience.longest(tries, Duration.ofSeconds(1), Duration.ofSeconds(7)))
          .extracting(Duration::toSeconds)
          .containsExactly(1L, 1L, 2L, 4L, 7L, 7L);
    }
  }

  @Nested
  class When_the_service_keeps_failing {
    private static final Duration REST = Duration.ofMinutes(1);

    private final HttpEmbedder embedder =
        embedder(config -> config.retries(0, MOMENT, MOMENT).breaker(2, REST));

    @AfterEach
    void close() {
      embedder.close();
    }

    @Test
    void it_is_left_alone_for_a_while() {
      open();
      clock.advance(REST.minusMillis(1));

      assertUnavailable();
      assertThat(service.requests).hasSize(2);
    }

    @Test
    void a_request_that_goes_well_ends_that() {
      open();
      clock.advance(REST);
      embedder.embedQuery(TEXT);
      service.will(status(500));
      assertUnavailable();
      embedder.embedQuery(TEXT);

      assertThat(service.requests).as("one failure more does not open it").hasSize(5);
    }

    @Test
    void a_request_that_fails_makes_it_begin_anew() {
      open();
      clock.advance(REST);
      service.will(status(500));
      assertUnavailable();
      assertUnavailable();
      assertThat(service.requests).hasSize(3);
      clock.advance(REST);
      embedder.embedQuery(TEXT);

      assertThat(service.requests).hasSize(4);
    }

    @Test
    void failures_count_only_in_a_row() {
      for (int i = 0; i < 5; i++) {
        service.will(status(500));
        assertUnavailable();
        embedder.embedQuery(TEXT);
      }

      assertThat(service.requests).hasSize(10);
    }

    @Test
    void refusals_do_not_count() {
      service.will(status(400), status(400), status(400));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> embedder.embedQuery(TEXT)).hasMessageContaining("400");
      }

      embedder.embedQuery(TEXT);
    }

    @Test
    void tries_of_one_request_count_and_end_with_the_breaker() {
      service.will(status(500), status(502), status(503));
      try (var patient = embedder(config -> config.retries(9, MOMENT, MOMENT).breaker(2, REST))) {
        assertThatThrownBy(() -> patient.embedQuery(TEXT)).hasMessageContaining("status 502");
        assertThat(service.requests).hasSize(2);
      }
    }

    private void open() {
      service.will(status(500), status(500));
      assertUnavailable();
      assertUnavailable();
    }

    private void assertUnavailable() {
      assertThatThrownBy(() -> embedder.embedQuery(TEXT))
          .isInstanceOfSatisfying(
              StorageException.class,
              e -> {
                assertThat(e.code()).isEqualTo("EMBEDDER_UNAVAILABLE");
                assertThat(e.retryable()).isTrue();
              });
    }
  }

  @Nested
  class Secrets {
    @Test
    void a_key_that_cannot_be_sent_is_not_told() {
      assertFails(config -> config.apiKey(() -> KEY + "\n"), "EMBEDDER_REFUSED", false);
      assertThat(service.requests).isEmpty();
    }

    @Test
    void a_configuration_does_not_show_its_key() {
      var config = config(builder -> builder);

      assertThat(config.toString()).doesNotContain(KEY).doesNotContain("Lambda");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://user:sk-very-secret@host",
          "https://host?key=sk-very-secret",
          "https://host#sk-very-secret",
          "file:///sk-very-secret",
          "sk-very-secret"
        })
    void an_address_that_could_hold_one_is_refused_and_not_told(String address) {
      assertThatThrownBy(() -> HttpEmbedderConfig.builder(URI.create(address), "m", 3).build())
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain(KEY);
    }
  }

  @Test
  void values_out_of_their_range_are_refused() {
    var refused =
        List.<UnaryOperator<HttpEmbedderConfig.Builder>>of(
            config -> config.batchSize(0),
            config -> config.maxChars(1),
            config -> config.maxResponseBytes(-1),
            config -> config.retries(-1, MOMENT, MOMENT),
            config -> config.retries(1, Duration.ZERO, MOMENT),
            config -> config.breaker(0, MOMENT),
            config -> config.breaker(1, Duration.ofSeconds(-1)),
            config -> config.timeouts(MOMENT, Duration.ofDays(400)));

    assertThat(refused)
        .allSatisfy(
            change ->
                assertThatThrownBy(() -> config(change))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected"));
  }

  /** Also that neither the key nor the text is told, down to the last cause. */
  private AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      UnaryOperator<HttpEmbedderConfig.Builder> change, String code, boolean retryable) {
    try (var embedder = embedder(change)) {
      return assertThatThrownBy(() -> embedder.embedQuery(TEXT))
          .isInstanceOfSatisfying(
              StorageException.class,
              e -> {
                assertThat(e.code()).isEqualTo(code);
                assertThat(e.retryable()).isEqualTo(retryable);
                assertThat(printed(e)).doesNotContain(KEY).doesNotContain(TEXT);
              });
    }
  }

  private HttpEmbedder embedder(UnaryOperator<HttpEmbedderConfig.Builder> change) {
    return HttpEmbedder.create(config(change));
  }

  private HttpEmbedderConfig config(UnaryOperator<HttpEmbedderConfig.Builder> change) {
    return change
        .apply(
            HttpEmbedderConfig.builder(service.address(), "stand-in", StandIn.DIMENSION)
                .apiKey(() -> KEY)
                .retries(3, MOMENT, MOMENT)
                .clock(clock))
        .build();
  }

  private static String printed(Throwable e) {
    var text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
