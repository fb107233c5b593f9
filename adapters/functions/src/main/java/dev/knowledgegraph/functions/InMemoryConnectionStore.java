package dev.knowledgegraph.functions;

import dev.knowledgegraph.model.UserId;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one process, for hosts that hold them themselves. What has expired is dropped
 * with the next connection. May be shared between threads, which wait for each other.
 */
public final class InMemoryConnectionStore implements ConnectionStore {
  /** A connection, or that one is over; what it had if it is open. */
  private static final class Line {
    final @Nullable Connection open;
    final @Nullable UserId owner;
    final Instant expires;
    final Map<String, Instant> sent =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
          }
        };

    Line(@Nullable Connection open, @Nullable UserId owner, Instant expires) {
      this.open = open;
      this.owner = owner;
      this.expires = expires;
    }
  }

  /** In place of the end of a claim: it was sent. */
  private static final Instant SENT = Instant.MAX;

  private final Clock clock;
  private final Map<String, Line> lines = new HashMap<>();

  private InMemoryConnectionStore(Clock clock) {
    this.clock = clock;
  }

  /** An empty one, by whose clock connections and claims expire. */
  public static InMemoryConnectionStore create(Clock clock) {
    return new InMemoryConnectionStore(clock);
  }

  @Override
  public synchronized Put put(Connection connection) {
    Instant now = clock.instant();
    lines.values().removeIf(line -> !line.expires.isAfter(now));
    Line known = lines.get(connection.id());
    if (known == null) {
      if (!connection.isExpired(now)) {
        lines.put(connection.id(), new Line(connection, connection.owner(), connection.expires()));
      }
      return Put.STORED;
    }
    if (known.owner != null && !known.owner.equals(connection.owner())) {
      return Put.TAKEN;
    }
    return known.open == null ? Put.ENDED : Put.STORED;
  }

  @Override
  public synchronized Optional<UserId> end(String connection, Instant until) {
    Line known = live(Connection.requireId(connection));
    UserId owner = known == null ? null : known.owner;
    lines.put(connection, new Line(null, owner, until));
    return Optional.ofNullable(owner);
  }

  @Override
  public synchronized List<Connection> of(UserId owner, @Nullable String after, int limit) {
    Instant now = clock.instant();
    return lines.values().stream()
        .flatMap(line -> Optional.ofNullable(line.open).stream())
        .filter(open -> open.owner().equals(owner) && !open.isExpired(now))
        .filter(open -> after == null || open.id().compareTo(after) > 0)
        .sorted(Comparator.comparing(Connection::id))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long count(UserId owner) {
    return of(owner, null, Integer.MAX_VALUE).size();
  }

  @Override
  public synchronized Claim claim(Connection connection, String event, Instant until) {
    Line line = own(connection);
    if (line == null) {
      return Claim.HAD;
    }
    Instant claimed = line.sent.get(event);
    if (SENT.equals(claimed)) {
      return Claim.HAD;
    }
    if (claimed != null && claimed.isAfter(clock.instant())) {
      return Claim.BUSY;
    }
    line.sent.put(event, until);
    return Claim.GOT;
  }

  @Override
  public synchronized void sent(Connection connection, String event) {
    Line line = own(connection);
    if (line != null) {
      line.sent.put(event, SENT);
    }
  }

  @Override
  public synchronized void giveBack(Connection connection, String event, Instant until) {
    Line line = own(connection);
    if (line != null) {
      line.sent.remove(event, until);
    }
  }

  /** The open line of exactly this owner and id; null if it is over. */
  private @Nullable Line own(Connection connection) {
    Line line = live(connection.id());
    return line != null && line.open != null && line.open.owner().equals(connection.owner())
        ? line
        : null;
  }

  private @Nullable Line live(String id) {
    Line line = lines.get(id);
    return line != null && line.expires.isAfter(clock.instant()) ? line : null;
  }

  @Override
  public synchronized void close() {
    lines.clear();
  }
}
