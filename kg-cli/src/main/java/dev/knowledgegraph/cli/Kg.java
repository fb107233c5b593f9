package dev.knowledgegraph.cli;

/** The {@code kg} command. */
public final class Kg {
  private Kg() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    int exitCode = run(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Runs one command and answers its exit code. */
  static int run(String... args) {
    System.out.println("kg 0.1.0-SNAPSHOT");
    return 0;
  }
}
