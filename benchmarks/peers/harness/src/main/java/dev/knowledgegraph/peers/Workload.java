package dev.knowledgegraph.peers;

/** A kind of question. */
public enum Workload {
  /** How many nodes there are one hop away. */
  HOP_1("1 hop"),
  /** How many nodes there are within two hops. */
  HOP_2("2 hops"),
  /** How many nodes there are within three hops. */
  HOP_3("3 hops"),
  /** How long a shortest path is. */
  PATH("path");

  private final String title;

  Workload(String title) {
    this.title = title;
  }

  /** As it is called in tables. */
  public String title() {
    return title;
  }

  /** Asks a peer one question of a problem. */
  public int ask(Peer peer, Problem problem, int question) throws Exception {
    return switch (this) {
      case HOP_1 -> peer.within(problem.starts()[question], 1);
      case HOP_2 -> peer.within(problem.starts()[question], 2);
      case HOP_3 -> peer.within(problem.starts()[question], 3);
      case PATH -> peer.distance(problem.pairs()[2 * question], problem.pairs()[2 * question + 1]);
    };
  }
}
