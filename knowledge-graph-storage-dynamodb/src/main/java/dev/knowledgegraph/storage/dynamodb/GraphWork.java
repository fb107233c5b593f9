package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What an append makes of one graph: the entries of its log, versions, and where it stands then.
 */
final class GraphWork {
  private final Head before;
  private final Keys keys;
  private final List<Commit> commits;
  private final List<Made> made = new ArrayList<>();
  private State after;

  /**
   * What one commit makes.
   *
   * @param entry its entry in the log
   * @param others all other items
   */
  record Made(Item entry, List<Item> others) {}

  /**
   * Nothing is made yet.
   *
   * @throws ConflictException if the commits do not follow the log
   */
  GraphWork(Head before, List<Commit> commits) {
    this.before = before;
    this.keys = before.keys();
    this.commits = commits;
    this.after = before.state();
    long sequence = before.sequence();
    for (Commit commit : commits) {
      if (commit.expectedHead() != sequence) {
        throw new ConflictException(
            "graph "
                + before.graph().id()
                + ": expected its log to stand at "
                + commit.expectedHead()
                + ", found it at "
                + sequence);
      }
      sequence++;
    }
  }

  /**
   * Makes the items.
   *
   * @param works all of the append
   */
  void make(String attempt, Instant receiptsExpire, List<GraphWork> works) {
    var also = new LinkedHashMap<GraphId, Long>();
    works.stream()
        .filter(work -> work != this)
        .forEach(work -> also.put(work.graph(), work.sequence()));
    var written = new LogItems.Written(attempt, sequence(), also);
    byte[] chain = before.chain().asByteArray();
    for (Commit commit : commits) {
      after = next(after, commit);
      var entry = LogItems.of(keys, commit.entry(), chain, after, written);
      chain = LogItems.chain(entry.getFirst());
      var others = new ArrayList<>(entry.subList(1, entry.size()));
      others.addAll(Versions.of(keys, commit, receiptsExpire));
      boolean isFounding = commit.expectedHead() == 0;
      made.add(
          new Made(
              isFounding ? LogItems.founding(entry.getFirst(), before) : entry.getFirst(), others));
    }
  }

  Head before() {
    return before;
  }

  Keys keys() {
    return keys;
  }

  GraphId graph() {
    return before.graph().id();
  }

  boolean isFirst() {
    return before.sequence() == 0;
  }

  /** What each commit makes, in order. */
  List<Made> made() {
    return made;
  }

  /** All that is made. */
  List<Item> items() {
    var items = new ArrayList<Item>();
    for (Made each : made) {
      items.add(each.entry);
      items.addAll(each.others);
    }
    return items;
  }

  /** The state after the last commit. */
  State after() {
    return after;
  }

  /** The sequence number of the last commit. */
  long sequence() {
    return before.sequence() + commits.size();
  }

  /** The link of the last entry. */
  SdkBytes chain() {
    return SdkBytes.fromByteArray(LogItems.chain(made.getLast().entry));
  }

  /** How many bytes of each family there are more. */
  Map<Family, Long> bytes() {
    var bytes = new EnumMap<Family, Long>(Family.class);
    for (Item item : items()) {
      bytes.merge(keys.family(item.key()), (long) item.size(), Long::sum);
    }
    return bytes;
  }

  /** What a commit leaves of a state. */
  static State next(State state, Commit commit) {
    long sequence = commit.expectedHead() + 1;
    long settings = state.settings();
    long removed = state.removed();
    for (Change change : commit.changes()) {
      if (change instanceof Change.GraphChange g) {
        settings = g.after() == null ? settings : sequence;
        removed = g.after() == null ? sequence : removed;
      }
    }
    return new State(commit.head(), settings, removed);
  }
}
