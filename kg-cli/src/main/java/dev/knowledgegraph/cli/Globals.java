package dev.knowledgegraph.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before its name or after it. */
@Command(
    name = "kg",
    description = "Keeps knowledge graphs: nodes, edges, and everything that happened to them.",
    synopsisHeading = "%n",
    customSynopsis = "kg [OPTION…] COMMAND …",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions, also after the command%n",
    commandListHeading = "%nCommands%n",
    footerHeading = "%nFirst steps%n",
    footer = {
      "  kg demo                                     a tour with a real vault of notes",
      "  kg import ~/notes                           a folder of notes, or a file",
      "  kg node add --title \"Ada Lovelace\" --label Person",
      "  kg search \"first program\" --mode hybrid",
      "  kg neighbors \"Ada Lovelace\" --depth 2",
      "  kg export graph.jsonl",
    },
    sortOptions = false)
final class Globals {
  enum Format {
    text,
    json,
    jsonl,
    csv
  }

  enum Color {
    auto,
    always,
    never
  }

  @Option(
      names = "--store",
      paramLabel = "S",
      scope = ScopeType.INHERIT,
      description = "a directory or the URL of a database; else $KG_STORE, else ./.kg")
  @Nullable String store;

  @Option(
      names = "--graph",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "the graph; else your default graph, else \"main\"")
  @Nullable String graph;

  @Option(
      names = "--user",
      paramLabel = "U",
      scope = ScopeType.INHERIT,
      description = "who asks; else \"local\"")
  String user = "local";

  @Option(
      names = "--format",
      paramLabel = "F",
      scope = ScopeType.INHERIT,
      description = "text, json, jsonl or csv")
  Format format = Format.text;

  @Option(
      names = "--at",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "ask about an earlier state: a position, an instant or a date")
  @Nullable String at;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      scope = ScopeType.INHERIT,
      description = "how long to wait while another process writes: 30s, 2m; else not at all")
  String wait = "0s";

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "no notes and no progress")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "show where a failure comes from, and every step of an import")
  boolean verbose;

  @Option(
      names = "--log",
      paramLabel = "LEVELS",
      scope = ScopeType.INHERIT,
      description =
          "what to log on standard error: debug, or PACKAGE=LEVEL,…; else $KG_LOG, else nothing")
  @Nullable String log;

  @Option(
      names = "--correlation-id",
      paramLabel = "ID",
      scope = ScopeType.INHERIT,
      description =
          "what this belongs to, for the log of the graph and of kg; else $KG_CORRELATION_ID, else"
              + " a new one")
  @Nullable String correlationId;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "auto, always or never")
  Color color = Color.auto;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  boolean help;

  /** The address of the store, wherever it was given. */
  String address(@Nullable String fromEnvironment) {
    if (store != null) {
      return store;
    }
    return fromEnvironment == null || fromEnvironment.isBlank()
        ? Path.of(".kg").toString()
        : fromEnvironment;
  }
}
