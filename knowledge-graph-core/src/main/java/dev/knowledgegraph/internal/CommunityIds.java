package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.analytics.StableLabels;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.Storage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which id each community of a graph had the last time, so that it has it again; beside the store,
 * if that has a directory. Losing the file loses nothing but the numbers.
 */
final class CommunityIds {
  private static final Logger LOG = LoggerFactory.getLogger(CommunityIds.class);

  private final Storage storage;
  private final Map<GraphRef, Map<NodeId, Integer>> former = new ConcurrentHashMap<>();

  CommunityIds(Storage storage) {
    this.storage = storage;
  }

  /**
   * An id, from 1, for each community.
   *
   * @param keep whether the next question is to go by this division
   */
  int[] of(GraphRef graph, Adjacency adjacency, int[] communities, int count, boolean keep) {
    Map<NodeId, Integer> last = former.computeIfAbsent(graph, this::load);
    int unused = last.values().stream().mapToInt(id -> id).max().orElse(0) + 1;
    int[] formerIds = new int[communities.length];
    for (int node = 0; node < communities.length; node++) {
      formerIds[node] = last.getOrDefault(adjacency.id(node), StableLabels.ABSENT);
    }
    int[] ids = StableLabels.of(formerIds, communities, count, unused);
    if (keep) {
      Map<NodeId, Integer> now = HashMap.newHashMap(communities.length);
      for (int node = 0; node < communities.length; node++) {
        now.put(adjacency.id(node), ids[communities[node]]);
      }
      if (!now.equals(last)) {
        former.put(graph, now);
        save(graph, now);
      }
    }
    return Arrays.copyOf(ids, count);
  }

  private Optional<Path> file(GraphRef graph) {
    return storage
        .directory()
        .map(directory -> directory.resolve("shapes").resolve(graph.id() + ".communities"));
  }

  private Map<NodeId, Integer> load(GraphRef graph) {
    var ids = new HashMap<NodeId, Integer>();
    Path file = file(graph).filter(Files::isRegularFile).orElse(null);
    if (file == null) {
      return ids;
    }
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readUTF().equals(graph.owner().value())) {
        while (true) {
          ids.put(NodeId.of(new UUID(in.readLong(), in.readLong())), Math.max(1, in.readInt()));
        }
      }
    } catch (EOFException e) {
      // That was all.
    } catch (IOException e) {
      LOG.warn("the ids of communities of graph {} cannot be read: {}", graph.id(), e.toString());
    }
    return ids;
  }

  private void save(GraphRef graph, Map<NodeId, Integer> ids) {
    Path file = file(graph).orElse(null);
    if (file == null) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(part.getParent());
      try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
        out.writeUTF(graph.owner().value());
        for (var each : ids.entrySet()) {
          out.writeLong(each.getKey().value().getMostSignificantBits());
          out.writeLong(each.getKey().value().getLeastSignificantBits());
          out.writeInt(each.getValue());
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("the ids of communities of graph {} cannot be kept: {}", graph.id(), e.toString());
    }
  }
}
