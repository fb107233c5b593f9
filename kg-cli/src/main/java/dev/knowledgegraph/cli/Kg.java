package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.json.Shapes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code kg} command. */
public final class Kg {
  private static final Map<String, Function<Context, Object>> COMMANDS = commands();

  /** The global options that a word follows. */
  private static final Set<String> VALUED =
      Set.of(
          "--store",
          "--graph",
          "--user",
          "--format",
          "--at",
          "--color",
          "--wait",
          "--log",
          "--correlation-id");

  private static final Logs LOGS = new Logs();

  /** Each command tells its failure itself. Held here, for the JDK forgets loggers nobody holds. */
  private static final Logger BUS = Logger.getLogger("dev.knowledgegraph.bus");

  /** Tells at every start which instructions of the processor it uses. */
  private static final Logger ENGINE = Logger.getLogger("org.apache.lucene");

  /** It tells of each connection it opens and of each that breaks, which errors say as well. */
  private static final Logger POOL = Logger.getLogger("com.zaxxer.hikari");

  private Kg() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    BUS.setLevel(Level.OFF);
    ENGINE.setLevel(Level.OFF);
    POOL.setLevel(Level.OFF);
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    var context = new Context(System.in, out, err, System.getenv());
    context.interruption().listen(err);
    int exitCode;
    try {
      exitCode = run(context, args);
    } finally {
      context.interruption().end();
    }
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Runs one command and answers its exit code. */
  static int run(String... args) {
    return run(System.in, System.out, System.err, System.getenv(), args);
  }

  /** Runs one command with these streams and environment and answers its exit code. */
  static int run(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      String... args) {
    return run(new Context(in, out, err, environment), args);
  }

  private static int run(Context context, String... args) {
    try {
      if (args.length == 0) {
        commandLine(context, COMMANDS.keySet().toArray(String[]::new)).usage(context.err());
        return ExitCode.USAGE;
      }
      return commandLine(context, args).execute(args);
    } finally {
      context.output().stream().flush();
      context.err().flush();
    }
  }

