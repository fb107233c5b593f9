package dev.knowledgegraph.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is in a file: a clear error or an import, soon, within little memory. */
class HostileInputTest {
  private static final Path KEPT = Path.of("target/hostile");
  private static final int COUNT = 2_000;

  @Test
  void two_thousand_hostile_inputs_end_in_an_import_or_a_clear_error() throws Exception {
    import_all(0, COUNT);
  }

  @Test
  @Tag("soak")
  void many_more_hostile_inputs_end_in_an_import_or_a_clear_error() throws Exception {
    import_all(System.currentTimeMillis(), 20 * COUNT);
  }

  /** The same for one: {@code -Dtest=HostileInputTest#one_seed_again -Dhostile.seed=17}. */
  @Test
  void one_seed_again() throws Exception {
    import_all(Long.getLong("hostile.seed", 0), 1);
  }

  private static void import_all(long seed, int count) throws IOException, InterruptedException {
    Files.createDirectories(KEPT);
    Path folder = Files.createTempDirectory(KEPT.toAbsolutePath(), "run-");
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                HostileRun.class.getName(),
                folder.toString(),
                Long.toString(seed),
                Integer.toString(count))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(2L * count + 60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("seeds from %d end", seed).isTrue();
    assertThat(process.exitValue())
        .as(
            "%s%nTo repeat: -Dtest=HostileInputTest#one_seed_again -Dhostile.seed=…",
            Files.readString(output))
        .isZero();
  }
}
