package dev.knowledgegraph.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.functions.FunctionResult.Sent;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.model.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to all connections of the owner of their graph, and to nobody else: the event as it
 * came, or its summary if it is larger than {@value #MOST_BYTES} bytes. Every type of this library
 * is sent, also one that this release does not know, for it is not looked into.
 *
 * <p>A connection that is gone is removed. One that fails keeps no other from getting the event;
 * then the event fails, comes again, and is sent to those that have not had it. A connection gets
 * an event twice only if a process ended, or an answer was lost, between sending and noting it; it
 * has the same {@code id} then. Order is not kept: {@code sequence} has it.
 */
public final class WsSendMessage implements EventFunction<Sent> {
  /** What API Gateway takes as one message. */
  public static final int MOST_BYTES = 128 << 10;

  /**
   * How long a sending may take until it is thought dead. Senders must give up earlier, and queues
   * deliver again later.
   */
  public static final Duration LEASE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(WsSendMessage.class);
  private static final int PAGE = 100;

  private final ConnectionStore connections;
  private final MessageSender sender;
  private final Clock clock;

  private WsSendMessage(ConnectionStore connections, MessageSender sender, Clock clock) {
    this.connections = connections;
    this.sender = sender;
    this.clock = clock;
  }

  /** Sends with {@code sender} to what is in {@code connections}. */
  public static WsSendMessage create(
      ConnectionStore connections, MessageSender sender, Clock clock) {
    return new WsSendMessage(connections, sender, clock);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnavailableException if a connection has not got it, nor is gone
   */
  @Override
  public Optional<Sent> handle(CloudEvent event) {
    var tally = new Tally();
    String text = text(event);
    UserId owner = event.graph().owner();
    List<Connection> page = connections.of(owner, null, PAGE);
    while (!page.isEmpty()) {
      for (Connection connection : page) {
        requireOwner(connection, owner);
        deliver(connection, event.id(), text, tally);
      }
      page = connections.of(owner, page.getLast().id(), PAGE);
    }
    return Optional.of(tally.result());
  }

  private static String text(CloudEvent event) {
    return event.json().getBytes(UTF_8).length > MOST_BYTES ? event.summary() : event.json();
  }

  /** A store that mixes owners up is a defect, and must not become a leak. */
  private static void requireOwner(Connection connection, UserId owner) {
    if (!connection.owner().equals(owner)) {
      throw new IllegalStateException("the store answered with a connection of another owner");
    }
  }

  private void deliver(Connection connection, String event, String text, Tally tally) {
    Instant until = clock.instant().plus(LEASE);
    switch (connections.claim(connection, event, until)) {
      case HAD -> tally.already++;
      case BUSY -> tally.failed++;
      case GOT -> send(connection, event, text, until, tally);
    }
  }

  private void send(Connection connection, String event, String text, Instant until, Tally tally) {
    try {
      switch (sender.send(connection, text)) {
        case SENT -> {
          connections.sent(connection, event);
          tally.sent++;
        }
        case GONE -> {
          connections.end(connection.id(), clock.instant().plus(WsConnect.LIFE));
          tally.gone++;
        }
      }
    } catch (KnowledgeGraphException e) {
      // Nothing of the event, and no id: who may use a connection needs no more than that.
      LOG.warn("an event could not be sent to a connection: {}", e.code());
      connections.giveBack(connection, event, until);
      tally.failed++;
    }
  }

  /** For one event. */
  private static final class Tally {
    private long sent;
    private long already;
    private long gone;
    private long failed;

    Sent result() {
      if (failed > 0) {
        throw UnavailableException.refusedForNow(
            "CONNECTIONS_FAILED",
            "an event did not reach %d of %d connections; deliver it again"
                .formatted(failed, failed + sent + already + gone),
            null);
      }
      return new Sent(sent, already, gone);
    }
  }
}
