package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.search.NodeTexts;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.lucene.util.BytesRef;

/** How what a node is known by stands in documents: ids, times, and a hash of it all. */
final class NodeDocument {
  /** The end of a version that holds still. */
  static final long NOW = Long.MAX_VALUE;

  private static final int MONTH_LENGTH = 3;
  private static final int MAX_VALUE = 8_000;

  private NodeDocument() {}

  /** A whole value as a term, which must not be longer than Lucene allows. */
  static BytesRef value(String value) {
    return new BytesRef(value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE));
  }

  /** Owner and graph, which nothing else can be: the length of a graph's id is always the same. */
  static BytesRef scope(GraphRef graph) {
    return new BytesRef(graph.id() + "/" + graph.owner().value());
  }

  static BytesRef node(GraphId graph, NodeId node) {
    return new BytesRef(put(ByteBuffer.allocate(32), graph, node).array());
  }

  static BytesRef version(GraphId graph, NodeId node, long from) {
    return new BytesRef(put(ByteBuffer.allocate(40), graph, node).putLong(from).array());
  }

  private static ByteBuffer put(ByteBuffer bytes, GraphId graph, NodeId node) {
    return bytes
        .putLong(graph.value().getMostSignificantBits())
        .putLong(graph.value().getLeastSignificantBits())
        .putLong(node.value().getMostSignificantBits())
        .putLong(node.value().getLeastSignificantBits());
  }

  /** Ids are ordered as unsigned numbers, Lucene's as signed ones. */
  static long high(UUID id) {
    return id.getMostSignificantBits() ^ Long.MIN_VALUE;
  }

  static long low(UUID id) {
    return id.getLeastSignificantBits() ^ Long.MIN_VALUE;
  }

  static NodeId id(long high, long low) {
    return NodeId.of(new UUID(high ^ Long.MIN_VALUE, low ^ Long.MIN_VALUE));
  }

  /** The month of a day, or with two steps the year. */
  static String broader(String day, int steps) {
    return day.substring(0, day.length() - MONTH_LENGTH * steps);
  }

  /** Microseconds; what lies beyond them is at the end. */
  static long micros(Instant time) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static boolean isZero(float[] vector) {
    for (float component : vector) {
      if (component != 0) {
        return false;
      }
    }
    return true;
  }

  /** A hash of all that a document is made of. */
  static long hash(Node node) {
    var hash = new Hash();
    hash.add(node.id().toString()).add(node.version());
    hash.add(node.title()).add(node.body());
    node.labels().names().forEach(hash::add);
    hash.add(0);
    node.tags().names().forEach(hash::add);
    hash.add(node.status().name());
    node.key().ifPresent(key -> hash.add(key.value()));
    node.properties()
        .values()
        .forEach((name, value) -> NodeTexts.of(value).forEach(text -> hash.add(name).add(text)));
    node.categories().forEach(member -> hash.add(member.category().toString()));
    hash.add(micros(node.created())).add(micros(node.updated()));
    return hash.value();
  }

  /** FNV-1a over characters. */
  private static final class Hash {
    private long hash = 0xcbf29ce484222325L;

    Hash add(String text) {
      for (int i = 0; i < text.length(); i++) {
        mix(text.charAt(i));
      }
      return add(text.length());
    }

    Hash add(long number) {
      mix(number);
      mix(number >>> 32);
      return this;
    }

    private void mix(long value) {
      hash = (hash ^ value) * 0x100000001b3L;
    }

    long value() {
      return hash ^ (hash >>> 32);
    }
  }
}
