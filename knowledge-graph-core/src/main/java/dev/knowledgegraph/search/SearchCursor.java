package dev.knowledgegraph.search;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Where the next page of a search begins: after a score and a node, in the states of the graphs
 * after a commit of each, so that what is written meanwhile moves nothing.
 *
 * @param at the sequence number of each graph that the first page was about
 * @param snapshot what the index calls the state it answered from; it may be gone by now
 * @param rank how many hits came before
 */
public record SearchCursor(
    Map<GraphId, Long> at, long snapshot, int rank, double score, FoundNode node) {
  private static final int ID = 16;
  private static final int BYTES = 8 + 4 + 8 + ID + ID;
  private static final int BYTES_OF_GRAPH = ID + 8;

  public SearchCursor {
    at = Map.copyOf(at);
  }

  /** The opaque text form. */
  public String text() {
    var bytes = ByteBuffer.allocate(BYTES + BYTES_OF_GRAPH * at.size());
    bytes.putLong(snapshot).putInt(rank).putDouble(score);
    put(bytes, node.graph().value());
    put(bytes, node.node().value());
    new TreeMap<>(at)
        .forEach(
            (graph, sequence) -> {
              put(bytes, graph.value());
              bytes.putLong(sequence);
            });
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static void put(ByteBuffer bytes, UUID id) {
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not one that a page gave
   */
  public static SearchCursor parse(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      long snapshot = bytes.getLong();
      int rank = bytes.getInt();
      double score = bytes.getDouble();
      var node = new FoundNode(GraphId.of(id(bytes)), NodeId.of(id(bytes)));
      var at = new HashMap<GraphId, Long>();
      while (bytes.hasRemaining()) {
        at.put(GraphId.of(id(bytes)), bytes.getLong());
      }
      boolean isOfTheseGraphs = at.containsKey(node.graph());
      if (rank > 0 && isOfTheseGraphs && at.values().stream().allMatch(each -> each >= 0)) {
        return new SearchCursor(at, snapshot, rank, score, node);
      }
    } catch (BufferUnderflowException e) {
      // Told below.
    }
    throw new IllegalArgumentException("page start: expected one from a page, found another");
  }

  private static UUID id(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
