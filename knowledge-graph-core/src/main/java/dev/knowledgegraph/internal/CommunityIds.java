package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.adjacency.KeptFile;
import dev.knowledgegraph.internal.analytics.StableLabels;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.Storage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Which id each community of a graph had the last time, so that it has it again; beside the store,
 * if that has a directory. Losing the file loses nothing but the numbers.
 */
final class CommunityIds {
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

  private Optional<KeptFile> file(GraphRef graph) {
    return storage
        .directory()
        .map(directory -> new KeptFile(directory, graph.id() + ".communities"));
  }

  private Map<NodeId, Integer> load(GraphRef graph) {
    return file(graph).flatMap(file -> file.read((in, size) -> read(graph, in))).orElse(Map.of());
  }

  private static Optional<Map<NodeId, Integer>> read(GraphRef graph, InputStream in)
      throws IOException {
    var checked = new CheckedInputStream(new BufferedInputStream(in), new CRC32C());
    var data = new DataInputStream(checked);
    if (!data.readUTF().equals(graph.owner().value())) {
      return Optional.empty();
    }
    var ids = new HashMap<NodeId, Integer>();
    for (int left = data.readInt(); left > 0; left--) {
      ids.put(NodeId.of(new UUID(data.readLong(), data.readLong())), data.readInt());
    }
    long sum = checked.getChecksum().getValue();
    if (data.readLong() != sum) {
      throw new IOException("it is damaged");
    }
    return Optional.of(ids);
  }

  private void save(GraphRef graph, Map<NodeId, Integer> ids) {
    file(graph).ifPresent(file -> file.write(out -> write(graph, ids, out)));
  }

  private static void write(GraphRef graph, Map<NodeId, Integer> ids, OutputStream out)
      throws IOException {
    var checked = new CheckedOutputStream(new BufferedOutputStream(out), new CRC32C());
    var data = new DataOutputStream(checked);
    data.writeUTF(graph.owner().value());
    data.writeInt(ids.size());
    for (var each : ids.entrySet()) {
      data.writeLong(each.getKey().value().getMostSignificantBits());
      data.writeLong(each.getKey().value().getLeastSignificantBits());
      data.writeInt(each.getValue());
    }
    data.writeLong(checked.getChecksum().getValue());
    data.flush();
  }
}
