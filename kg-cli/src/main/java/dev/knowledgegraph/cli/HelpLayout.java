package dev.knowledgegraph.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Help as people read it: examples first, commands by what they are for, options last. */
final class HelpLayout {
  private static final Map<String, List<String>> GROUPS = groups();
  private static final List<String> SECTIONS =
      List.of(
          SECTION_KEY_SYNOPSIS_HEADING,
          SECTION_KEY_SYNOPSIS,
          SECTION_KEY_DESCRIPTION_HEADING,
          SECTION_KEY_DESCRIPTION,
          SECTION_KEY_FOOTER_HEADING,
          SECTION_KEY_FOOTER,
          SECTION_KEY_PARAMETER_LIST,
          SECTION_KEY_COMMAND_LIST_HEADING,
          SECTION_KEY_COMMAND_LIST,
          SECTION_KEY_OPTION_LIST_HEADING,
          SECTION_KEY_OPTION_LIST);

  private HelpLayout() {}

  private static Map<String, List<String>> groups() {
    var groups = new LinkedHashMap<String, List<String>>();
    groups.put("What there is", List.of("graph", "node", "edge", "category"));
    groups.put(
        "Asking",
        List.of(
            "search",
            "similar",
            "suggest",
            "neighbors",
            "path",
            "subgraph",
            "stats",
            "timeline",
            "diff",
            "history"));
    groups.put(
        "Seeing the whole",
        List.of("rank", "communities", "components", "chains", "impact", "link", "report"));
    groups.put("Moving data", List.of("import", "export", "copy", "batch"));
    groups.put(
        "Keeping it",
        List.of(
            "log",
            "fingerprint",
            "doctor",
            "reindex",
            "explain",
            "bench",
            "dlq",
            "migrate",
            "backup",
            "restore"));
    groups.put("About kg", List.of("demo", "version", "completion"));
    return groups;
  }

  /** Lays out the help of {@code kg} and of all its commands. */
  static void apply(CommandLine kg) {
    kg.setHelpSectionKeys(SECTIONS);
    kg.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    kg.getHelpSectionMap().put(SECTION_KEY_COMMAND_LIST, HelpLayout::commands);
    kg.getSubcommands().values().forEach(HelpLayout::applyBelow);
  }

  private static void applyBelow(CommandLine command) {
    command.setHelpSectionKeys(SECTIONS);
    var sections = command.getHelpSectionMap();
    sections.put(SECTION_KEY_SYNOPSIS_HEADING, help -> "");
    sections.put(SECTION_KEY_SYNOPSIS, HelpLayout::synopsis);
    sections.put(SECTION_KEY_DESCRIPTION_HEADING, help -> line(""));
    sections.put(SECTION_KEY_PARAMETER_LIST, help -> spaced(help.parameterList()));
    sections.put(SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
    sections.put(SECTION_KEY_COMMAND_LIST, help -> spaced(help.commandList()));
    sections.put(SECTION_KEY_OPTION_LIST, HelpLayout::options);
    command.getSubcommands().values().forEach(HelpLayout::applyBelow);
  }

  private static String synopsis(Help help) {
    var synopsis = new StringBuilder(help.commandSpec().qualifiedName()).append(" [OPTION…]");
    for (PositionalParamSpec word : help.commandSpec().positionalParameters()) {
      String label = word.paramLabel() + (word.arity().max() > 1 ? "…" : "");
      synopsis.append(word.arity().min() == 0 ? " [" + label + "]" : " " + label);
    }
    synopsis.append(help.commandSpec().subcommands().isEmpty() ? "" : " COMMAND …");
    return line(synopsis.toString());
  }

  /** The commands of {@code kg}, by what they are for. */
  private static String commands(Help help) {
    var text = new StringBuilder();
    GROUPS.forEach(
        (title, names) -> {
          text.append(line("")).append(line(title));
          for (String name : names) {
            Help command = help.allSubcommands().get(name);
            if (command != null) {
              String[] about = command.commandSpec().usageMessage().description();
              text.append(
                  line(String.format("  %-12s %s", name, about.length > 0 ? about[0] : "")));
            }
          }
        });
    return text.toString();
  }

  /** Only what no other command has, for that is what somebody looks for. */
  private static String options(Help help) {
    List<OptionSpec> own =
        help.commandSpec().options().stream().filter(option -> !option.inherited()).toList();
    return spaced(own.isEmpty() ? "" : help.optionListExcludingGroups(own))
        + line("")
        + line("Every command has --store, --graph, --format, --at and others: see kg --help.");
  }

  private static String spaced(String text) {
    return text.isEmpty() ? "" : line("") + text;
  }

  private static String line(String text) {
    return text + System.lineSeparator();
  }
}
