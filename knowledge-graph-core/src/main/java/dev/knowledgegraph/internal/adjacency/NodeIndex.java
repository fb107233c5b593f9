package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.model.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The numbers of nodes, from 0: ids by number in one array, numbers by id in an open table with
 * linear probing. A grown index shares the arrays of the one it grew from, which does not look
 * beyond its own size; so only the latest may grow. Some 22 bytes a node.
 */
final class NodeIndex {
  static final int ABSENT = -1;

  private final int size;

  /** Of each node the more significant half of its id, and after it the other. */
  private final long[] ids;

  /** Numbers plus one; 0 is a free place. */
  private final int[] table;

  private NodeIndex(int size, long[] ids, int[] table) {
    this.size = size;
    this.ids = ids;
    this.table = table;
  }

  /** Numbers nodes in the order of their ids as given, two numbers each, which must differ. */
  static NodeIndex of(long[] ids) {
    int size = ids.length / 2;
    var index = new NodeIndex(size, ids, new int[places(size)]);
    for (int number = 0; number < size; number++) {
      index.enter(number);
    }
    return index;
  }

  /** With more nodes, which get the next numbers. */
  NodeIndex with(List<NodeId> added) {
    int newSize = size + added.size();
    boolean fits = 2 * newSize <= ids.length && places(newSize) <= table.length;
    int room = newSize + newSize / 4;
    var index =
        new NodeIndex(
            newSize,
            fits ? ids : Arrays.copyOf(ids, 2 * room),
            fits ? table : new int[places(room)]);
    for (int i = 0; i < added.size(); i++) {
      index.ids[2 * (size + i)] = added.get(i).value().getMostSignificantBits();
      index.ids[2 * (size + i) + 1] = added.get(i).value().getLeastSignificantBits();
    }
    for (int number = fits ? size : 0; number < newSize; number++) {
      index.enter(number);
    }
    return index;
  }

  private static int places(int size) {
    return size + size / 3 + 8;
  }

  private void enter(int number) {
    int place = place(high(number), low(number));
    while (table[place] != 0) {
      place = place + 1 == table.length ? 0 : place + 1;
    }
    table[place] = number + 1;
  }

  /** Where the search for an id begins: its mixed bits, scaled to the table (Lemire 2019). */
  private int place(long mostBits, long leastBits) {
    long mixed = (mostBits ^ Long.rotateLeft(leastBits, 32)) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return (int) (((mixed >>> 32) * table.length) >>> 32);
  }

  int size() {
    return size;
  }

  long high(int number) {
    return ids[2 * number];
  }

  long low(int number) {
    return ids[2 * number + 1];
  }

  NodeId id(int number) {
    return NodeId.of(new UUID(high(number), low(number)));
  }

  /** The number of a node, or {@link #ABSENT}. */
  int find(NodeId id) {
    long mostBits = id.value().getMostSignificantBits();
    long leastBits = id.value().getLeastSignificantBits();
    int place = place(mostBits, leastBits);
    while (table[place] != 0) {
      int number = table[place] - 1;
      // A number beyond the size was entered by an index that grew from this one.
      if (number < size && high(number) == mostBits && low(number) == leastBits) {
        return number;
      }
      place = place + 1 == table.length ? 0 : place + 1;
    }
    return ABSENT;
  }

  /** Compares nodes by their ids. */
  int compare(int a, int b) {
    int byHigh = Long.compareUnsigned(high(a), high(b));
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low(a), low(b));
  }

  long bytes() {
    return 8L * ids.length + 4L * table.length;
  }
}