  private static Map<String, Function<Context, Object>> commands() {
    var commands = new LinkedHashMap<String, Function<Context, Object>>();
    commands.put("graph", GraphCommands::new);
    commands.put("node", NodeCommands::new);
    commands.put("edge", EdgeCommands::new);
    commands.put("category", CategoryCommands::new);
    commands.put("search", SearchCommands.Search::new);
    commands.put("similar", SearchCommands.Similar::new);
    commands.put("suggest", SearchCommands.Suggest::new);
    commands.put("link", LinkCommand::new);
    commands.put("neighbors", AskCommands.Neighbors::new);
    commands.put("path", AskCommands.Path::new);
    commands.put("subgraph", AskCommands.Subgraph::new);
    commands.put("stats", AskCommands.Stats::new);
    commands.put("timeline", AskCommands.Timeline::new);
    commands.put("diff", AskCommands.Diff::new);
    commands.put("history", AskCommands.History::new);
    commands.put("rank", AnalyzeCommands.Rank::new);
    commands.put("communities", AnalyzeCommands.Communities::new);
    commands.put("components", AnalyzeCommands.Components::new);
    commands.put("chains", AnalyzeCommands.Chains::new);
    commands.put("impact", AnalyzeCommands.Impact::new);
    commands.put("report", ReportCommand::new);
    commands.put("import", ImportCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("copy", CopyCommand::new);
    commands.put("batch", BatchCommand::new);
    commands.put("log", AskCommands.Log::new);
    commands.put("fingerprint", AskCommands.Fingerprint::new);
    commands.put("doctor", KeepCommands.Doctor::new);
    commands.put("reindex", ReindexCommand::new);
    commands.put("bench", BenchCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("dlq", DlqCommands::new);
    commands.put("migrate", KeepCommands.Migrate::new);
    commands.put("backup", KeepCommands.Backup::new);
    commands.put("restore", KeepCommands.Restore::new);
    commands.put("demo", DemoCommand::new);
    commands.put("version", OtherCommands.Version::new);
    commands.put("completion", OtherCommands.Completion::new);
    return commands;
  }

  /** The commands named in {@code args}, which are quicker to prepare than all; else all. */
  static CommandLine commandLine(Context context, String... args) {
    var line = new CommandLine(context.globals());
    List<String> words = List.of(args);
    boolean some = words.stream().anyMatch(COMMANDS::containsKey) && first(words) != null;
    COMMANDS.forEach(
        (name, command) -> {
          if (!some || words.contains(name)) {
            line.addSubcommand(name, command.apply(context));
          }
        });
    line.setExecutionStrategy(
        parsed -> {
          startLogging(context, line);
          return new CommandLine.RunLast().execute(parsed);
        });
    line.setExecutionExceptionHandler((e, command, parsed) -> failed(context, e));
    line.setParameterExceptionHandler((e, words2) -> misused(context, e));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(context.output().isColored() ? Ansi.ON : Ansi.OFF));
    line.setOut(writer(context.output().stream()));
    line.setErr(writer(context.err()));
    // A store or a graph may have the name of a command: --store demo.
    line.setAllowSubcommandsAsOptionParameters(true);
    line.setUsageHelpAutoWidth(true);
    HelpLayout.apply(line);
    line.registerConverter(Path.class, Kg::path);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  private static void startLogging(Context context, CommandLine line) {
    if (!context.logLevels().isBlank()) {
      try {
        LOGS.set(context.logLevels(), context.err(), context.correlationId());
      } catch (Failure e) {
        throw new ParameterException(line, e.getMessage());
      }
    }
  }

  private static Path path(String word) {
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("no file or folder can have this name");
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** The first word if it is a command; picocli then finds it without the others. */
  private static @Nullable String first(List<String> words) {
    boolean value = false;
    for (String word : words) {
      if (value) {
        value = false;
      } else if (word.startsWith("-")) {
        value = VALUED.contains(word);
      } else {
        return COMMANDS.containsKey(word) ? word : null;
      }
    }
    return null;
  }

  private static int misused(Context context, ParameterException e) {
    String message = Output.brief(String.valueOf(e.getMessage()));
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> options = List.copyOf(e.getCommandLine().getCommandSpec().optionsMap().keySet());
      List<String> names = List.copyOf(e.getCommandLine().getSubcommands().keySet());
      String word = unmatched.getUnmatched().getFirst();
      List<String> nearest = Closest.of(word, word.startsWith("-") ? options : names);
      message =
          (word.startsWith("-") ? "there is no option " : "nobody expects the word ")
              + '"'
              + Output.brief(word)
              + '"'
              + " here."
              + (nearest.isEmpty() ? "" : " Did you mean " + String.join(", ", nearest) + "?");
    }
    context
        .output()
        .failure(
            error(context, "USAGE", message),
            message
                + (message.endsWith("?") || message.endsWith(".") ? "" : ".")
                + " See "
                + command
                + " --help.");
    context.output().trace(e);
    return ExitCode.USAGE;
  }

  private static int failed(Context context, Exception e) {
    context.output().trace(e);
    return switch (e) {
      case Failure failure -> {
        String message = Output.brief(String.valueOf(failure.getMessage()));
        context.output().failure(error(context, failure.code(), message), message);
        yield failure.exitCode();
      }
      case KnowledgeGraphException known -> {
        context
            .output()
            .failure(
                Shapes.error(known, context.correlationId()),
                known.getMessage() + Advice.on(known.code(), context.shownAddress()));
        yield known.category().exitCode();
      }
      case IllegalArgumentException invalid -> {
        String message = Output.brief(String.valueOf(invalid.getMessage()));
        context.output().failure(error(context, "INVALID", message), message);
        yield ExitCode.INVALID;
      }
      default -> {
        String message = "unexpected failure: " + e + "; --verbose shows where";
        context.output().failure(error(context, "UNEXPECTED", message), message);
        yield ExitCode.UNEXPECTED;
      }
    };
  }

  private static ObjectNode error(Context context, String code, String message) {
    ObjectNode json = Output.json();
    ObjectNode error = json.putObject("error").put("code", code).put("message", message);
    error.putArray("details");
    error.put("retryable", false).put("correlationId", context.correlationId());
    return json;
  }
}
