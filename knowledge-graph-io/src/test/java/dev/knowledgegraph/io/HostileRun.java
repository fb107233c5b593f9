package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Imports hostile inputs, in a process of its own that has little memory, and judges what comes of
 * each. Arguments: a folder, the first seed, how many.
 */
final class HostileRun {
  /** Of processor time: others may use the machine, too. */
  private static final int SECONDS = 2;

  private static final int PATIENCE = 30;

  private final Path folder;
  private final SortedMap<String, byte[]> healthy;
  private final SortedMap<String, Integer> outcomes = new TreeMap<>();
  private volatile long slowest;

  private HostileRun(Path folder) throws IOException {
    this.folder = folder;
    this.healthy = HealthyInput.files(Files.createDirectories(folder.resolve("healthy")));
  }

  @SuppressWarnings("SystemOut") // the parent process reads it
  public static void main(String[] args) throws Exception {
    var run = new HostileRun(Path.of(args[0]));
    long first = Long.parseLong(args[1]);
    long count = Long.parseLong(args[2]);
    int failed = 0;
    run.warmUp();
    for (long seed = first; seed < first + count; seed++) {
      String fault = run.fault(seed);
      if (fault != null) {
        failed++;
        System.out.println("seed " + seed + ": " + fault);
      }
    }
    System.out.println(
        count + " inputs: " + run.outcomes + ", slowest " + run.slowest / 1_000_000 + " ms");
    System.exit(Math.min(failed, 100));
  }

  private void warmUp() throws IOException {
    Path inputs = Files.createDirectories(folder.resolve("warm"));
    for (var file : healthy.entrySet()) {
      Path path = Files.write(inputs.resolve(file.getKey()), file.getValue());
      try (var store = KnowledgeGraph.inMemory()) {
        GraphView graph = store.as(UserId.of("ada")).create(GraphData.named("graph"));
        attempt(graph, List.of(path), null, options(new Random(1)));
      }
    }
  }

