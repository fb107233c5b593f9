package dev.knowledgegraph.internal.analytics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Published graphs; a test that wants one is left out where the data are not there. */
enum RealGraph {
  MISERABLES("graphs/json/miserables.json", "\"source\":(\\d+),\"target\":(\\d+),\"value\":(\\d+)"),
  COAUTHORS("graphs/edgelist/ca-GrQc-edges.csv.gz", "^(\\d+),(\\d+)$"),
  GRATEFUL_DEAD(
      "graphs/graphml/grateful-dead.xml", "<edge id=\"\\d+\" source=\"(\\d+)\" target=\"(\\d+)\""),
  ARCTIC("graphs/gexf/arctic.gexf", "<edge id=\"\\d+\" source=\"(\\d+)\" target=\"(\\d+)\""),
  WORDNET("wordnet/edges.csv.gz", "^([a-z]\\d+),([a-z]\\d+),");

  private final String file;
  private final Pattern edge;

  RealGraph(String file, String edge) {
    this.file = file;
    this.edge = Pattern.compile(edge);
  }

  /**
   * Reads the nodes that have edges, numbered as they come, and the edges. In the list of coauthors
   * each edge stands both ways; one is left.
   */
  SampleGraph read() {
    Path data = Path.of(System.getProperty("data", "../../shared/data"));
    Path path = data.resolve(file);
    assumeTrue(Files.exists(path), () -> "there is no " + file + " in " + data + "; try -Ddata=");
    try (var lines = open(path)) {
      return parse(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader open(Path path) throws IOException {
    InputStream stream = Files.newInputStream(path);
    InputStream plain = path.toString().endsWith(".gz") ? new GZIPInputStream(stream) : stream;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
  }

  private SampleGraph parse(BufferedReader lines) throws IOException {
    Map<String, Integer> numbers = new HashMap<>();
    List<Integer> sources = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = edge.matcher(line);
      while (found.find()) {
        int source = number(numbers, found.group(1));
        int target = number(numbers, found.group(2));
        if (this != COAUTHORS || source <= target) {
          sources.add(source);
          targets.add(target);
        }
        if (found.groupCount() == 3) {
          weights.add(Double.valueOf(found.group(3)));
        }
      }
    }
    return new SampleGraph(
        numbers.size(),
        sources.stream().mapToInt(Integer::intValue).toArray(),
        targets.stream().mapToInt(Integer::intValue).toArray(),
        weights.isEmpty() ? null : weights.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static int number(Map<String, Integer> numbers, String name) {
    Integer next = numbers.size();
    Integer known = numbers.putIfAbsent(name, next);
    return known == null ? next : known;
  }
}
