package dev.knowledgegraph.internal;

import dev.knowledgegraph.query.QueryBus;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.Cache;
import dev.knowledgegraph.spi.CacheSettings;
import dev.knowledgegraph.spi.CachedAnswer;
import dev.knowledgegraph.spi.Storage;
import java.time.Clock;

/** A cache of answers over a storage, and what tells it that they are not true any more. */
public final class CachedAnswers implements AutoCloseable {
  private final Heads heads = new Heads();
  private final Storage storage;
  private final Cache<CachedAnswer> cache;
  private final CacheSettings settings;

  /** Over {@code storage}, all writes to which have to go through {@link #storage}. */
  public CachedAnswers(Storage storage, Cache<CachedAnswer> cache, CacheSettings settings) {
    this.storage = new FollowedStorage(storage, heads);
    this.cache = cache;
    this.settings = settings;
  }

  /** The storage to write through. */
  public Storage storage() {
    return storage;
  }

  /** Stands before {@code bus}. */
  QueryBus before(QueryBus bus, Clock clock, BusMetrics metrics) {
    return new CachedQueryBus(
        bus, new Positions(storage, heads, clock, settings.headAge()), cache, settings, metrics);
  }

  @Override
  public void close() {
    cache.close();
  }
}
