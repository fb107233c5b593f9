package dev.knowledgegraph.benchmarks.peers;

import dev.knowledgegraph.peers.BareCsr;
import dev.knowledgegraph.peers.CsrByUuid;
import dev.knowledgegraph.peers.Peer;
import dev.knowledgegraph.peers.PeerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who can be measured, and how its process is started.
 *
 * @param name by which it is asked for
 * @param module the folder of its adapter, which has a class path of its own; empty for this one
 * @param types its adapters
 * @param options what its JVM needs
 */
record Contestant(String name, String module, List<String> types, List<String> options) {
  /** Measured in turn in one process. */
  static final Contestant OURS = local("ours", List.of(Ours.class));

  static final Contestant CSR = local("csr", List.of(BareCsr.class, CsrByUuid.class));

  /** In the order of the table. */
  static final List<Contestant> ALL =
      List.of(
          OURS,
          CSR,
          local("sqlite", List.of(Sqlite.class)),
          remote("jgrapht", "JGraphT"),
          remote("tinkergraph", "TinkerGraphPeer"),
          remote(
              "arcadedb",
              "ArcadeDb",
              "--add-modules=jdk.incubator.vector",
              "--add-exports=java.management/sun.management=ALL-UNNAMED",
              "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
              "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
              "--add-opens=java.base/java.lang=ALL-UNNAMED"),
          remote(
              "neo4j",
              "Neo4j",
              "--add-modules=jdk.incubator.vector",
              "--add-opens=java.base/java.nio=ALL-UNNAMED",
              "--add-opens=java.base/java.io=ALL-UNNAMED",
              "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
              "--add-opens=java.base/java.lang=ALL-UNNAMED",
              "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED"),
          remote("jena", "JenaTdb2"));

  private static Contestant local(String name, List<Class<? extends Peer>> types) {
    return new Contestant(name, "", types.stream().map(Class::getName).toList(), List.of());
  }

  private static Contestant remote(String name, String type, String... options) {
    String adapter = "dev.knowledgegraph.peers." + name + "." + type;
    return new Contestant(name, name, List.of(adapter), List.of(options));
  }

  /** This and another in one process. */
  Contestant with(Contestant other) {
    var both = Stream.of(types, other.types).flatMap(List::stream).toList();
    return new Contestant(name + "-" + other.name, module, both, options);
  }

  /** What starts it. */
  List<String> command(Settings settings, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-Xmx" + settings.heap(),
            "--enable-native-access=ALL-UNNAMED",
            "-Drounds=" + settings.rounds(),
            "-Dbudget=" + settings.budget(),
            "-Dwarm=" + settings.warm()));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(settings), PeerProcess.class.getName()));
    command.addAll(arguments);
    return command;
  }

  private String classPath(Settings settings) throws IOException {
    if (module.isEmpty()) {
      return System.getProperty("java.class.path");
    }
    Path target = settings.adapters().resolve(module).resolve("target");
    return Stream.of(
            target.resolve("classes").toString(),
            Files.readString(target.resolve("classpath")).strip())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
