package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.StorageDecorator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Makes a store whole that lost some of what was written last: from the logs, and nothing else.
 * Long because it is one story: find the logs, agree what is kept, carry that out, prove it.
 */
final class Reconcile {
  private static final int HEX = 32;

  private final Table table;
  private final Map<GraphId, FoundLog> logs = new LinkedHashMap<>();
  private final Map<GraphId, Set<Key>> strays = new HashMap<>();

  private Reconcile(Table table) {
    this.table = table;
  }

  static List<Reconciled> run(Table table) {
    return new Reconcile(table).run();
  }

  private List<Reconciled> run() {
    for (GraphId graph : everyGraph()) {
      finish(graph);
    }
    for (GraphId graph : everyGraph()) {
      logs.put(graph, new FoundLog(table, graph));
    }
    agree();
    findStrays();
    var done = new ArrayList<Reconciled>();
    var kept = kept();
    long number = 0;
    for (FoundLog log : kept) {
      number++;
      done.add(carryOut(log, number));
    }
    for (FoundLog log : logs.values()) {
      if (log.last() == 0) {
        done.add(takeBack(log));
      }
    }
    count(kept);
    names(kept);
    forgetStaged();
    kept.forEach(this::prove);
    return done;
  }

  // Finding.

  private Set<GraphId> everyGraph() {
    var graphs = new HashSet<GraphId>();
    table.everyKey(page -> page.forEach(key -> graphOf(key, graphs::add)));
    return graphs;
  }

  private static void graphOf(Key key, Consumer<GraphId> action) {
    if (key.partition().startsWith("G#")) {
      UUID id = Codec.uuid(key.partition().substring(2, 2 + HEX));
      action.accept(new GraphId(id));
    }
  }

  /** What was the truth already, and is laid ready whole, is carried out first. */
  private void finish(GraphId graph) {
    table
        .get(Keys.head(graph))
        .map(item -> Head.of(graph, item))
        .filter(head -> !head.isSettled() && head.staged() > 0)
        .ifPresent(
            head -> new Staging(table).get(head.attempt(), head.staged()).ifPresent(table::put));
  }

  /** Until nothing is kept that depends on what is not. */
  private void agree() {
    boolean isLess = true;
    while (isLess) {
      isLess = false;
      for (FoundLog log : logs.values()) {
        isLess |= log.keepWholeAppends(logs);
      }
      isLess |= giveNamesUp();
    }
  }

  /** Of two graphs of one name the first has it: what let the other take it is lost. */
  private boolean giveNamesUp() {
    var holders = new HashMap<List<Object>, FoundLog>();
    boolean isLess = false;
    for (FoundLog log : kept()) {
      if (log.name().isEmpty()) {
        continue;
      }
      List<Object> name = List.of(log.owner(), log.name().get());
      FoundLog other = holders.putIfAbsent(name, log);
      if (other != null) {
        FoundLog later = log.named().isAfter(other.named()) ? log : other;
        holders.put(name, later == log ? other : log);
        later.giveNameUp();
        isLess = true;
      }
    }
    return isLess;
  }

  /** The logs of which something is kept, in the order of the graphs. */
  private List<FoundLog> kept() {
    return logs.values().stream()
        .filter(log -> log.last() > 0)
        .sorted(
            Comparator.comparingLong((FoundLog log) -> log.founding().number())
                .thenComparing(log -> log.graph().toString()))
        .toList();
  }

  /** Nobody knows in which partitions a graph is of which nothing is kept. */
  private void findStrays() {
    table.everyKey(
        page -> {
          for (Key key : page) {
            graphOf(
                key,
                graph -> {
                  FoundLog log = logs.get(graph);
                  if (log != null && log.last() == 0) {
                    strays.computeIfAbsent(graph, each -> new HashSet<>()).add(key);
                  }
                });
          }
        });
  }

  // Carrying out.

  private Reconciled takeBack(FoundLog log) {
    var all = strays.getOrDefault(log.graph(), Set.of());
    table.delete(all);
    return new Reconciled(log.graph(), 0, all.size(), 0);
  }

  private Reconciled carryOut(FoundLog log, long number) {
    Head founding = log.founding();
    Keys keys = founding.keys();
    Set<Key> found = keysOf(log, keys);
    var beyond = found.stream().filter(key -> key.sequence() > log.last()).toList();
    var bytes = new EnumMap<Family, Long>(Family.class);
    var missing = new ArrayList<Item>();
    replay(
        log,
        commit -> {
          for (Item item : Versions.of(keys, commit, Instant.EPOCH)) {
            bytes.merge(keys.family(item.key()), (long) item.size(), Long::sum);
            if (!found.contains(item.key())) {
              missing.add(item);
            }
          }
        });
    table.put(missing);
    table.delete(beyond);
    table.put(
        new Head(
                founding.graph(),
                number,
                founding.buckets(),
                log.last(),
                log.last(),
                log.chain(),
                log.attempt(),
                0,
                log.state(),
                bytes)
            .item());
    lowerCheckpoints(log);
    return new Reconciled(log.graph(), log.last(), beyond.size(), missing.size());
  }

