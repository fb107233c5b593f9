package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import java.util.EnumMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Where a graph stands.
 *
 * @param number its place among all graphs
 * @param buckets over how many partitions its families are spread
 * @param sequence of the last commit that is in the log for good
 * @param applied of the last commit that may be read: all that it made is there
 * @param chain the link of the last commit to all before it
 * @param attempt the append that wrote the last commit
 * @param staged in how many pieces what that append makes was laid ready; 0 if it is there already
 * @param state after commit {@code applied}
 * @param bytes about how many bytes each family has
 */
record Head(
    GraphRef graph,
    long number,
    int buckets,
    long sequence,
    long applied,
    SdkBytes chain,
    String attempt,
    int staged,
    State state,
    Map<Family, Long> bytes) {
  static final String SEQUENCE = "seq";
  static final String APPLIED = "applied";
  static final String OWNER = "owner";
  static final String NUMBER = "number";
  static final String BUCKETS = "buckets";
  private static final SdkBytes NO_CHAIN = SdkBytes.fromByteArray(new byte[32]);

  /** That of a graph that is about to begin. */
  static Head before(GraphRef graph, long number, int buckets) {
    return new Head(graph, number, buckets, 0, 0, NO_CHAIN, "", 0, State.EMPTY, Map.of());
  }

  static Head of(GraphId id, Item item) {
    var bytes = new EnumMap<Family, Long>(Family.class);
    for (Family family : Family.values()) {
      bytes.put(family, item.numberOr(bytesOf(family), 0));
    }
    long applied = item.number(APPLIED);
    return new Head(
        new GraphRef(new UserId(item.text(OWNER)), id),
        item.number(NUMBER),
        Math.toIntExact(item.number(BUCKETS)),
        item.number(SEQUENCE),
        applied,
        SdkBytes.fromByteArray(item.bytes("chain")),
        item.text("attempt"),
        Math.toIntExact(item.number("staged")),
        State.of(item, applied),
        bytes);
  }

  Item item() {
    Item item =
        Item.at(Keys.head(graph.id()))
            .text(OWNER, graph.owner().value())
            .number(NUMBER, number)
            .number(BUCKETS, buckets)
            .number(SEQUENCE, sequence)
            .number(APPLIED, applied)
            .bytes("chain", chain.asByteArray())
            .text("attempt", attempt)
            .number("staged", staged);
    for (var entry : bytes.entrySet()) {
      item = item.number(bytesOf(entry.getKey()), entry.getValue());
    }
    return state.in(item);
  }

  /** The attribute with the bytes of a family. */
  static String bytesOf(Family family) {
    return "bytes" + family.letter;
  }

  Keys keys() {
    return new Keys(graph.id(), buckets);
  }

  boolean isSettled() {
    return applied == sequence;
  }
}
