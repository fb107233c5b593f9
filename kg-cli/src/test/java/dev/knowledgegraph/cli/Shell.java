package dev.knowledgegraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code kg} on a store, within this process. */
record Shell(String store, Map<String, String> environment) {
  Shell(Path store) {
    this(store, Map.of());
  }

  Shell(Path store, Map<String, String> environment) {
    this(store.toString(), environment);
  }

  record Result(int exitCode, String out, String err) {}

  Result kg(String... words) {
    return run("", words);
  }

  Result run(String input, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var arguments = new ArrayList<>(List.of("--store", store));
    arguments.addAll(List.of(words));
    int exitCode =
        Kg.run(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            environment,
            arguments.toArray(String[]::new));
    return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