  private Set<Key> keysOf(FoundLog log, Keys keys) {
    var found = new HashSet<Key>();
    var ranges = new ArrayList<Range>();
    for (Family family : Family.values()) {
      if (family != Family.LOG) {
        for (int bucket = 0; bucket < keys.partitions(family); bucket++) {
          ranges.add(all(keys.partition(family, bucket)));
        }
      }
    }
    Consumer<List<Item>> take = page -> page.forEach(item -> found.add(item.key()));
    table.pages(ranges, take);
    long end = table.get(Keys.head(log.graph())).map(item -> item.number(Head.SEQUENCE)).orElse(0L);
    long before = -1;
    // Where the head is lost, too, the log goes on as long as there are entries.
    for (long block = 0; block <= end / Keys.BLOCK + 1 || before < found.size(); block++) {
      before = found.size();
      table.pages(List.of(all(keys.partition(Family.LOG, block))), take);
    }
    return found;
  }

  // The items come without what they hold, as long as an attribute is asked for that few have.
  private static Range all(String partition) {
    return Range.all(partition).only(List.of(ElementItems.GONE));
  }

  /** Makes the commits again, in memory, and looks whether they lead to where the log says. */
  private static void replay(FoundLog log, Consumer<Commit> action) {
    GraphRef graph = log.founding().graph();
    try (var memory = KnowledgeGraph.builder().storage(new Watched(action)).build()) {
      var page = log.entries(0);
      while (!page.isEmpty()) {
        memory.replay(graph, page);
        page = log.entries(page.getLast().position().sequence());
      }
      if (!memory.storage().head(graph).equals(log.state().totals())) {
        throw damaged();
      }
    }
  }

  private static IntegrityException damaged() {
    return new IntegrityException(
        "LOG_DAMAGED", "a log does not make the state that it says it made", null);
  }

  /** A storage in memory that shows what is appended. */
  private static final class Watched extends StorageDecorator {
    private final Consumer<Commit> action;

    Watched(Consumer<Commit> action) {
      super(new InMemoryStorage());
      this.action = action;
    }

    @Override
    public void append(List<Commit> commits) {
      commits.forEach(action);
      super.append(commits);
    }
  }

  /** Nobody has dealt with what is not there any more. */
  private void lowerCheckpoints(FoundLog log) {
    String partition = Keys.checkpoint("", log.founding().graph()).partition();
    var ahead = new ArrayList<Item>();
    for (Item item : table.query(Range.all(partition))) {
      if (item.number(Head.SEQUENCE) > log.last()) {
        ahead.add(item.number(Head.SEQUENCE, log.last()));
      }
    }
    table.put(ahead);
  }

  // What belongs to no graph.

  private void count(List<FoundLog> kept) {
    var items = new ArrayList<Item>();
    for (FoundLog log : kept) {
      items.add(Append.log(items.size() + 1L, log.founding().graph()));
    }
    var more =
        table.query(Range.of(Keys.LOGS, Keys.padded(items.size() + 1L), "9".repeat(Keys.DIGITS)));
    table.put(items);
    table.delete(more.stream().map(Item::key).toList());
    table.put(
        Item.at(Keys.lastLog())
            .number(Append.LAST, items.size())
            .number(Append.FORMAT, Append.FORMAT_NOW));
  }

  private void names(List<FoundLog> kept) {
    var items = new HashMap<Key, Item>();
    var defaults = new HashMap<UserId, FoundLog>();
    for (FoundLog log : kept) {
      for (String name : log.everyName()) {
        Item item = Names.item(log.owner(), name, log.graph(), true);
        items.putIfAbsent(item.key(), item);
      }
      if (log.madeDefault().isPresent()) {
        defaults.merge(log.owner(), log, Reconcile::lastMadeDefault);
      }
    }
    for (FoundLog log : kept) {
      log.name()
          .ifPresent(
              name -> {
                Item item = Names.item(log.owner(), name, log.graph(), false);
                items.put(item.key(), item);
              });
    }
    var wrong = new HashSet<Key>();
    table.everyKey(
        page -> {
          for (Key key : page) {
            if (key.partition().startsWith("U#") && !items.containsKey(key)) {
              wrong.add(key);
            }
          }
        });
    defaults.forEach(
        (owner, log) -> items.put(Keys.defaultGraph(owner), Names.chosen(owner, log.graph())));
    wrong.removeAll(items.keySet());
    table.put(items.values());
    table.delete(wrong);
  }

  private static FoundLog lastMadeDefault(FoundLog a, FoundLog b) {
    return a.madeDefault().orElse(Instant.MIN).isAfter(b.madeDefault().orElse(Instant.MIN)) ? a : b;
  }

  private void forgetStaged() {
    var staging = new Staging(table);
    staging.all().forEach(staging::delete);
  }

  // Proving.

  private void prove(FoundLog log) {
    GraphRef graph = log.founding().graph();
    var storage = DynamoDbStorage.over(table);
    var found = KnowledgeGraph.recount(storage, graph, log.last());
    if (!storage.head(graph).equals(log.state().totals())
        || !found.equals(log.state().totals().fingerprint())) {
      throw damaged();
    }
  }
}
