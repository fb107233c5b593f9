package dev.knowledgegraph.storage.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knowledgegraph.model.GraphRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What writers of this process remember from append to append. Numbers, once committed, never
 * change; where a graph stands only a writer may remember that is the only one of the store.
 */
final class WriterMemory {
  private static final int GRAPHS = 10_000;
  private static final int NODES = 1_000_000;

  private final boolean alone;
  private final Map<String, Long> types = new ConcurrentHashMap<>();
  private final Cache<Writer.NidKey, Long> nids =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(NODES).build();
  private final Cache<GraphRef, Writer.State> states =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(GRAPHS).build();

  /** For a store that nobody else writes to, or for one that others write to as well. */
  WriterMemory(boolean alone) {
    this.alone = alone;
  }

  Writer.@Nullable State state(GraphRef graph) {
    return states.getIfPresent(graph);
  }

  @Nullable Long nid(Writer.NidKey node) {
    return nids.getIfPresent(node);
  }

  @Nullable Long type(String name) {
    return types.get(name);
  }

  /** Takes what an append that is committed has found and made. */
  void remember(
      Map<GraphRef, Writer.State> newStates,
      Map<Writer.NidKey, Long> newNids,
      Map<String, Long> newTypes) {
    if (alone) {
      states.putAll(newStates);
    }
    nids.putAll(newNids);
    types.putAll(newTypes);
  }
}
