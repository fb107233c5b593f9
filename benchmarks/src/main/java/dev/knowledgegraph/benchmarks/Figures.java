package dev.knowledgegraph.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the figures of the product and prints them as a table: all, or those named. Run it with
 * {@code mvn package -Pfigures -pl benchmarks,kg-cli -am -DskipTests}.
 */
public final class Figures {
  private static final String HEAD =
      "| work | ours | beside it | ratio | to reach | reached |\n|---|---|---|---|---|---|";

  private Figures() {}

  /** Names of figures; none for all. */
  public static void main(String[] names) throws Exception {
    var rows = new ArrayList<String>();
    for (Figure figure : all()) {
      if (names.length == 0 || names[0].isEmpty() || List.of(names).contains(figure.name())) {
        for (Figure.Row row : figure.measure()) {
          rows.add(row.markdown());
          System.err.println(row.markdown());
        }
      }
    }
    System.out.println(HEAD);
    rows.forEach(System.out::println);
  }

  private static List<Figure> all() {
    return List.of(
        new ImportFigure(),
        new PostgresImportFigure(),
        new StoresFigure(),
        new PoolFigure(),
        new PointReadFigure(),
        new CommandFigure(),
        new ColdOpenFigure(),
        new VersionFigure(),
        new TenfoldFigure(),
        new SimilarityFigure(),
        new RetrievalFigure("cranfield"),
        new RetrievalFigure("xquad-en"),
        new SearchFigure("cranfield"),
        new SearchFigure("xquad-en"),
        new SearchSpeedFigure(),
        new AutolinkFigure(),
        new LargeGraphFigure());
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  static Path directory(String name) throws IOException {
    return Files.createTempDirectory("kg-figure-" + name);
  }

  static long size(Path fileOrDirectory) throws IOException {
    try (Stream<Path> files = Files.walk(fileOrDirectory)) {
      long size = 0;
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        size += Files.size(file);
      }
      return size;
    }
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }

  static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
