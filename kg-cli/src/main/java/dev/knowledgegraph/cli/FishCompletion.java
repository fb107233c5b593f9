package dev.knowledgegraph.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What fish has to know to complete the words of {@code kg}: commands, options, what they do. */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder();

  private FishCompletion() {}

  static String of(CommandSpec kg) {
    var completion = new FishCompletion();
    completion.names(kg, "__fish_use_subcommand");
    for (OptionSpec option : kg.options()) {
      completion.option(option, "");
    }
    for (CommandLine command : kg.subcommands().values()) {
      completion.command(kg, command.getCommandSpec());
    }
    return completion.script.toString();
  }

  private void command(CommandSpec kg, CommandSpec command) {
    String below = String.join(" ", command.subcommands().keySet());
    String within = "__fish_seen_subcommand_from " + command.name();
    names(command, within + "; and not __fish_seen_subcommand_from " + below);
    Set<OptionSpec> own = new LinkedHashSet<>(command.options());
    for (CommandLine each : command.subcommands().values()) {
      own.addAll(each.getCommandSpec().options());
    }
    for (OptionSpec option : own) {
      if (!kg.optionsMap().containsKey(option.longestName())) {
        option(option, within);
      }
    }
  }

  private void names(CommandSpec parent, String condition) {
    parent
        .subcommands()
        .forEach(
            (name, command) ->
                line(
                    condition,
                    "-f -a " + name,
                    command.getCommandSpec().usageMessage().description()));
  }

  private void option(OptionSpec option, String condition) {
    var words = new StringBuilder();
    for (String name : option.names()) {
      words.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    words.append(option.arity().max() > 0 ? " -r" : "");
    line(condition, words.toString().strip(), option.description());
  }

  private void line(String condition, String words, String[] description) {
    script.append("complete -c kg");
    if (!condition.isEmpty()) {
      script.append(" -n ").append(quoted(condition));
    }
    script.append(' ').append(words);
    if (description.length > 0) {
      script.append(" -d ").append(quoted(description[0]));
    }
    script.append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
