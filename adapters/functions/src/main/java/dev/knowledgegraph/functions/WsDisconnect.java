package dev.knowledgegraph.functions;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Forgets a connection, and keeps it from being noted later than this. May be shared between
 * threads.
 */
public final class WsDisconnect {
  private final ConnectionStore connections;
  private final Clock clock;
  private final Duration memory;

  private WsDisconnect(ConnectionStore connections, Clock clock, Duration memory) {
    this.connections = connections;
    this.clock = clock;
    this.memory = memory;
  }

  /** Remembers what ended as long as a connection lasts. */
  public static WsDisconnect create(ConnectionStore connections, Clock clock) {
    return new WsDisconnect(connections, clock, WsConnect.LIFE);
  }

  /** The same with another memory. */
  public WsDisconnect remembering(Duration longest) {
    return new WsDisconnect(connections, clock, longest);
  }

  /**
   * Forgets one.
   *
   * @return what connections are left to its owner; empty if it was never noted
   * @throws IllegalArgumentException if the id is none
   */
  public Optional<Presence> handle(String connection) {
    return connections
        .end(connection, clock.instant().plus(memory))
        .map(owner -> new Presence(owner, connections.count(owner)));
  }
}
