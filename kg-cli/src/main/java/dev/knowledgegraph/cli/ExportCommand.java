package dev.knowledgegraph.cli;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.io.ExportFormat;
import dev.knowledgegraph.io.ExportOptions;
import dev.knowledgegraph.io.Formats;
import dev.knowledgegraph.io.LogExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kg export}. */
@Command(
    name = "export",
    description = "Write a graph, now or --at an earlier moment, to a file or folder.",
    footerHeading = "%nExamples%n",
    footer = {
      "  kg export graph.jsonl",
      "  kg export --history log.jsonl.gz            all that ever happened, not only what is",
      "  kg export --to csv tables --at 2026-05-01",
      "  kg export graph.html                        a page that draws it; .dot is for Graphviz"
    })
final class ExportCommand implements Runnable {
  private final Context context;

  @Option(names = "--to", paramLabel = "FORMAT", description = "else seen from the name")
  @Nullable String to;

  @Parameters(paramLabel = "TARGET", arity = "0..1", description = "else standard output")
  String target = "-";

  @Option(
      names = "--history",
      description = "write the log: kg import makes the same graph of it, with its history")
  boolean history;

  @Option(names = "--strict", description = "refuse to leave anything out")
  boolean strict;

  @Option(names = "--defuse-formulas", description = "make cells harmless for spreadsheets")
  boolean defuse;

  ExportCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    ExportFormat format = format();
    if (history && !format.name().equals("jsonl")) {
      throw Failure.usage("only jsonl holds the history; found " + format.name());
    }
    ExportOptions options = ExportOptions.defaults().withStrict(strict).withDefuseFormulas(defuse);
    context.read(
        graph -> {
          try {
            if (target.equals("-")) {
              Path folder = Files.createTempDirectory("kg-export");
              Path file = folder.resolve("graph");
              try {
                write(format, graph, file, options);
                if (Files.isDirectory(file)) {
                  throw Failure.usage(format.name() + " makes a folder; name a target");
                }
                Files.copy(file, context.output().stream());
              } finally {
                Folders.delete(folder);
              }
            } else {
              write(format, graph, Path.of(target), options);
              context.output().note("exported to " + target + " as " + format.name());
            }
          } catch (IOException e) {
            throw Failure.file("cannot write " + target + ": " + e.getMessage(), e);
          }
        });
  }

  private void write(ExportFormat format, GraphView graph, Path file, ExportOptions options)
      throws IOException {
    if (history) {
      LogExport.write(graph, file);
    } else {
      format.write(graph, file, options, context.output()::note);
    }
  }

  private ExportFormat format() {
    List<String> names = Formats.exports().stream().map(ExportFormat::name).toList();
    String wanted = to == null ? guess() : to;
    return Formats.exports().stream()
        .filter(format -> format.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "there is no format \""
                        + wanted
                        + "\"; there are "
                        + String.join(", ", names)
                        + "."
                        + Closest.hint(wanted, names)));
  }

  private String guess() {
    String name = target.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (name.equals("-") || name.endsWith(".jsonl")) {
      return "jsonl";
    }
    if (name.endsWith(".csv")) {
      return "csv";
    }
    if (name.endsWith(".ttl")) {
      return "turtle";
    }
    if (name.endsWith(".nt")) {
      return "ntriples";
    }
    if (name.endsWith(".json")) {
      return "json-graph";
    }
    if (name.endsWith(".gv")) {
      return "dot";
    }
    if (name.endsWith(".htm")) {
      return "html";
    }
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      throw Failure.usage("name a format with --to");
    }
    return name.substring(dot + 1);
  }
}
