package dev.knowledgegraph.benchmarks.peers;

import java.nio.file.Path;
import java.util.List;

/**
 * What to measure, and for how long.
 *
 * @param peers names of those to measure
 * @param graph {@code wordnet} or {@code power-law}
 * @param nodes of the power-law graph
 * @param edges of the power-law graph
 * @param heap of each process, as the JVM reads it
 * @param rounds how often each workload is timed
 * @param budget how many seconds a round may take; who is slow is asked fewer of the questions
 * @param warm how many seconds each workload is warmed up
 * @param loads how often the graph is loaded, each time in a fresh process
 * @param opens how often a store is opened in a fresh process
 * @param minutes after which a process is given up
 * @param adapters the folder with the modules of the peers
 * @param output the folder for results and logs
 */
record Settings(
    List<String> peers,
    String graph,
    int nodes,
    int edges,
    String heap,
    int rounds,
    int budget,
    int warm,
    int loads,
    int opens,
    int minutes,
    Path adapters,
    Path output) {
  private static final String POWER_LAW = "power-law";

  /** As the system properties say. */
  static Settings read() {
    String graph = text("graph", "wordnet");
    int nodes = number("nodes", 1_000_000);
    String peers = text("peers", "");
    return new Settings(
        peers.isEmpty()
            ? Contestant.ALL.stream().map(Contestant::name).toList()
            : List.of(peers.split(",")),
        graph,
        nodes,
        number("edges", 10 * nodes),
        text("heap", "12g"),
        number("rounds", 5),
        number("budget", 10),
        number("warm", 5),
        number("loads", graph.equals(POWER_LAW) ? 1 : 3),
        number("opens", 7),
        number("minutes", 60),
        Path.of(text("peers.adapters", "benchmarks/peers")),
        Path.of(text("peers.output", "benchmarks/peers/run/target/peers")));
  }

  boolean isPowerLaw() {
    return graph.equals(POWER_LAW);
  }

  private static String text(String property, String otherwise) {
    String given = System.getProperty(property, "");
    return given.isEmpty() ? otherwise : given;
  }

  private static int number(String property, int otherwise) {
    return Integer.parseInt(text(property, Integer.toString(otherwise)));
  }
}
