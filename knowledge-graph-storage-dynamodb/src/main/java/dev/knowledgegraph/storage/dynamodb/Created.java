package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.model.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/** The nodes of a graph in the order in which they were added: by time, then by id. */
final class Created {
  private static final int AT_ONCE = 100;

  private Created() {}

  /** Reads a bucket on as it is needed. */
  private static final class Bucket {
    private final View view;
    private final String partition;
    private List<Item> page;
    private int next;

    Bucket(View view, String partition, List<Item> first) {
      this.view = view;
      this.partition = partition;
      this.page = first;
    }

    boolean isAtEnd() {
      if (next == page.size() && page.size() >= AT_ONCE) {
        page = view.table().query(range(partition, page.getLast().key().sort()));
        next = 0;
      }
      return next == page.size();
    }

    Item peek() {
      return page.get(next);
    }
  }

  // No sort key is between one and the same with a NUL after it.
  private static Range range(String partition, String after) {
    return Range.of(partition, after + "\u0001", Keys.END).first(AT_ONCE);
  }

  /**
   * Names all nodes that ever were until {@code at}, after one in the order, while {@code action}
   * wants more.
   *
   * @param after as {@link #place} gives it; empty for the beginning
   */
  static void walk(View view, String after, Predicate<NodeId> action) {
    var partitions = new ArrayList<String>();
    for (int bucket = 0; bucket < view.keys().buckets(); bucket++) {
      partitions.add(view.keys().partition(Family.CREATED, bucket));
    }
    String from = after.isEmpty() ? "" : after + Keys.END;
    var firsts = view.table().each(partitions, each -> view.table().query(range(each, from)));
    var buckets =
        new PriorityQueue<Bucket>(Comparator.comparing(bucket -> bucket.peek().key().sort()));
    for (int i = 0; i < partitions.size(); i++) {
      add(buckets, new Bucket(view, partitions.get(i), firsts.get(i)));
    }
    String last = "";
    boolean isWanted = true;
    while (isWanted && !buckets.isEmpty()) {
      Bucket bucket = buckets.remove();
      Item item = bucket.peek();
      bucket.next++;
      add(buckets, bucket);
      // A node that came back is there twice, one after the other.
      if (item.key().sequence() <= view.at() && !item.key().chain().equals(last)) {
        last = item.key().chain();
        isWanted = action.test(new NodeId(Codec.uuid(item.key().sort().substring(17))));
      }
    }
  }

  private static void add(PriorityQueue<Bucket> buckets, Bucket bucket) {
    if (!bucket.isAtEnd()) {
      buckets.add(bucket);
    }
  }

  /** Where in the order a node is. */
  static String place(long createdMicros, NodeId id) {
    return Codec.ordered(createdMicros) + "#" + Keys.chain(id.value());
  }
}
