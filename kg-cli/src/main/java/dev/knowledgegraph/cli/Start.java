package dev.knowledgegraph.cli;

/**
 * Where the process begins. {@code kg version} alone is answered before anything else is loaded.
 */
public final class Start {
  private Start() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("version")) {
      System.out.println(OtherCommands.Version.text());
    } else {
      Kg.main(args);
    }
  }
}
