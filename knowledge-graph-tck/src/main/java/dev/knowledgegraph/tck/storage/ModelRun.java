package dev.knowledgegraph.tck.storage;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.QueryOptions;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.ManualClock;
import dev.knowledgegraph.tck.RandomCommands;
import dev.knowledgegraph.tck.RandomCommands.Step;
import dev.knowledgegraph.tck.RandomQueries;
import dev.knowledgegraph.tck.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the same commands to the storage under test and to one in memory; to the former some of
 * them in groups, which must make no difference. Each sequence has graphs of its own in the one
 * store. A sequence that shows a difference is made as short as it gets.
 */
final class ModelRun {
  private static final int SHORTEST = 10;
  private static final int LONGEST = 40;
  private static final int ALL = 10_000;

  private final Storage storage;
  private final ManualClock clock = new ManualClock();
  private final KnowledgeGraph found;
  private long world;

  ModelRun(Storage storage) {
    this.storage = storage;
    this.found = over(storage);
  }

  /** Checks sequences of the seeds from {@code first} on. */
  void check(long first, int sequences) {
    for (long seed = first; seed < first + sequences; seed++) {
      var all = new BitSet();
      all.set(0, SHORTEST + new Random(seed).nextInt(LONGEST - SHORTEST + 1));
      if (differenceOf(seed, all) != null) {
        throw new AssertionError(report(seed, shortest(seed, all)));
      }
    }
  }

  private BitSet shortest(long seed, BitSet failing) {
    var shortest = (BitSet) failing.clone();
    for (int i = shortest.length() - 1; i >= 0; i--) {
      shortest.clear(i);
      if (differenceOf(seed, shortest) == null) {
        shortest.set(i);
      }
    }
    return shortest;
  }

  private String report(long seed, BitSet kept) {
    var text =
        new StringBuilder(
            "again with -D%s=%d -D%s=1%n".formatted(Seeds.PROPERTY, seed, ModelContract.SEQUENCES));
    var steps = new RandomCommands(seed, world).take(LONGEST);
    var groups = groups(seed);
    kept.stream().forEach(i -> text.append("group %d: %s%n".formatted(groups[i], steps.get(i))));
    return text.append(differenceOf(seed, kept)).toString();
  }

  // Steps of one number are sent together, if they can be.
  private static int[] groups(long seed) {
    var random = new Random(~seed);
    int[] groups = new int[LONGEST];
    for (int i = 1; i < LONGEST; i++) {
      groups[i] = groups[i - 1] + random.nextInt(2);
    }
    return groups;
  }

  /** What is different after the kept steps of a seed's sequence; null if nothing is. */
  private @Nullable String differenceOf(long seed, BitSet kept) {
    var random = new RandomCommands(seed, ++world);
    var steps = random.take(LONGEST);
    var groups = groups(seed);
    try (var expected = over(new InMemoryStorage())) {
      for (int i = kept.nextSetBit(0); i >= 0; ) {
        var group = new ArrayList<Step>();
        int number = groups[i];
        while (i >= 0 && groups[i] == number && (group.isEmpty() || fits(group, steps.get(i)))) {
          group.add(steps.get(i));
          i = kept.nextSetBit(i + 1);
        }
        clock.advance(Duration.ofHours(1));
        var difference = differenceOf(expected, group);
        if (difference != null) {
          return difference;
        }
      }
      for (GraphRef graph : random.graphs()) {
        var difference = differenceOf(expected, graph, new Random(seed));
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }
  }

  private static boolean fits(List<Step> group, Step next) {
    return next.options().equals(CommandOptions.none())
        && group.getFirst().options().equals(CommandOptions.none())
        && next.caller().equals(group.getFirst().caller());
  }

  private @Nullable String differenceOf(KnowledgeGraph expected, List<Step> group) {
    var first = group.getFirst();
    var answers = group.stream().map(step -> answer(() -> send(expected, step))).toList();
    var given =
        group.size() == 1
            ? List.of(answer(() -> send(found, first)))
            : answer(
                () ->
                    found
                        .commands()
                        .sendAll(first.caller(), group.stream().map(Step::command).toList()));
    boolean isFailure =
        answers.stream().anyMatch(String.class::isInstance) && given instanceof String;
    return isFailure ? null : difference("commands " + group, answers, given);
  }

  private static Object send(KnowledgeGraph graph, Step step) {
    return graph.commands().send(step.caller(), step.command(), step.options());
  }

  private @Nullable String differenceOf(KnowledgeGraph expected, GraphRef graph, Random random) {
    var memory = expected.storage();
    long head = memory.head(graph).sequence();
    var log = storage.read(graph, 0, ALL);
    var moments = new long[] {GraphReader.LATEST, random.nextLong(head + 1)};
    var difference =
        firstOf(
            () -> difference("head", memory.head(graph), storage.head(graph)),
            () -> difference("log", memory.read(graph, 0, ALL), log),
            () ->
                difference("graphs", memory.graphs(graph.owner()), storage.graphs(graph.owner())));
    if (head == 0 || difference != null) {
      return difference;
    }
    for (int i = 0; i < moments.length && difference == null; i++) {
      long at = moments[i];
      difference =
          firstOf(
              () ->
                  Answers.of(memory, graph, at)
                      .differenceFrom(Answers.of(storage, graph, at))
                      .map(text -> "as of " + at + ": " + text)
                      .orElse(null),
              () -> differenceOfQueries(expected, graph, at, random));
    }
    return difference != null ? difference : differenceOfReplay(graph);
  }

  private @Nullable String differenceOfQueries(
      KnowledgeGraph expected, GraphRef graph, long at, Random random) {
    var moment = at == GraphReader.LATEST ? Moment.now() : new Moment.AtSequence(at);
    for (GraphQuery<?> query : RandomQueries.all(graph.id(), random)) {
      var options = QueryOptions.at(moment);
      var difference =
          difference(
              "as of " + at + " " + query,
              answer(() -> expected.queries().ask(graph.owner(), query, options)),
              answer(() -> found.queries().ask(graph.owner(), query, options)));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private @Nullable String differenceOfReplay(GraphRef graph) {
    try (var replayed = over(new InMemoryStorage())) {
      replayed.replay(graph, storage.read(graph, 0, ALL));
      return firstOf(
          () ->
              difference("head after replay", replayed.storage().head(graph), storage.head(graph)),
          () ->
              Answers.of(replayed.storage(), graph, GraphReader.LATEST)
                  .differenceFrom(Answers.of(storage, graph, GraphReader.LATEST))
                  .map(text -> "after replay: " + text)
                  .orElse(null));
    }
  }

  /** An answer, or the name of the failure that came instead. */
  private static Object answer(Supplier<?> question) {
    try {
      return question.get();
    } catch (KnowledgeGraphException e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }

  private static @Nullable String difference(String what, Object expected, Object given) {
    return Objects.equals(expected, given)
        ? null
        : "%s: in memory%n  %s%nhere%n  %s".formatted(what, expected, given);
  }

  @SafeVarargs
  private static @Nullable String firstOf(Supplier<@Nullable String>... differences) {
    for (var each : differences) {
      var difference = each.get();
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private KnowledgeGraph over(Storage below) {
    return KnowledgeGraph.builder().storage(below).clock(clock).build();
  }
}
