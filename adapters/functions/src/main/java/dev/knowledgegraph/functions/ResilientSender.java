package dev.knowledgegraph.functions;

import dev.knowledgegraph.resilience.Resilience;

/**
 * A sender that is asked through a {@link Resilience}. A text whose answer was lost is not sent
 * again here, for the connection may have it; it is when the event is delivered again.
 */
public final class ResilientSender implements MessageSender {
  private final MessageSender sender;
  private final Resilience resilience;

  private ResilientSender(MessageSender sender, Resilience resilience) {
    this.sender = sender;
    this.resilience = resilience;
  }

  /** Around {@code sender}. */
  public static ResilientSender of(MessageSender sender, Resilience resilience) {
    return new ResilientSender(sender, resilience);
  }

  @Override
  public Sending send(Connection connection, String text) {
    return resilience.callOnce(() -> sender.send(connection, text));
  }
}
