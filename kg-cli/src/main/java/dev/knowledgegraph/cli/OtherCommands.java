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
      String version = Kg.class.getPackage().getImplementationVersion();
      String known = version == null ? "0.1.0-SNAPSHOT" : version;
      String java = Runtime.version().toString();
      context
          .output()
          .one(
              Output.json().put("version", known).put("java", java),
              "kg " + known + " (Java " + java + ")");
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
