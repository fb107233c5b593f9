package dev.knowledgegraph.cli;

/**
 * Runs a few commands of every kind in one JVM, for the launcher: it makes the class-data archive
 * of what they load, so that later commands start faster.
 */
final class Training {
  private Training() {}

  /** Runs all of them, whatever becomes of one. */
  public static void main(String[] args) {
    Kg.run("version");
    Kg.run("--help");
  }
}
