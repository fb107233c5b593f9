package dev.knowledgegraph.webhook;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that sender and receiver share, as <a
 * href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">
 * Standard Webhooks</a> writes it: 24 to 64 bytes in Base64, {@code whsec_} before them. It shows
 * itself to nobody.
 */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Reads the text form; the prefix may be left out.
   *
   * @throws IllegalArgumentException if it is not that; the message holds nothing of it
   */
  public static WebhookSecret parse(String text) {
    byte[] bytes;
    try {
      bytes =
          Base64.getDecoder()
              .decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    } catch (IllegalArgumentException e) {
      // Not as the cause: its message quotes the secret.
      throw new IllegalArgumentException(
          "secret: expected whsec_ and Base64, found something else");
    }
    if (bytes.length < SHORTEST || bytes.length > LONGEST) {
      throw new IllegalArgumentException(
          "secret: expected %d to %d bytes in Base64, found %d"
              .formatted(SHORTEST, LONGEST, bytes.length));
    }
    return new WebhookSecret(bytes);
  }

  /** The HMAC-SHA256 of some bytes. */
  byte[] sign(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "WebhookSecret[…]";
  }
}
