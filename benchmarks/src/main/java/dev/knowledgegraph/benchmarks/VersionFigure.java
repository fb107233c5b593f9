package dev.knowledgegraph.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Start-up: {@code kg version} beside a JVM that prints a line, both with class-data sharing. */
final class VersionFigure implements Figure {
  private static final int ROUNDS = 21;

  @Override
  public String name() {
    return "version";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path kg = launcher();
    var hello =
        new ArrayList<String>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Hello.class.getName()));
    var ours = new ArrayList<Double>();
    var floor = new ArrayList<Double>();
    for (int round = -2; round < ROUNDS; round++) {
      double time = time(List.of(kg.toString(), "version"));
      double least = time(hello);
      if (round >= 0) {
        ours.add(time);
        floor.add(least);
      }
    }
    return List.of(
        Row.atMost(
            2, "kg version", Figures.median(ours), "ms", Figures.median(floor), "hello world"));
  }

  /** The installation that the build makes: the launcher of the source tree looks for changes. */
  private static Path launcher() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path installed = at.resolve("kg-cli/target/kg/bin/kg");
      if (Files.isExecutable(installed)) {
        return installed;
      }
    }
    throw new IllegalStateException("kg is not built; expected kg-cli/target/kg above this folder");
  }

  private static double time(List<String> command) throws Exception {
    long start = System.nanoTime();
    Jvm.run(command);
    return Figures.millisSince(start);
  }

  /** The floor. */
  static final class Hello {
    private Hello() {}

    public static void main(String[] arguments) {
      System.out.println("hello");
    }
  }
}
