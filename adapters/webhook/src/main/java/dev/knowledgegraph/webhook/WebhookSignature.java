package dev.knowledgegraph.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The signature of a request, as Standard Webhooks has it: {@code v1,} and the Base64 of the
 * HMAC-SHA256 of id, timestamp and body, joined by dots. It is over the bytes of the body as they
 * were sent: check it before anything is parsed.
 */
public final class WebhookSignature {
  /** The header with the id of the event; the same in every delivery of it. */
  public static final String ID = "webhook-id";

  /** The header with the seconds since 1970 at which this try was sent. */
  public static final String TIMESTAMP = "webhook-timestamp";

  /** The header with the signatures, one or several with spaces between them. */
  public static final String SIGNATURE = "webhook-signature";

  /** How far the clocks of sender and receiver may be apart: what the specification suggests. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String VERSION = "v1,";
  private static final byte[] DOT = {'.'};

  private WebhookSignature() {}

  /** The value of {@link #SIGNATURE}. */
  public static String sign(WebhookSecret secret, String id, long timestamp, byte[] body) {
    byte[] signature =
        secret.sign(id.getBytes(UTF_8), DOT, Long.toString(timestamp).getBytes(UTF_8), DOT, body);
    return VERSION + Base64.getEncoder().encodeToString(signature);
  }

  /**
   * Whether a request is from who has the secret, and not an old one that somebody sends again. How
   * long it takes tells nothing of the right signature.
   *
   * @param signatures the value of {@link #SIGNATURE}; one of them must be right
   * @param tolerance how much older or younger than {@code now} it may be
   */
  public static boolean verify(
      WebhookSecret secret,
      String id,
      String timestamp,
      String signatures,
      byte[] body,
      Instant now,
      Duration tolerance) {
    if (!timestamp.matches("\\d{1,12}")) {
      return false;
    }
    long seconds = Long.parseLong(timestamp);
    Duration apart = Duration.between(Instant.ofEpochSecond(seconds), now).abs();
    if (apart.compareTo(tolerance) > 0) {
      return false;
    }
    byte[] expected = sign(secret, id, seconds, body).getBytes(UTF_8);
    boolean isRight = false;
    for (String signature : signatures.split(" ", -1)) {
      isRight |= MessageDigest.isEqual(expected, signature.getBytes(UTF_8));
    }
    return isRight;
  }
}
