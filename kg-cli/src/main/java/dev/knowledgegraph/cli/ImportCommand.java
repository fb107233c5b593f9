package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.io.ImportOptions;
import dev.knowledgegraph.io.ImportReport;
import dev.knowledgegraph.io.Importer;
import dev.knowledgegraph.io.LogImport;
import dev.knowledgegraph.json.Shapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kg import}. */
@Command(
    name = "import",
    description = {
      "Bring files and folders into a graph.",
      "What each holds is seen from its name and content. Importing again changes nothing."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  kg import ~/notes",
      "  kg import today.md ideas.md",
      "  kg import nodes.csv.gz edges.csv.gz --on-error skip",
      "  kg import orders.csv --map order_id=key --map customer=title --dry-run",
      "  kg import log.jsonl.gz                      a graph with its history, see kg export"
          + " --history",
    })
final class ImportCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");
  private static final int SHOWN = 5;
  private static final long EVERY_NANOS = 3_000_000_000L;
  private final Context context;
  private @Nullable ProgressBar bar;
  private long nextLine;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "files and folders, - for input")
  List<Path> paths = List.of();

  @Option(names = "--from", paramLabel = "FORMAT", description = "what they hold")
  @Nullable String from;

  @Option(names = "--dry-run", description = "only read and report")
  boolean dryRun;

  @Option(names = "--on-error", paramLabel = "WHAT", description = "stop (the default) or skip")
  String onError = "stop";

  @Option(names = "--prune", description = "remove what these sources no longer have")
  boolean prune;

  @Option(
      names = "--map",
      paramLabel = "COLUMN=FIELD",
      description = "which field a column is; can be repeated")
  @Nullable Map<String, String> map;

  ImportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ImportOptions options =
        ImportOptions.defaults()
            .withDryRun(dryRun)
            .withPrune(prune)
            .withOnError(parse(onError))
            .withColumnMap(map == null ? Map.of() : map);
    for (Path path : paths) {
      if (!path.equals(STANDARD_INPUT) && !Files.exists(path)) {
        throw Failure.notFound("FILE", "there is no file or folder " + path);
      }
    }
    nextLine = System.nanoTime() + every();
    Path input = paths.contains(STANDARD_INPUT) ? keepInput() : null;
    try (ProgressBar shown = context.output().progressBar("importing")) {
      bar = shown;
      return read(input == null ? paths : withInput(input), options);
    } catch (IOException | UncheckedIOException e) {
      throw Failure.file("cannot read: " + e.getMessage(), e);
    } finally {
      forget(input);
    }
  }

  private int read(List<Path> files, ImportOptions options) throws IOException {
    for (Path file : files) {
      if (LogImport.recognizes(file)) {
        return log(files, options);
      }
    }
    return elements(files, options);
  }

  private int elements(List<Path> files, ImportOptions options) {
    long[] rejected = {0};
    context.write(
        graph -> {
          try {
            ImportReport report = Importer.run(graph, files, from, options, this::tell);
            rejected[0] = report.rejected();
            context.output().one(json(graph.graph().name(), report), text(report));
            for (ImportReport.Reject reject :
                report.rejects().subList(0, Math.min(SHOWN, report.rejects().size()))) {
              context.output().note(reject.file() + ":" + reject.line() + ": " + reject.reason());
            }
          } catch (RejectedException e) {
            stopped(e);
            rejected[0] = 1;
          } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
          }
        });
    return rejected[0] == 0 ? ExitCode.DONE : ExitCode.IN_PART;
  }

  /** The log of a graph: it brings a graph of its own. */
  private int log(List<Path> files, ImportOptions options) throws IOException {
    Path file = files.getFirst();
    checkLog(files, LogImport.graphName(file));
    boolean[] isDone = {true};
    context.withStore(
        false,
        store -> {
          try {
            var report = LogImport.run(store, context.user(), file, options, this::tell);
            String name = LogImport.graphName(file);
            context
                .output()
                .one(
                    json(name, report.totals())
                        .put("commitsAdded", report.written())
                        .put("commitsUnchanged", report.known()),
                    text(report.totals())
                        + System.lineSeparator()
                        + "history of "
                        + name
                        + "  "
                        + Views.many(report.written(), "commit")
                        + (dryRun ? " to write, " : " written, ")
                        + Output.count(report.known())
                        + " known");
          } catch (RejectedException e) {
            stopped(e);
            isDone[0] = false;
          } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
          }
        });
    return isDone[0] ? ExitCode.DONE : ExitCode.IN_PART;
  }

  private void checkLog(List<Path> files, String name) {
    if (files.size() > 1) {
      throw Failure.usage("the log of a graph is imported alone, without other files");
    }
    if (prune || map != null || onError.equals("skip")) {
      throw Failure.usage(
          "the log of a graph is imported as it is: leave out --prune, --map and --on-error skip");
    }
    String wanted = context.globals().graph;
    if (wanted != null && !wanted.equals(name)) {
      throw Failure.usage(
          "the log brings the graph \""
              + name
              + "\": leave out --graph, and rename it afterwards with kg graph set");
    }
  }

  /** Standard input as a file, as it is read more than once. */
  private Path keepInput() {
    try {
      Path file = Files.createTempDirectory("kg-import").resolve("stdin" + ending());
      Files.copy(context.in(), file);
      return file;
    } catch (IOException e) {
      throw Failure.file("cannot keep the input: " + e.getMessage(), e);
    }
  }

  private String ending() {
    return "." + (from == null ? "csv" : from.replaceAll("[^a-z0-9-]", ""));
  }

  private List<Path> withInput(Path input) {
    return paths.stream().map(path -> path.equals(STANDARD_INPUT) ? input : path).toList();
  }

  private static void forget(@Nullable Path input) {
    try {
      if (input != null) {
        Folders.delete(input.resolveSibling(""));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says why the import stopped where a part of it is kept. */
  private void stopped(RejectedException e) {
    if (!e.rejection().code().equals(Importer.STOPPED)) {
      throw e;
    }
    context.output().failure(Shapes.error(e, null), e.rejection().message());
  }

  /** A bar, or a line now and then; and the place where the import can be stopped. */
  private void tell(Importer.Progress progress) {
    context.interruption().promiseToLook();
    String nodes = Views.many(progress.nodes(), "node");
    String edges = Views.many(progress.edges(), "edge");
    if (bar != null) {
      long items = progress.nodes() + progress.edges();
      bar.show(progress.done(), progress.total(), nodes + "  " + edges, items);
    } else if (System.nanoTime() - nextLine >= 0) {
      nextLine = System.nanoTime() + every();
      context.output().note("importing   " + nodes + "   " + edges);
    }
    if (context.interruption().isWanted()) {
      throw Failure.interrupted(
          "stopped at "
              + nodes
              + " and "
              + edges
              + (dryRun
                  ? "; nothing was changed."
                  : "; all of them are saved. Run the same command again to go on."));
    }
  }

  private long every() {
    return context.globals().verbose ? 0 : EVERY_NANOS;
  }

  private static ImportOptions.OnError parse(String word) {
    return switch (word) {
      case "stop" -> ImportOptions.OnError.STOP;
      case "skip" -> ImportOptions.OnError.SKIP;
      default -> throw Failure.usage("--on-error is stop or skip; found " + word);
    };
  }

  private static ObjectNode json(String graph, ImportReport report) {
    ObjectNode json =
        Output.json()
            .put("graph", graph)
            .put("format", report.format())
            .put("nodesAdded", report.nodesAdded())
            .put("nodesChanged", report.nodesChanged())
            .put("nodesUnchanged", report.nodesUnchanged())
            .put("nodesRemoved", report.nodesRemoved())
            .put("edgesAdded", report.edgesAdded())
            .put("edgesChanged", report.edgesChanged())
            .put("edgesUnchanged", report.edgesUnchanged())
            .put("edgesRemoved", report.edgesRemoved())
            .put("unresolved", report.unresolved())
            .put("rejected", report.rejected());
    var rejects = json.putArray("rejects");
    for (ImportReport.Reject reject : report.rejects()) {
      rejects
          .addObject()
          .put("file", reject.file())
          .put("line", reject.line())
          .put("column", reject.column())
          .put("reason", reject.reason());
    }
    return json.put("position", report.position()).put("durationMs", report.durationMs());
  }

  private static String text(ImportReport report) {
    return line(
            "nodes",
            report.nodesAdded(),
            report.nodesChanged(),
            report.nodesUnchanged(),
            report.nodesRemoved())
        + System.lineSeparator()
        + line(
            "edges",
            report.edgesAdded(),
            report.edgesChanged(),
            report.edgesUnchanged(),
            report.edgesRemoved())
        + System.lineSeparator()
        + String.format(
            Locale.ROOT,
            "unresolved %,d   rejected %,d   %.1f s",
            report.unresolved(),
            report.rejected(),
            report.durationMs() / 1000.0);
  }

  private static String line(String what, long added, long changed, long unchanged, long removed) {
    return String.format(
        Locale.ROOT,
        "%s  added %,d   changed %,d   unchanged %,d   removed %,d",
        what,
        added,
        changed,
        unchanged,
        removed);
  }
}
