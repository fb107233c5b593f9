package dev.knowledgegraph.search;

import dev.knowledgegraph.model.NodeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * Where the next page of a search begins: after a score and an id, in the state of a commit, so
 * that what is written meanwhile moves nothing.
 *
 * @param at the sequence number the first page was about
 * @param snapshot what the index calls the state it answered from; it may be gone by now
 * @param rank how many hits came before
 */
public record SearchCursor(long at, long snapshot, int rank, double score, NodeId node) {
  private static final int BYTES = 8 + 8 + 4 + 8 + 16;

  /** The opaque text form. */
  public String text() {
    var bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(at).putLong(snapshot).putInt(rank).putDouble(score);
    bytes.putLong(node.value().getMostSignificantBits());
    bytes.putLong(node.value().getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not one that a page gave
   */
  public static SearchCursor parse(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      var cursor =
          new SearchCursor(
              bytes.getLong(),
              bytes.getLong(),
              bytes.getInt(),
              bytes.getDouble(),
              NodeId.of(new UUID(bytes.getLong(), bytes.getLong())));
      if (cursor.at() >= 0 && cursor.rank() > 0 && !bytes.hasRemaining()) {
        return cursor;
      }
    } catch (BufferUnderflowException e) {
      // Told below.
    }
    throw new IllegalArgumentException("page start: expected one from a page, found another");
  }
}
