package dev.knowledgegraph.benchmarks.peers;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.knowledgegraph.peers.Problem;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The shape of WordNet: its synsets, and each relation of a type between two of them once. */
final class WordNet {
  private static final String DOG = "n02084071";

  private record Edge(int source, int target, int type) {}

  private WordNet() {}

  static Problem problem(Path nodes, Path edges) throws IOException {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    try (var rows = csv(nodes)) {
      rows.stream().skip(1).forEach(row -> numbers.put(row.getField(0), numbers.size()));
    }
    Map<String, Integer> types = new LinkedHashMap<>();
    var different = new LinkedHashSet<Edge>();
    try (var rows = csv(edges)) {
      rows.stream()
          .skip(1)
          .forEach(
              row ->
                  different.add(
                      new Edge(
                          Objects.requireNonNull(numbers.get(row.getField(0))),
                          Objects.requireNonNull(numbers.get(row.getField(1))),
                          types.computeIfAbsent(row.getField(2), type -> types.size()))));
    }
    List<Edge> list = List.copyOf(different);
    byte[] typeOf = new byte[list.size()];
    for (int i = 0; i < typeOf.length; i++) {
      typeOf[i] = (byte) list.get(i).type();
    }
    return Problem.about(
        "wordnet",
        List.copyOf(numbers.keySet()),
        list.stream().mapToInt(Edge::source).toArray(),
        list.stream().mapToInt(Edge::target).toArray(),
        typeOf,
        new ArrayList<>(types.keySet()),
        DOG);
  }

  private static CsvReader<CsvRecord> csv(Path file) throws IOException {
    return CsvReader.builder()
        .ofCsvRecord(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8));
  }
}
