package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.json.LogFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a large append makes, laid ready before the transaction that makes it the truth: all items
 * as bytes, deflated, in pieces that fit into an item each. Nobody reads it but who has to finish
 * that append.
 */
final class Staging {
  private static final String PIECE = "piece";
  private static final String TIME = "time";
  private static final String PIECES = "pieces";
  private static final int PIECE_BYTES = 380_000;

  private final Table table;

  Staging(Table table) {
    this.table = table;
  }

  /** Lays items ready; returns in how many pieces. */
  int put(String attempt, Collection<Item> items) {
    byte[] bytes = LogFormat.deflate(bytes(items));
    int count = (bytes.length + PIECE_BYTES - 1) / PIECE_BYTES;
    // First of all where it is, so that it can be found if nothing more comes.
    table.put(
        Item.at(Keys.attempt(attempt))
            .number(PIECES, count)
            .number(TIME, LogFormat.micros(table.config().clock().instant())));
    var pieces = new ArrayList<Item>();
    for (int i = 0; i < count; i++) {
      int from = i * PIECE_BYTES;
      byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE_BYTES));
      pieces.add(Item.at(Keys.staged(attempt, i)).bytes(PIECE, piece));
    }
    table.put(pieces);
    return count;
  }

  /** What was laid ready; empty if some of it is gone, because somebody was done with it. */
  Optional<List<Item>> get(String attempt, int count) {
    var pieces = new ByteArrayOutputStream();
    var found = table.get(keys(attempt, count));
    for (Key key : keys(attempt, count)) {
      Item piece = found.get(key);
      if (piece == null) {
        return Optional.empty();
      }
      pieces.writeBytes(piece.bytes(PIECE));
    }
    return Optional.of(items(LogFormat.inflate(pieces.toByteArray(), "STORE_DAMAGED")));
  }

  void delete(String attempt, int count) {
    table.delete(keys(attempt, count));
    table.delete(List.of(Keys.attempt(attempt)));
  }

  /** Every attempt that laid something ready and did not take it away, with its pieces. */
  Map<String, Integer> all() {
    var all = new HashMap<String, Integer>();
    for (Item item : table.query(Range.all(Keys.ATTEMPTS))) {
      all.put(item.key().sort(), Math.toIntExact(item.number(PIECES)));
    }
    return all;
  }

  private static List<Key> keys(String attempt, int count) {
    return IntStream.range(0, count).mapToObj(i -> Keys.staged(attempt, i)).toList();
  }

  private static byte[] bytes(Collection<Item> items) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(items.size());
      for (Item item : items) {
        write(out, item.key().partition());
        write(out, item.key().sort());
        out.writeInt(item.values().size());
        for (var entry : item.values().entrySet()) {
          write(out, entry.getKey());
          write(out, entry.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, AttributeValue value) throws IOException {
    switch (value.type()) {
      case S -> {
        out.writeByte('S');
        write(out, value.s());
      }
      case N -> {
        out.writeByte('N');
        write(out, value.n());
      }
      case B -> {
        out.writeByte('B');
        out.writeInt(value.b().asByteArrayUnsafe().length);
        out.write(value.b().asByteArrayUnsafe());
      }
      case BOOL -> out.writeByte(value.bool() ? 'T' : 'F');
      default -> throw new IllegalArgumentException("no item here has such a value");
    }
  }

  // Texts may be longer than what writeUTF takes.
  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static List<Item> items(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var items = new ArrayList<Item>();
      for (int left = in.readInt(); left > 0; left--) {
        var key = new Key(text(in), text(in));
        var values = new HashMap<String, AttributeValue>();
        for (int more = in.readInt(); more > 0; more--) {
          values.put(text(in), value(in));
        }
        items.add(new Item(key, values));
      }
      return items;
    } catch (IOException e) {
      throw new IntegrityException("STORE_DAMAGED", "what was laid ready is damaged", e);
    }
  }

  private static AttributeValue value(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case 'S' -> AttributeValue.fromS(text(in));
      case 'N' -> AttributeValue.fromN(text(in));
      case 'B' -> AttributeValue.fromB(SdkBytes.fromByteArray(in.readNBytes(in.readInt())));
      case 'T' -> AttributeValue.fromBool(true);
      case 'F' -> AttributeValue.fromBool(false);
      default -> throw new IOException("no such kind of value");
    };
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
