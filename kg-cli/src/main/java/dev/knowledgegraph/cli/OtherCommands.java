package dev.knowledgegraph.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands about {@code kg} itself. */
final class OtherCommands {
  private OtherCommands() {}

  /** {@code kg version}. */
  @Command(name = "version", description = "Which kg this is.")
  static final class Version implements Runnable {
    private final Context context;

    Version(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.output().one(Output.json().put("version", number()).put("java", java()), text());
    }

    static String text() {
      return "kg " + number() + " (Java " + java() + ")";
    }

    private static String number() {
      String known = Version.class.getPackage().getImplementationVersion();
      return known == null ? "0.1.0-SNAPSHOT" : known;
    }

    private static String java() {
      return Runtime.version().toString();
    }
  }

  /** {@code kg completion}. */
  @Command(
      name = "completion",
      description = "A script that lets a shell complete the words of kg.",
      footerHeading = "%nExamples%n",
      footer = {"  source <(kg completion bash)", "  kg completion fish | source"})
  static final class Completion implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "SHELL", arity = "0..1", description = "bash, zsh or fish")
    String shell = "bash";

    Completion(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      CommandLine all = Kg.commandLine(context);
      String script =
          switch (shell) {
            case "bash", "zsh" -> AutoComplete.bash("kg", all);
            case "fish" -> FishCompletion.of(all.getCommandSpec());
            default -> throw Failure.usage("there is bash, zsh or fish; found " + shell);
          };
      context.output().stream().print(script);
    }
  }
}
