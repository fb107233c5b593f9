package dev.knowledgegraph.functions;

import dev.knowledgegraph.functions.ConnectionStore.Put;
import dev.knowledgegraph.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notes a connection of somebody who is known. May be shared between threads. */
public final class WsConnect {
  /** What became of it. Closed until the next major version. */
  public enum Answer {
    /** It is noted, and may be used. */
    WELCOME,
    /** Nobody knows whose it would be; nothing was stored. */
    UNAUTHENTICATED,
    /** Somebody else has one of this id; nothing was stored. */
    FORBIDDEN,
    /** It has ended already; nothing was stored. */
    GONE
  }

  /** As long as API Gateway keeps one open at most. */
  public static final Duration LIFE = Duration.ofHours(2);

  private final ConnectionStore connections;
  private final Duration life;

  private WsConnect(ConnectionStore connections, Duration life) {
    this.connections = connections;
    this.life = life;
  }

  /** Connections last for {@link #LIFE} at most. */
  public static WsConnect create(ConnectionStore connections) {
    return new WsConnect(connections, LIFE);
  }

  /** The same with another life. */
  public WsConnect lasting(Duration longest) {
    return new WsConnect(connections, longest);
  }

  /**
   * Notes one.
   *
   * @param caller who it is by the gateway, never by what the connection says of itself; empty if
   *     nobody knows
   * @param since when it was opened, by the gateway
   * @throws IllegalArgumentException if the id is none
   */
  public Answer handle(Optional<UserId> caller, String connection, Instant since) {
    if (caller.isEmpty()) {
      return Answer.UNAUTHENTICATED;
    }
    Put put = connections.put(new Connection(caller.get(), connection, since, since.plus(life)));
    return switch (put) {
      case STORED -> Answer.WELCOME;
      case ENDED -> Answer.GONE;
      case TAKEN -> Answer.FORBIDDEN;
    };
  }
}
