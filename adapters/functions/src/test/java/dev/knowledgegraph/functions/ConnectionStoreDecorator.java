package dev.knowledgegraph.functions;

import dev.knowledgegraph.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes every call on; a subclass changes what it is for. */
class ConnectionStoreDecorator implements ConnectionStore {
  private final ConnectionStore store;

  ConnectionStoreDecorator(ConnectionStore store) {
    this.store = store;
  }

  @Override
  public Put put(Connection connection) {
    return store.put(connection);
  }

  @Override
  public Optional<UserId> end(String connection, Instant until) {
    return store.end(connection, until);
  }

  @Override
  public List<Connection> of(UserId owner, @Nullable String after, int limit) {
    return store.of(owner, after, limit);
  }

  @Override
  public long count(UserId owner) {
    return store.count(owner);
  }

  @Override
  public Claim claim(Connection connection, String event, Instant until) {
    return store.claim(connection, event, until);
  }

  @Override
  public void sent(Connection connection, String event) {
    store.sent(connection, event);
  }

  @Override
  public void giveBack(Connection connection, String event, Instant until) {
    store.giveBack(connection, event, until);
  }

  @Override
  public void close() {
    store.close();
  }
}
