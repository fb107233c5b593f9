package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.model.GraphId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A graph at one moment, to read its versions from: of each chain of versions the last that is not
 * later. What is written while it is read is later, so all answers are of one state.
 *
 * <p>Few chains are asked for one by one, many are read with all that is between them: whichever
 * takes fewer units by the bytes that the head counts.
 */
final class View {
  /** What a strongly consistent read of one unit gives. */
  private static final int UNIT_BYTES = 4_096;

  private final Table table;
  private final Head head;
  private final Keys keys;
  private final long at;

  View(Table table, Head head, long at) {
    this.table = table;
    this.head = head;
    this.keys = head.keys();
    this.at = Math.min(at, head.applied());
  }

  Table table() {
    return table;
  }

  Head head() {
    return head;
  }

  Keys keys() {
    return keys;
  }

  GraphId graph() {
    return head.graph().id();
  }

  long at() {
    return at;
  }

  /** Whether the graph had not begun, or had ended. */
  boolean isGone() {
    return at < 1 || (head.state().removed() > 0 && at >= head.state().removed());
  }

  /** Whether this is the latest state. */
  boolean isLatest() {
    return at == head.applied();
  }

  /** The current version of each of these chains that has one, by chain. */
  Map<String, Item> current(
      Family family, Map<Integer, Set<String>> chains, List<String> attributes) {
    var found = new HashMap<String, Item>();
    var one = new ArrayList<Range>();
    var many = new ArrayList<Range>();
    chains.forEach(
        (bucket, wanted) -> {
          String partition = keys.partition(family, bucket);
          if (isMany(family, wanted)) {
            many.add(across(partition, wanted).only(attributes));
          } else {
            for (String chain : wanted) {
              one.add(
                  Range.of(partition, chain + Keys.padded(0), chain + Keys.padded(at))
                      .last()
                      .only(attributes));
            }
          }
        });
    for (List<Item> last : table.each(one, table::query)) {
      last.forEach(item -> found.put(item.key().chain(), item));
    }
    var wanted = all(chains);
    table.pages(many, page -> page.forEach(item -> keep(item, wanted, found)));
    return found;
  }

  private void keep(Item item, Set<String> wanted, Map<String, Item> found) {
    if (item.key().sequence() <= at && wanted.contains(item.key().chain())) {
      // Versions come in their order.
      found.put(item.key().chain(), item);
    }
  }

  /** The current versions of all chains that begin so; the beginnings are of the same length. */
  Collection<Item> currentUnder(
      Family family, Map<Integer, Set<String>> beginnings, List<String> attributes) {
    var ranges = new ArrayList<Range>();
    beginnings.forEach(
        (bucket, wanted) -> {
          String partition = keys.partition(family, bucket);
          if (isMany(family, wanted)) {
            ranges.add(across(partition, wanted).only(attributes));
          } else {
            for (String beginning : wanted) {
              ranges.add(Range.of(partition, beginning, beginning + Keys.END).only(attributes));
            }
          }
        });
    var wanted = all(beginnings);
    int length = wanted.isEmpty() ? 0 : wanted.iterator().next().length();
    var found = new LinkedHashMap<String, Item>();
    table.pages(
        ranges,
        page -> {
          for (Item item : page) {
            Key key = item.key();
            if (key.sequence() <= at && wanted.contains(key.sort().substring(0, length))) {
              found.put(key.chain(), item);
            }
          }
        });
    return found.values();
  }

  private boolean isMany(Family family, Set<String> wanted) {
    long bytes = head.bytes().getOrDefault(family, 0L) / keys.buckets();
    return bytes / UNIT_BYTES < wanted.size();
  }

  private static Range across(String partition, Set<String> beginnings) {
    var sorted = new TreeSet<>(beginnings);
    return Range.of(partition, sorted.first(), sorted.last() + Keys.END);
  }

  private static Set<String> all(Map<Integer, Set<String>> byBucket) {
    var all = new java.util.HashSet<String>();
    byBucket.values().forEach(all::addAll);
    return all;
  }

  /** The current version of every chain of a family, a page at a time. */
  void forEach(Family family, List<String> attributes, Consumer<List<Item>> action) {
    var ranges = new ArrayList<Range>();
    for (int bucket = 0; bucket < keys.partitions(family); bucket++) {
      ranges.add(Range.all(keys.partition(family, bucket)).only(attributes));
    }
    var last = new ArrayList<Item>();
    table.pages(
        ranges,
        page -> {
          var current = new ArrayList<Item>();
          for (Item item : page) {
            if (item.key().sequence() > at) {
              continue;
            }
            if (!last.isEmpty() && !isSame(last.getFirst(), item)) {
              current.add(last.getFirst());
            }
            last.clear();
            last.add(item);
          }
          action.accept(live(current));
        });
    action.accept(live(last));
  }

  private static boolean isSame(Item a, Item b) {
    return a.key().partition().equals(b.key().partition())
        && a.key().chain().equals(b.key().chain());
  }

  static List<Item> live(Collection<Item> items) {
    return items.stream().filter(ElementItems::isLive).toList();
  }

  /** All versions of one chain, oldest first. */
  List<Item> versions(Key first) {
    return table.query(
        Range.of(
            first.partition(), first.chain() + Keys.padded(0), first.chain() + Keys.padded(at)));
  }

  /** The items with the parts that did not fit into them. */
  List<Item> whole(Collection<Item> items) {
    return Bodies.whole(table, keys, items);
  }

  static Comparator<Item> byKey() {
    return Comparator.comparing(item -> item.key().sort());
  }
}
