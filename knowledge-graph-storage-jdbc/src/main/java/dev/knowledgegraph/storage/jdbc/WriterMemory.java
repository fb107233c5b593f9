package dev.knowledgegraph.storage.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knowledgegraph.model.GraphRef;
import java.util.HashMap;
import java.util.Map;

/**
 * What the one writer of a store may remember from append to append, for nobody else changes it.
 * After an append that failed it forgets all.
 */
final class WriterMemory {
  private static final int GRAPHS = 10_000;
  private static final int NODES = 1_000_000;

  /** The numbers of nodes. */
  final Cache<Writer.NidKey, Long> nids =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(NODES).build();

  /** The numbers of edge types. */
  final Map<String, Long> types = new HashMap<>();

  /** Where graphs stand. */
  final Cache<GraphRef, Writer.State> states =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(GRAPHS).build();

  void forget() {
    nids.invalidateAll();
    types.clear();
    states.invalidateAll();
  }
}
