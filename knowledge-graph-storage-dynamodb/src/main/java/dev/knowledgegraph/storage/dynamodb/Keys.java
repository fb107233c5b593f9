package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.UserId;
import java.util.Arrays;
import java.util.UUID;

/**
 * The keys of the items of one graph, and of those that belong to no graph. What may be longer than
 * a key is in it as a hash.
 */
final class Keys {
  /** How many digits a sequence number has in a key. */
  static final int DIGITS = 16;

  /** How many entries of a log are in a partition. */
  static final int BLOCK = 1_000;

  /** Greater than all that follows a common beginning in a sort key. */
  static final String END = "~";

  /** The partition that names every log. */
  static final String LOGS = "logs";

  /** The partition that names what was staged. */
  static final String ATTEMPTS = "attempts";

  private final String graph;
  private final int buckets;

  Keys(GraphId graph, int buckets) {
    this.graph = head(graph).partition();
    this.buckets = buckets;
  }

  int buckets() {
    return buckets;
  }

  // What belongs to no graph, and its head.

  static Key head(GraphId graph) {
    return new Key("G#" + Codec.hex(graph.value()), "head");
  }

  static Key lastLog() {
    return new Key(LOGS, "last");
  }

  static Key log(long number) {
    return new Key(LOGS, padded(number));
  }

  static String names(UserId owner) {
    return "U#" + owner.value();
  }

  static Key name(UserId owner, String name) {
    return new Key(names(owner), "name#" + Codec.hash(name));
  }

  static Key defaultGraph(UserId owner) {
    return new Key(names(owner), "default");
  }

  static Key checkpoint(String subscriber, GraphRef graph) {
    return new Key(
        "P#" + Codec.hex(graph.id().value()) + "#" + graph.owner().value(), Codec.hash(subscriber));
  }

  static Key lease(String name) {
    return new Key("L#" + Codec.hash(name), "lease");
  }

  /** The partition of the dead letters of a graph. */
  static String deadLetters(GraphRef graph) {
    return "D#" + Codec.hex(graph.id().value()) + "#" + graph.owner().value();
  }

  static Key deadLetter(String subscriber, GraphRef graph, EventPlace place) {
    // A commit as a whole has the index -1.
    return new Key(
        deadLetters(graph),
        Codec.hash(subscriber) + "#" + padded(place.sequence()) + "#" + padded(place.index() + 1L));
  }

  static Range deadLetters(String subscriber, GraphRef graph) {
    String chain = Codec.hash(subscriber) + "#";
    return Range.of(deadLetters(graph), chain, chain + END);
  }

  static Range deadLetters(String subscriber, GraphRef graph, EventPlace after) {
    return Range.of(
        deadLetters(graph),
        // The sort key itself would be in the range.
        deadLetter(subscriber, graph, after).sort() + "#",
        Codec.hash(subscriber) + "#" + END);
  }

  static Key attempt(String attempt) {
    return new Key(ATTEMPTS, attempt);
  }

  static Key staged(String attempt, int number) {
    return new Key("A#" + attempt, padded(number));
  }

  // Partitions.

  String partition(Family family, long bucket) {
    return graph + "#" + family.letter + "#" + bucket;
  }

  int bucket(UUID id) {
    return Math.floorMod(id.hashCode(), buckets);
  }

  int bucket(String hash) {
    return Math.floorMod(hash.hashCode(), buckets);
  }

  /** How many partitions a family has; the log has as many as it needs. */
  int partitions(Family family) {
    return switch (family) {
      case SETTINGS, CATEGORY -> 1;
      case NODE, KEY, TITLE, CREATED, EDGE, OUT, IN, RECEIPT, PART -> buckets;
      case LOG -> throw new IllegalArgumentException("the log has as many as it needs");
    };
  }

  /** Of which family an item of this graph is. */
  Family family(Key key) {
    String letter = letter(key);
    return Arrays.stream(Family.values())
        .filter(family -> family.letter.equals(letter))
        .findFirst()
        .orElseThrow();
  }

