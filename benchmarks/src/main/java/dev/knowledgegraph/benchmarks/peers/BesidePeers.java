package dev.knowledgegraph.benchmarks.peers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knowledgegraph.benchmarks.Data;
import dev.knowledgegraph.peers.PowerLaw;
import dev.knowledgegraph.peers.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures hops, paths, loads, memory and cold opens beside other libraries and databases, each in
 * a process of its own, and prints a table of what agreed. Run it with {@code mvn package -Ppeers
 * -pl benchmarks/peers/run -am -DskipTests}.
 */
public final class BesidePeers {
  private static final JsonMapper JSON = new JsonMapper();

  private final Settings settings;
  private final Problem problem;
  private final Path file;
  private final Path stores;
  private final Map<String, PeerResult> results = new LinkedHashMap<>();

  private BesidePeers(Settings settings, Problem problem, Path directory) {
    this.settings = settings;
    this.problem = problem;
    this.file = directory.resolve("problem");
    this.stores = directory.resolve("stores");
  }

  /** Settings are system properties, see {@link Settings}. */
  public static void main(String[] none) throws Exception {
    var settings = Settings.read();
    Problem problem =
        settings.isPowerLaw()
            ? PowerLaw.problem(settings.nodes(), settings.edges())
            : WordNet.problem(Data.wordNet("nodes.csv.gz"), Data.wordNet("edges.csv.gz"));
    System.out.println(run(settings, problem));
  }

  /** Measures those asked for, writes the results down, and returns them as a table. */
  static String run(Settings settings, Problem problem) throws Exception {
    Files.createDirectories(settings.output());
    Path directory = Files.createTempDirectory("kg-peers");
    try {
      var run = new BesidePeers(settings, problem, directory);
      problem.write(run.file);
      for (Contestant contestant : contestants(settings.peers())) {
        run.measure(contestant);
      }
      run.compare();
      return run.report();
    } finally {
      delete(directory);
    }
  }

  /** Those asked for; ours and the floor in one process. */
  private static List<Contestant> contestants(List<String> names) {
    var known = Contestant.ALL.stream().map(Contestant::name).toList();
    if (!known.containsAll(names)) {
      throw new IllegalArgumentException("-Dpeers takes some of " + String.join(",", known));
    }
    boolean areBoth = names.contains("ours") && names.contains("csr");
    return Contestant.ALL.stream()
        .filter(each -> names.contains(each.name()) && !(areBoth && each.equals(Contestant.CSR)))
        .map(each -> areBoth && each.equals(Contestant.OURS) ? each.with(Contestant.CSR) : each)
        .toList();
  }

  private void measure(Contestant contestant) throws Exception {
    System.err.println("measuring " + contestant.name());
    Path directory = Files.createDirectories(stores.resolve(contestant.name()));
    boolean ran = run(contestant, "measure", directory);
    for (int i = 1; i < settings.loads() && ran; i++) {
      Path again = Files.createDirectories(stores.resolve(contestant.name() + i));
      ran = run(contestant, "load", again);
      delete(again);
    }
    for (PeerResult result : List.copyOf(results.values())) {
      Path store = Path.of(result.text("store"));
      if (ran && store.startsWith(directory) && isStored(store)) {
        for (int i = 0; i < settings.opens() && ran; i++) {
          ran =
              start(
                  contestant,
                  List.of("open", store.toString(), problem.firstKey(), result.text("class")));
        }
      }
    }
    delete(directory);
  }

  private static boolean isStored(Path store) throws IOException {
    try (Stream<Path> files = Files.list(store)) {
      return files.findAny().isPresent();
    }
  }

  private boolean run(Contestant contestant, String mode, Path directory) throws Exception {
    var arguments = new ArrayList<>(List.of(mode, file.toString(), directory.toString()));
    arguments.addAll(contestant.types());
    return start(contestant, arguments);
  }

  private boolean start(Contestant contestant, List<String> arguments) throws Exception {
    String name = contestant.name() + "-" + arguments.getFirst();
    Path output = settings.output().resolve(name + ".out");
    Path log = settings.output().resolve(name + ".log");
    Process process =
        new ProcessBuilder(contestant.command(settings, arguments))
            .redirectOutput(output.toFile())
            .redirectError(log.toFile())
            .start();
    boolean ended = process.waitFor(settings.minutes(), TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
      if (line.startsWith("{") && line.endsWith("}")) {
        var json = JSON.readTree(line);
        results.computeIfAbsent(json.get("peer").asText(), PeerResult::new).add(json);
      }
    }
    if (ended && process.exitValue() == 0) {
      return true;
    }
    String complaint =
        ended ? "failed: " + error(log) : "gave up after " + settings.minutes() + " min";
    results
        .computeIfAbsent(contestant.name(), PeerResult::new)
        .complain(arguments.getFirst(), complaint);
    System.err.println(contestant.name() + " " + complaint + ", see " + log);
    return false;
  }

  /** Why it ended, if it said so at its end; libraries log exceptions that they live with. */
  private static String error(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return lines.reversed().stream()
        .filter(line -> line.startsWith("Exception in thread") || line.startsWith("Error"))
        .findFirst()
        .orElse(lines.isEmpty() ? "no word why" : lines.getLast());
  }

  private void compare() {
    PeerResult reference = results.get("bare CSR");
    if (reference == null) {
      reference = results.values().iterator().next();
    }
    var neighbors = neighborsOfFirst();
    for (PeerResult result : results.values()) {
      result.compareWith(reference);
      result.compareNeighbors(neighbors);
    }
  }

  private List<String> neighborsOfFirst() {
    int first = problem.keys().indexOf(problem.firstKey());
    var neighbors = new ArrayList<String>();
    for (int i = 0; i < problem.edges(); i++) {
      int source = problem.sources()[i];
      int target = problem.targets()[i];
      if (source != target && (source == first || target == first)) {
        neighbors.add(problem.keys().get(source == first ? target : source));
      }
    }
    return neighbors.stream().distinct().sorted().toList();
  }

  private String report() throws IOException {
    var table = new ResultTable(problem, settings, List.copyOf(results.values()));
    String markdown = table.markdown();
    Files.writeString(settings.output().resolve(problem.name() + ".md"), markdown);
    Files.writeString(settings.output().resolve(problem.name() + ".json"), table.json());
    return markdown;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(each);
      }
    }
  }
}
