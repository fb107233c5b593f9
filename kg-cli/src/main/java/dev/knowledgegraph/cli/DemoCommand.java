package dev.knowledgegraph.cli;

import dev.knowledgegraph.spi.StorageFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kg demo}: a tour through commands the reader can type. */
@Command(name = "demo", description = "A tour with a real vault of notes, in a new store ./demo.")
final class DemoCommand implements Callable<Integer> {
  private static final String VAULT = "examples/vaults/foam";
  private final Context context;

  @Option(names = "--again", description = "replace the store of an earlier tour")
  boolean again;

  DemoCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Path vault = home().resolve(VAULT);
    if (!Files.isDirectory(vault)) {
      throw Failure.notFound("VAULT", "the notes of the tour are not there: " + vault);
    }
    String given = context.globals().store;
    String store = given == null ? "demo" : given;
    Path exported;
    if (given == null || context.isDirectory()) {
      prepare(Path.of(store));
      exported = Path.of(store).resolve("demo.jsonl");
    } else {
      refuseUsed();
      exported = Files.createTempDirectory("kg-demo").resolve("demo.jsonl");
    }
    say("A real vault: the documentation of Foam.");
    if (run(store, "import", shown(vault)) != ExitCode.DONE) {
      return ExitCode.UNEXPECTED;
    }
    say("What is it about?");
    run(store, "report", "--limit", "3");
    say("Find something.");
    run(store, "search", "turn notes into a website", "--mode", "hybrid", "--limit", "3");
    say("What is around a note?");
    run(store, "neighbors", "Graph Visualization", "--limit", "5");
    say("How are these two connected?");
    run(store, "path", "Graph Visualization", "Publish to Netlify with Eleventy");
    say("Change something, then look at what was before.");
    String before = position(store);
    run(store, "node", "tag", "Graph Visualization", "favourite");
    run(store, "node", "list", "--tag", "favourite");
    run(store, "node", "list", "--tag", "favourite", "--at", before, "--format", "csv");
    say("Take it somewhere else: the same content has the same fingerprint.");
    run(store, "export", "--to", "jsonl", exported.toString());
    run(store, "--graph", "copy", "import", exported.toString());
    String first = fingerprint(store, "main");
    String second = fingerprint(store, "copy");
    run(store, "fingerprint");
    run(store, "--graph", "copy", "fingerprint");
    boolean same = first.equals(second);
    say(same ? "They are equal." : "They differ, which is a defect.");
    String place = typed(store);
    say("Everything is in " + place + ". Try: kg --store " + place + " --help");
    return same ? ExitCode.DONE : ExitCode.INTEGRITY;
  }

  private void prepare(Path store) throws IOException {
    if (Files.exists(store)) {
      if (!again) {
        throw Failure.usage(
            store + " is there already: kg demo --again replaces it, --store names another place");
      }
      if (!Files.exists(store.resolve("demo.jsonl"))) {
        throw Failure.usage(store + " was not made by a tour, so it is not replaced");
      }
      Folders.delete(store);
    }
  }

  /** On a server nothing is replaced: the tour is for who has no graph there yet. */
  private void refuseUsed() {
    context.session(
        false,
        session -> {
          if (!session.graphs().isEmpty()) {
            throw Failure.usage(
                "you have graphs in " + context.shownAddress() + "; --user names who has none");
          }
        });
  }

  private void say(String text) {
    context.output().stream().println();
    context.output().stream().println(text);
  }

  private int run(String store, String... words) {
    var line = new StringBuilder("  $ kg --store " + typed(store));
    for (String word : words) {
      line.append(' ').append(word.contains(" ") ? '"' + word + '"' : word);
    }
    context.output().stream().println(line);
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exitCode = kg(out, out, store, words);
    bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .forEach(text -> context.output().stream().println("  " + text));
    return exitCode;
  }

  private int kg(PrintStream out, PrintStream err, String store, String... words) {
    var args = new ArrayList<>(List.of("--store", store, "--user", context.globals().user));
    args.addAll(List.of(words));
    var environment = new HashMap<>(context.environment());
    environment.remove(Output.ERROR_TERMINAL);
    return Kg.run(context.in(), out, err, environment, args.toArray(String[]::new));
  }

  private String fingerprint(String store, String graph) {
    return answer(store, "--graph", graph, "fingerprint").strip();
  }

  private String position(String store) throws IOException {
    String json = answer(store, "fingerprint", "--format", "json");
    return Json.MAPPER.readTree(json).path("position").asText();
  }

  private String answer(String store, String... words) {
    var bytes = new ByteArrayOutputStream();
    kg(new PrintStream(bytes, true, StandardCharsets.UTF_8), context.err(), store, words);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Path home() {
    @Nullable String home = System.getProperty("kg.home", context.environment().get("KG_HOME"));
    return Path.of(home == null ? "" : home).toAbsolutePath();
  }

  /** An address as somebody would type it into a shell. */
  private static String typed(String store) {
    String shown = StorageFactory.shown(store);
    return shown.matches("[^&?]*") ? shown : '"' + shown + '"';
  }

  /** A path as somebody would type it. */
  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