  private String letter(Key key) {
    return key.partition().substring(graph.length() + 1, graph.length() + 2);
  }

  /** Of the key of an item of this graph, what tells it from others of the graph. */
  String within(Key key) {
    return key.partition().substring(graph.length() + 1) + "\n" + key.sort();
  }

  /** The reverse of {@link #within}. */
  Key parse(String within) {
    int end = within.indexOf('\n');
    return new Key(graph + "#" + within.substring(0, end), within.substring(end + 1));
  }

  // Versions.

  static String chain(UUID id) {
    return Codec.hex(id) + "#";
  }

  Key node(NodeId id, long sequence) {
    return new Key(
        partition(Family.NODE, bucket(id.value())), chain(id.value()) + padded(sequence));
  }

  Key key(NodeKey key, long sequence) {
    String hash = Codec.hash(key.value());
    return new Key(partition(Family.KEY, bucket(hash)), hash + "#" + padded(sequence));
  }

  Key title(Node node, long sequence) {
    String hash = Codec.hash(node.title());
    return new Key(
        partition(Family.TITLE, bucket(hash)), hash + "#" + created(node) + padded(sequence));
  }

  Key created(Node node, long sequence) {
    return new Key(
        partition(Family.CREATED, bucket(node.id().value())), created(node) + padded(sequence));
  }

  private static String created(Node node) {
    return Codec.ordered(LogFormat.micros(node.created())) + "#" + chain(node.id().value());
  }

  Key edge(EdgeId id, long sequence) {
    return new Key(
        partition(Family.EDGE, bucket(id.value())), chain(id.value()) + padded(sequence));
  }

  Key out(Edge edge, long sequence) {
    return end(Family.OUT, edge.source(), edge, edge.target(), sequence);
  }

  Key in(Edge edge, long sequence) {
    return end(Family.IN, edge.target(), edge, edge.source(), sequence);
  }

  private Key end(Family family, NodeId near, Edge edge, NodeId far, long sequence) {
    return new Key(
        partition(family, bucket(near.value())),
        chain(near.value())
            + type(edge.type())
            + chain(far.value())
            + chain(edge.id().value())
            + padded(sequence));
  }

  static String type(EdgeType type) {
    return Codec.hash(type.name()) + "#";
  }

  /** Where the edge is of which {@code in} says where it is. */
  Key out(Key in) {
    String[] parts = in.sort().split("#");
    return new Key(
        partition(Family.OUT, bucket(Codec.uuid(parts[2]))),
        parts[2] + "#" + parts[1] + "#" + parts[0] + "#" + parts[3] + "#" + parts[4]);
  }

  /** Where the edge is whose way in begins with this. */
  Key out(String chain, long sequence) {
    UUID source = Codec.uuid(chain.substring(0, chain.indexOf('#')));
    return new Key(partition(Family.OUT, bucket(source)), chain + padded(sequence));
  }

  Key settings(long sequence) {
    return new Key(partition(Family.SETTINGS, 0), padded(sequence));
  }

  Key category(CategoryId id, long sequence) {
    return new Key(partition(Family.CATEGORY, 0), chain(id.value()) + padded(sequence));
  }

  Key receipt(String idempotencyKey, long sequence) {
    String hash = Codec.hash(idempotencyKey);
    return new Key(partition(Family.RECEIPT, bucket(hash)), hash + "#" + padded(sequence));
  }

  Key entry(long sequence) {
    return new Key(partition(Family.LOG, sequence / BLOCK), padded(sequence));
  }

  /** Part {@code number} of what does not fit into the item at {@code key}. */
  Key part(Key key, int number) {
    return new Key(
        partition(Family.PART, bucket(key.sort())),
        letter(key) + "#" + String.format("%04d", number) + "#" + key.sort());
  }

  /** A number as a text that orders as it does. */
  static String padded(long number) {
    String digits = Long.toString(number);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }
}
