package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.json.LogFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an item holds: plain text if it is short, else deflated; and what is too long even so, in
 * parts, which are items of their own.
 */
final class Bodies {
  private static final String BODY = "body";
  private static final String PARTS = "parts";
  private static final int PART_BYTES = 380_000;

  private Bodies() {}

  /** The item with its body, and the parts that did not fit into it. */
  static List<Item> put(Keys keys, Item item, String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    return plain.length <= LogFormat.DEFLATE_ABOVE
        ? List.of(item.text(BODY, text))
        : put(keys, item, LogFormat.deflate(plain), PART_BYTES);
  }

  /** The same for what is bytes already, of which an item holds {@code most}. */
  static List<Item> put(Keys keys, Item item, byte[] body, int most) {
    if (body.length <= most) {
      return List.of(item.bytes(BODY, body));
    }
    var items = new ArrayList<Item>();
    for (int from = 0; from < body.length; from += PART_BYTES) {
      byte[] part = Arrays.copyOfRange(body, from, Math.min(body.length, from + PART_BYTES));
      items.add(Item.at(keys.part(item.key(), items.size())).bytes(BODY, part));
    }
    items.addFirst(item.number(PARTS, items.size()));
    return items;
  }

  /** The same items, with the parts of those that have some in their place. */
  static List<Item> whole(Table table, Keys keys, Collection<Item> items) {
    var wanted = new ArrayList<Key>();
    for (Item item : items) {
      wanted.addAll(parts(keys, item));
    }
    if (wanted.isEmpty()) {
      return List.copyOf(items);
    }
    Map<Key, Item> found = table.get(wanted);
    return items.stream().map(item -> whole(item, parts(keys, item), found)).toList();
  }

  private static List<Key> parts(Keys keys, Item item) {
    var parts = new ArrayList<Key>();
    for (int i = 0; i < item.numberOr(PARTS, 0); i++) {
      parts.add(keys.part(item.key(), i));
    }
    return parts;
  }

  private static Item whole(Item item, List<Key> parts, Map<Key, Item> found) {
    if (parts.isEmpty()) {
      return item;
    }
    var body = new ByteArrayOutputStream();
    for (Key key : parts) {
      Item part = found.get(key);
      if (part == null) {
        return item;
      }
      body.writeBytes(part.bytes(BODY));
    }
    return item.bytes(BODY, body.toByteArray());
  }

  /** The text that was put. */
  static String text(Item item) {
    AttributeValue body = item.values().get(BODY);
    return body != null && body.s() != null
        ? body.s()
        : new String(LogFormat.inflate(item.bytes(BODY), "STORE_DAMAGED"), StandardCharsets.UTF_8);
  }

  /** The bytes that were put. */
  static byte[] bytes(Item item) {
    return item.bytes(BODY);
  }

  /** Whether the body is there, and whole. */
  static boolean isWhole(Item item) {
    return item.has(BODY);
  }
}
