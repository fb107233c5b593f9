package dev.knowledgegraph.peers;

import java.nio.file.Path;

/**
 * Something that holds a graph and answers questions about it. Nodes are named by their place in
 * {@link Problem#keys}; a peer keeps what it calls them itself, so that no time goes into names.
 * For one thread.
 */
public interface Peer extends AutoCloseable {
  /** As a row of the table. */
  String name();

  String version();

  /** What is safe when a commit has returned. */
  String durability();

  /** In which of its ways it is asked. */
  String how();

  /** Writes down what it loads from, if that is files. Not timed. */
  default void prepare(Problem problem, Path directory) throws Exception {}

  /** Takes the graph in, into an empty directory if it stores it. */
  void load(Problem problem, Path directory) throws Exception;

  /** Makes what questions need: views, statements, its own names of the nodes. */
  default void ready(Problem problem) throws Exception {}

  /** How many other nodes there are within some hops, along edges of both directions. */
  int within(int node, int hops) throws Exception;

  /** How many hops two nodes are apart, at most {@link Problem#MOST_HOPS}; or -1. */
  int distance(int source, int target) throws Exception;

  /** How many bytes the arrays or objects take that hops go along, if it knows; or -1. */
  default long viewBytes() {
    return -1;
  }

  @Override
  void close() throws Exception;
}
