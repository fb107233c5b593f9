package dev.knowledgegraph.linking;

import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The id of an edge that linking makes: it follows from the graph, the method and the ends, so the
 * same link found again has the same id, and one that somebody removed is known, as ids are never
 * used twice. A UUID of version 5 (RFC 9562) in the namespace of the graph's id, of the name {@code
 * method/source/target}; any library for UUIDs can compute it.
 */
public final class LinkIds {
  private LinkIds() {}

  public static EdgeId of(GraphId graph, LinkMethod method, NodeId source, NodeId target) {
    String name = method.code() + "/" + source + "/" + target;
    return EdgeId.of(version5(graph.value(), name));
  }

  private static UUID version5(UUID namespace, String name) {
    MessageDigest digest = sha1();
    digest.update(
        ByteBuffer.allocate(16)
            .putLong(namespace.getMostSignificantBits())
            .putLong(namespace.getLeastSignificantBits())
            .array());
    var hash = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xf000L) | 0x5000L;
    long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | Long.MIN_VALUE;
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
