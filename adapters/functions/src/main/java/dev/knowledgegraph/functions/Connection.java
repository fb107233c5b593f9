package dev.knowledgegraph.functions;

import dev.knowledgegraph.model.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An open line to one of a user's devices.
 *
 * @param owner whose it is, by what the one who let it in has said
 * @param id its name at the gateway that holds it, unique there: 1 to 128 letters, digits and
 *     {@code = _ - + / . :}
 * @param since when it was opened, to the millisecond
 * @param expires when it is over in any case, in whole seconds
 */
public record Connection(UserId owner, String id, Instant since, Instant expires) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9=_+/.:-]{1,128}");

  /** Checks and rounds down; the message names what was expected. */
  public Connection {
    Objects.requireNonNull(owner, "owner");
    requireId(id);
    since = since.truncatedTo(ChronoUnit.MILLIS);
    expires = expires.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * The id, if it is one.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static String requireId(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "connection id: expected 1 to 128 of letters, digits and = _ - + / . :");
    }
    return id;
  }

  /** Whether it is over at a moment. */
  public boolean isExpired(Instant now) {
    return !expires.isAfter(now);
  }

  @Override
  public String toString() {
    return id;
  }
}
