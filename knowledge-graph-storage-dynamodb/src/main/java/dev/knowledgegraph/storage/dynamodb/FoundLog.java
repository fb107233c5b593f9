package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.SettingsEvent.GraphCreated;
import dev.knowledgegraph.event.SettingsEvent.GraphMadeDefault;
import dev.knowledgegraph.event.SettingsEvent.GraphRemoved;
import dev.knowledgegraph.event.SettingsEvent.GraphRenamed;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The log of a graph as far as it is whole: every entry there, sound, and linked to the one before
 * it. What of it is kept can be made less. For one thread.
 */
final class FoundLog {
  private static final int AT_ONCE = 100;

  private final Table table;
  private final GraphId graph;
  private @Nullable Head founding;
  private long last;
  private final List<SdkBytes> chains = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final TreeMap<Long, LogItems.Written> appends = new TreeMap<>();
  private final TreeMap<Long, Instant> times = new TreeMap<>();
  private final TreeMap<Long, Optional<String>> names = new TreeMap<>();
  private final TreeMap<Long, Instant> defaults = new TreeMap<>();

  FoundLog(Table table, GraphId graph) {
    this.table = table;
    this.graph = graph;
    read();
  }

  private void read() {
    byte[] chain =
        Head.before(new GraphRef(UserId.of("nobody"), graph), 0, 1).chain().asByteArray();
    while (true) {
      var page = page(last + 1);
      for (Item item : page) {
        if (item.key().sequence() != last + 1 || !LogItems.follows(item, chain)) {
          return;
        }
        chain = LogItems.chain(item);
        take(item);
      }
      if (page.isEmpty()) {
        return;
      }
    }
  }

  private List<Item> page(long from) {
    // The log is in the same partitions whatever the number of buckets is; its parts are not.
    var keys = new Keys(graph, founding == null ? 1 : founding.buckets());
    Key first = keys.entry(from);
    long end = Math.min(from + AT_ONCE, from - from % Keys.BLOCK + Keys.BLOCK) - 1;
    var items = table.query(Range.of(first.partition(), first.sort(), Keys.padded(end)));
    if (founding == null && !items.isEmpty() && items.getFirst().has(Head.OWNER)) {
      Item item = items.getFirst();
      founding =
          Head.before(
              new GraphRef(new UserId(item.text(Head.OWNER)), graph),
              item.number(Head.NUMBER),
              Math.toIntExact(item.number(Head.BUCKETS)));
      keys = founding.keys();
    }
    return Bodies.whole(table, keys, items);
  }

  private void take(Item item) {
    last++;
    chains.add(SdkBytes.fromByteArray(LogItems.chain(item)));
    State state = LogItems.state(item);
    states.add(state);
    appends.put(last, LogItems.written(item));
    Committed entry = LogItems.entry(item, graph);
    for (GraphEvent event : entry.events()) {
      switch (event) {
        case GraphCreated e -> name(e.data().name(), entry.time());
        case GraphRenamed e -> name(e.name(), entry.time());
        case GraphRemoved e -> names.put(last, Optional.empty());
        case GraphMadeDefault e -> defaults.put(last, entry.time());
        default -> {}
      }
    }
  }

  private void name(String name, Instant time) {
    names.put(last, Optional.of(name));
    times.put(last, time);
  }

  GraphId graph() {
    return graph;
  }

  /** The last entry that is kept. */
  long last() {
    return last;
  }

  /** As a head that knows nothing but what never changes; of a log that has an entry. */
  Head founding() {
    return java.util.Objects.requireNonNull(founding, "a log that has an entry");
  }

  UserId owner() {
    return founding().graph().owner();
  }

  State state() {
    return states.get(Math.toIntExact(last) - 1);
  }

  SdkBytes chain() {
    return chains.get(Math.toIntExact(last) - 1);
  }

  String attempt() {
    return java.util.Objects.requireNonNull(appends.get(last), "an entry has an append").attempt();
  }

  /**
   * Keeps of each append all or nothing.
   *
   * @return whether less is kept than before
   */
  boolean keepWholeAppends(Map<GraphId, FoundLog> all) {
    long before = last;
    long keep = 0;
    for (var entry : appends.headMap(last, true).entrySet()) {
      LogItems.Written append = entry.getValue();
      if (append.until() > last || !hasAll(append, all)) {
        break;
      }
      if (entry.getKey() == append.until()) {
        keep = entry.getKey();
      }
    }
    last = keep;
    return last < before;
  }

  private static boolean hasAll(LogItems.Written append, Map<GraphId, FoundLog> all) {
    return append.also().entrySet().stream()
        .allMatch(
            other -> {
              FoundLog log = all.get(other.getKey());
              return log != null && log.has(other.getValue(), append.attempt());
            });
  }

  private boolean has(long sequence, String attempt) {
    LogItems.Written append = appends.get(sequence);
    return sequence <= last && append != null && append.attempt().equals(attempt);
  }

  /** Its name, if it is live. */
  Optional<String> name() {
    var entry = names.floorEntry(last);
    return entry == null ? Optional.empty() : entry.getValue();
  }

  /** Every name it had. */
  List<String> everyName() {
    return names.headMap(last, true).values().stream().flatMap(Optional::stream).toList();
  }

  /** When it took the name it has. */
  Instant named() {
    return times.floorEntry(last).getValue();
  }

  /** Keeps nothing from when it took its name on. */
  void giveNameUp() {
    last = names.floorKey(last) - 1;
  }

  /** When it became its owner's default, the last time. */
  Optional<Instant> madeDefault() {
    return Optional.ofNullable(defaults.floorEntry(last)).map(Map.Entry::getValue);
  }

  /** All that is kept, a page at a time. */
  List<Committed> entries(long after) {
    return page(after + 1).stream()
        .filter(item -> item.key().sequence() <= last)
        .map(item -> LogItems.entry(item, graph))
        .toList();
  }
}