  /** What is wrong about how the input of a seed is taken, or null; its files are then kept. */
  private @Nullable String fault(long seed) throws Exception {
    Path place = Files.createDirectory(folder.resolve("seed-" + seed));
    HostileInput input = HostileInput.make(seed, healthy, place);
    var thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    Future<String> judged = thread.submit(() -> String.valueOf(judge(seed, input, place)));
    String fault;
    try {
      fault = judged.get(PATIENCE, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      fault = "does not end";
    } catch (ExecutionException e) {
      fault = "fails with " + trace(e.getCause());
    }
    thread.shutdownNow();
    if (fault.equals("null")) {
      delete(place);
      return null;
    }
    return fault + "\n  input: " + input.what() + " in " + place;
  }

  private static String trace(@Nullable Throwable failure) {
    var text = new StringBuilder(String.valueOf(failure));
    if (failure != null) {
      for (int i = 0; i < Math.min(12, failure.getStackTrace().length); i++) {
        text.append("\n    at ").append(failure.getStackTrace()[i]);
      }
    }
    return text.toString();
  }

  private @Nullable String judge(long seed, HostileInput input, Path place) throws IOException {
    try (var store = KnowledgeGraph.inMemory()) {
      GraphView graph = store.as(UserId.of("ada")).create(GraphData.named("graph"));
      var first = graph.add(NodeData.node("there before").key("a"));
      graph.link(EdgeData.edge(first, EdgeType.RELATED, first));
      var before = graph.head();
      ImportOptions options = options(new Random(seed * 0x9e3779b97f4a7c15L));
      String outcome = attempt(graph, input.paths(), input.from(), options);
      long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      slowest = Math.max(slowest, used);
      if (used > SECONDS * 1_000_000_000L) {
        return "takes " + used / 1_000_000 + " ms";
      }
      var after = graph.head();
      count(outcome);
      if (outcome.startsWith("broken")) {
        return outcome;
      }
      boolean changed = !after.equals(before);
      if (changed && (options.dryRun() || outcome.startsWith("refused"))) {
        return "changes the graph though it is " + outcome;
      }
      if (!changed && outcome.startsWith("stopped")) {
        return "says that a part is kept, but nothing changed";
      }
      return seed % 4 == 0 ? exported(graph, place) : leaked(graph);
    }
  }

  private synchronized void count(String outcome) {
    outcomes.merge(outcome.replaceAll("[: ].*", ""), 1, Integer::sum);
  }

  private static ImportOptions options(Random random) {
    var errors = random.nextBoolean() ? ImportOptions.OnError.STOP : ImportOptions.OnError.SKIP;
    return ImportOptions.defaults()
        .withOnError(errors)
        .withDryRun(random.nextInt(8) == 0)
        .withPrune(random.nextInt(8) == 0);
  }

  /** One of done, part, refused and stopped, or what is broken about the answer. */
  private static String attempt(
      GraphView graph, List<Path> paths, @Nullable String from, ImportOptions options) {
    try {
      ImportReport report = Importer.run(graph, paths, from, options, progress -> {});
      for (ImportReport.Reject reject : report.rejects()) {
        String poor = poor(reject.file(), reject.reason(), paths);
        if (poor != null) {
          return poor;
        }
      }
      return report.rejected() == 0 ? "done" : "part";
    } catch (RejectedException e) {
      String message = String.valueOf(e.getMessage());
      String poor = poor(message, message, paths);
      boolean stopped = e.rejection().code().equals(Importer.STOPPED);
      return poor != null ? poor : (stopped ? "stopped: " : "refused: ") + message;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return "broken: " + trace(e);
    }
  }

  /** Whether an error names no file, says nothing, or says far too much. */
  private static @Nullable String poor(String place, String reason, List<Path> paths) {
    boolean named =
        paths.stream()
            .anyMatch(
                path ->
                    place.contains(Sources.plainName(path))
                        || (Files.isDirectory(path) && place.matches("(?s).*\\.\\w+.*")));
    if (!named) {
      return "broken: an error names no file: " + place + ": " + reason;
    }
    if (reason.isBlank() || reason.equals("null") || reason.matches("(?s).*\\w+Exception\\b.*")) {
      return "broken: an error says nothing: " + place + ": " + reason;
    }
    return reason.length() > 1_500
        ? "broken: an error of " + reason.length() + " characters"
        : null;
  }

  private static @Nullable String leaked(GraphView graph) {
    var found = new ArrayList<String>();
    graph.forEachNode(
        node -> {
          if (node.data().toString().contains(HostileInput.SECRET)) {
            found.add("node " + node.id() + " holds the text of a file that was not given");
          }
        });
    return found.isEmpty() ? null : found.get(0);
  }

  /** What came in goes out again, and nowhere but where it should. */
  private @Nullable String exported(GraphView graph, Path place) throws IOException {
    Path out = Files.createDirectory(place.resolve("out"));
    long outside = count(place);
    for (ExportFormat format : Formats.exports()) {
      // A page holds a library of 280 kB; HtmlFormatTest has what is hostile to it.
      if (format.name().equals("html")) {
        continue;
      }
      Path target = out.resolve(format.name());
      format.write(graph, target, ExportOptions.defaults(), note -> {});
    }
    Path copy = out.resolve("jsonl");
    try (var store = KnowledgeGraph.inMemory()) {
      GraphView again = store.as(UserId.of("ada")).create(GraphData.named("graph"));
      Importer.run(again, List.of(copy), "jsonl", ImportOptions.defaults(), progress -> {});
      if (!again.head().fingerprint().equals(graph.head().fingerprint())) {
        return "is another graph after export and import";
      }
    }
    delete(out);
    Files.createDirectory(out);
    return count(place) == outside ? leaked(graph) : "is exported to outside the folder";
  }

  private static long count(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.count();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
