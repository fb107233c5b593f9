package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.json.EventCodec;
import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.UserId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entries of a log as items: the commit, what it left the graph with, and who wrote it. */
final class LogItems {
  private static final String ATTEMPT = "attempt";
  private static final String CHAIN = "chain";
  private static final String CRC = "crc32c";
  private static final String DEFLATED = "deflated";
  private static final String ALSO = "also";
  private static final String MADE = "made";
  private static final String UNTIL = "until";

  /** A transaction pays twice for what it writes; what is larger goes into parts, outside of it. */
  private static final int INLINE_BYTES = 64 * 1_024;

  private LogItems() {}

  /**
   * The append that an entry is of.
   *
   * @param attempt its id
   * @param until the last entry it writes to the same log
   * @param also the last entries it writes to other logs
   */
  record Written(String attempt, long until, Map<GraphId, Long> also) {}

  /**
   * The items of one entry, its own first.
   *
   * @param before the link of the entry before it
   */
  static List<Item> of(Keys keys, Committed entry, byte[] before, State state, Written written) {
    byte[] payload = EventCodec.encode(entry.events());
    boolean isDeflated = payload.length > LogFormat.DEFLATE_ABOVE;
    if (isDeflated) {
      payload = LogFormat.deflate(payload);
    }
    long sequence = entry.position().sequence();
    Item item =
        state
            .in(Item.at(keys.entry(sequence)))
            .text("actor", entry.actor().value())
            .text("command", entry.commandId())
            .text("correlation", entry.correlationId())
            .text("causation", entry.causationId())
            .number(CRC, LogFormat.crc32c(payload))
            .bytes(
                CHAIN,
                LogFormat.chain(
                    before, sequence, LogFormat.micros(entry.time()), words(entry), payload))
            .text(ATTEMPT, written.attempt)
            .number(UNTIL, written.until);
    if (isDeflated) {
      item = item.mark(DEFLATED);
    }
    if (!written.also.isEmpty()) {
      var also = new ArrayList<String>();
      written.also.forEach((graph, until) -> also.add(Codec.hex(graph.value()) + ":" + until));
      item = item.text(ALSO, String.join(" ", also));
    }
    return Bodies.put(keys, item, payload, INLINE_BYTES);
  }

  private static List<String> words(Committed entry) {
    return List.of(
        entry.actor().value(), entry.commandId(), entry.correlationId(), entry.causationId());
  }

  /** With the keys of what the same transaction writes, for whoever has to wait for it. */
  static Item making(Item entry, Keys keys, Collection<Item> made) {
    var names = new ArrayList<String>();
    made.forEach(item -> names.add(keys.within(item.key())));
    byte[] text = String.join("\t", names).getBytes(StandardCharsets.UTF_8);
    return entry.bytes(MADE, LogFormat.deflate(text));
  }

  /** What {@link #making} noted. */
  static List<Key> made(Item entry, Keys keys) {
    if (!entry.has(MADE)) {
      return List.of();
    }
    String text =
        new String(LogFormat.inflate(entry.bytes(MADE), "STORE_DAMAGED"), StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : Arrays.stream(text.split("\t")).map(keys::parse).toList();
  }

  static byte[] chain(Item entry) {
    return entry.bytes(CHAIN);
  }

  static Written written(Item entry) {
    var also = new LinkedHashMap<GraphId, Long>();
    if (entry.has(ALSO)) {
      for (String other : entry.text(ALSO).split(" ")) {
        int end = other.indexOf(':');
        also.put(
            new GraphId(Codec.uuid(other.substring(0, end))),
            Long.parseLong(other.substring(end + 1)));
      }
    }
    return new Written(entry.text(ATTEMPT), entry.number(UNTIL), also);
  }

  /** With what nothing else in a log tells of its graph, for its first entry. */
  static Item founding(Item entry, Head head) {
    return entry
        .text(Head.OWNER, head.graph().owner().value())
        .number(Head.NUMBER, head.number())
        .number(Head.BUCKETS, head.buckets());
  }

  static State state(Item entry) {
    return State.of(entry, entry.key().sequence());
  }

  static Committed entry(Item item, GraphId graph) {
    long sequence = item.key().sequence();
    if (!isSound(item)) {
      throw new IntegrityException(
          "EVENT_DAMAGED", "log entry " + sequence + " of a graph is damaged", null);
    }
    byte[] payload = Bodies.bytes(item);
    return new Committed(
        new Position(graph, sequence),
        state(item).totals().time(),
        new UserId(item.text("actor")),
        item.text("command"),
        item.text("correlation"),
        item.text("causation"),
        EventCodec.decode(
            item.has(DEFLATED) ? LogFormat.inflate(payload, "STORE_DAMAGED") : payload));
  }

  private static boolean isSound(Item item) {
    return Bodies.isWhole(item) && LogFormat.crc32c(Bodies.bytes(item)) == item.number(CRC);
  }

  /** Whether the entry is whole, and the one that follows the entry with this link. */
  static boolean follows(Item item, byte[] before) {
    return isSound(item)
        && Arrays.equals(
            chain(item),
            LogFormat.chain(
                before,
                item.key().sequence(),
                item.number("time"),
                List.of(
                    item.text("actor"),
                    item.text("command"),
                    item.text("correlation"),
                    item.text("causation")),
                Bodies.bytes(item)));
  }
}
