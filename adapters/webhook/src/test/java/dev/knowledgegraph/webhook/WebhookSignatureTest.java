package dev.knowledgegraph.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  private static final WebhookSecret SECRET = StandIn.SECRET;
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final long TIME = 1_614_265_330;
  private static final Instant NOW = Instant.ofEpochSecond(TIME);

  /** The example that the libraries of Standard Webhooks test themselves with. */
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static boolean verify(String id, String time, String signature, byte[] body) {
    return WebhookSignature.verify(
        SECRET, id, time, signature, body, NOW, WebhookSignature.TOLERANCE);
  }

  @Test
  void the_example_of_the_specification_is_signed_alike() {
    assertThat(WebhookSignature.sign(SECRET, ID, TIME, BODY)).isEqualTo(SIGNATURE);
    assertThat(verify(ID, Long.toString(TIME), SIGNATURE, BODY)).isTrue();
  }

  @Test
  void one_of_several_signatures_is_enough() {
    assertThat(verify(ID, Long.toString(TIME), "v1,AAAA v2,x " + SIGNATURE, BODY)).isTrue();
    assertThat(verify(ID, Long.toString(TIME), "v1,AAAA v2,x", BODY)).isFalse();
  }

  @Test
  void what_was_changed_on_the_way_is_not_genuine() {
    byte[] changed = BODY.clone();
    changed[10]++;
    assertThat(verify(ID, Long.toString(TIME), SIGNATURE, changed)).isFalse();
    assertThat(verify(ID + "x", Long.toString(TIME), SIGNATURE, BODY)).isFalse();
    assertThat(verify(ID, Long.toString(TIME + 1), SIGNATURE, BODY)).isFalse();
    assertThat(verify(ID, Long.toString(TIME), SIGNATURE.replace("v1,", "v1a,"), BODY)).isFalse();
    assertThat(verify(ID, Long.toString(TIME), "", BODY)).isFalse();
  }

  @Test
  void another_secret_does_not_sign_alike() {
    var other = WebhookSecret.parse(Base64.getEncoder().encodeToString(new byte[32]));

    assertThat(WebhookSignature.sign(other, ID, TIME, BODY)).isNotEqualTo(SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301, 100_000})
  void what_is_too_old_or_from_the_future_is_not_genuine(long seconds) {
    String signature = WebhookSignature.sign(SECRET, ID, TIME + seconds, BODY);

    assertThat(verify(ID, Long.toString(TIME + seconds), signature, BODY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 0, 300})
  void clocks_may_be_apart_a_little(long seconds) {
    String signature = WebhookSignature.sign(SECRET, ID, TIME + seconds, BODY);

    assertThat(verify(ID, Long.toString(TIME + seconds), signature, BODY)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "-1", "1.5", "99999999999999999999", " 1614265330"})
  void a_timestamp_that_is_none_is_not_genuine(String time) {
    assertThat(verify(ID, time, SIGNATURE, BODY)).isFalse();
  }

  @Test
  void the_tolerance_can_be_chosen() {
    assertThat(
            WebhookSignature.verify(
                SECRET,
                ID,
                Long.toString(TIME),
                SIGNATURE,
                BODY,
                NOW.plusSeconds(5),
                Duration.ofSeconds(4)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "not base 64, sK!", "whsec_%%%%"})
  void a_secret_that_is_none_is_refused_without_being_shown(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookSecret.parse(text))
        .withMessageStartingWith("secret: expected")
        .withMessageNotContaining("c2hvcnQ")
        .withMessageNotContaining("sK!");
  }

  @Test
  void a_secret_shows_itself_to_nobody() {
    assertThat(SECRET.toString()).doesNotContain("MfKQ");
    assertThat(WebhookSecret.parse("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").sign(BODY))
        .isEqualTo(SECRET.sign(BODY));
  }
}
