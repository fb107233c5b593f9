package dev.knowledgegraph.cli.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knowledgegraph.cli.Kg;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A Java process that a test starts, listens to and kills. */
final class Child implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final Lines out;
  private final Lines err;

  private Child(Process process) {
    this.process = process;
    this.out = new Lines(process.getInputStream());
    this.err = new Lines(process.getErrorStream());
  }

  /** What became of a process that ended. */
  record Result(int exitCode, String out, String err) {}

  /** Starts {@code kg}. */
  static Child kg(Path store, String... words) {
    return kg(List.of(), store, words);
  }

  /** Starts {@code kg} with options of the JVM. */
  static Child kg(List<String> options, Path store, String... words) {
    var arguments = new ArrayList<>(List.of("--store", store.toString()));
    arguments.addAll(List.of(words));
    return java(List.of(), options, Kg.class, arguments);
  }

  /** Runs {@code kg} to its end. */
  static Result run(Path store, String... words) {
    try (Child child = kg(store, words)) {
      return child.await();
    }
  }

  /**
   * Starts a program.
   *
   * @param before a command that starts the one that follows it, such as {@code setpriv}
   */
  static Child java(
      List<String> before, List<String> options, Class<?> program, List<String> arguments) {
    var command = new ArrayList<String>();
    if (ignoresInterrupts()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    try {
      return new Child(new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this process was started in the background: its children would be deaf to Ctrl-C. */
  private static boolean ignoresInterrupts() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    } catch (IOException e) {
      return false; // Not Linux.
    }
  }

  Lines out() {
    return out;
  }

  Lines err() {
    return err;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Writer input() {
    return process.outputWriter(UTF_8);
  }

  /** {@code kill -9}; answers whether the process was still there to be killed. */
  boolean kill() {
    // Not by the process itself: it would close the streams, and what they still hold were lost.
    process.toHandle().destroyForcibly();
    return await().exitCode() == 128 + 9;
  }

  /** A polite signal, such as {@code INT} for Ctrl-C. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).inheritIO().start().waitFor();
  }

  Result await() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the process does not end; it said: " + err.text());
      }
      out.awaitEnd();
      err.awaitEnd();
      return new Result(process.exitValue(), out.text(), err.text());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** What a process has said so far: it is kept here, outside of what is being tested. */
  static final class Lines {
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    Lines(InputStream stream) {
      Thread.ofVirtual().start(() -> collect(stream));
    }

    /** Whole lines only: what a killed process began to say is not said. */
    private void collect(InputStream stream) {
      var line = new StringBuilder();
      try (var reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
        for (int c = reader.read(); c >= 0; c = reader.read()) {
          if (c == '\n') {
            add(line.toString());
            line.setLength(0);
          } else {
            line.append((char) c);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        end();
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    synchronized List<String> soFar() {
      return List.copyOf(lines);
    }

    String text() {
      return String.join("\n", soFar());
    }

    /** Waits for a line; answers whether one came before the end. */
    synchronized boolean await(Predicate<String> wanted) {
      int seen = 0;
      while (true) {
        while (seen < lines.size()) {
          if (wanted.test(lines.get(seen++))) {
            return true;
          }
        }
        if (ended) {
          return false;
        }
        awaitMore(seen);
      }
    }

    synchronized void awaitEnd() {
      while (!ended) {
        awaitMore(lines.size());
      }
    }

    private synchronized void awaitMore(int seen) {
      try {
        while (lines.size() == seen && !ended) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
