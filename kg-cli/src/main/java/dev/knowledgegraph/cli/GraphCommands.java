package dev.knowledgegraph.cli;

import dev.knowledgegraph.command.SettingsCommand;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.Visibility;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kg graph …}. */
@Command(name = "graph", description = "The graphs of a store.")
final class GraphCommands {
  private final Context context;

  GraphCommands(Context context) {
    this.context = context;
  }

  @Command(description = "Make a graph.")
  void create(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--description", defaultValue = "") String description,
      @Option(names = "--visibility", description = "private or public-read")
          @Nullable String visibility,
      @Option(names = "--policy", description = "open, notebook or strict") @Nullable String policy,
      @Option(
              names = "--auto-link",
              paramLabel = "METHOD",
              description = "link new nodes by themselves: off, similarity, mention or all")
          @Nullable String autoLink) {
    GraphData data = GraphData.named(name).withDescription(description);
    if (visibility != null) {
      data = data.withVisibility(Visibility.parse(visibility));
    }
    if (policy != null) {
      data = data.withPolicy(Policy.preset(policy));
    }
    if (autoLink != null) {
      data = data.withAutoLink(AutoLink.parse(autoLink));
    }
    GraphData wanted = data;
    context.session(
        false,
        session -> {
          Graph graph = session.create(wanted).graph();
          context.output().one(Views.graph(graph), "made graph " + graph.name());
        });
  }

  @Command(description = "Your graphs.")
  void list() {
    context.session(
        true,
        session ->
            context
                .output()
                .many(
                    session.graphs().stream().map(Views::graph).toList(),
                    "name",
                    "description",
                    "visibility",
                    "default",
                    "id"));
  }

  @Command(description = "A graph's settings.")
  void get(@Parameters(paramLabel = "NAME", arity = "0..1") @Nullable String name) {
    choose(name);
    context.read(graph -> context.output().one(Views.graph(graph.graph())));
  }

  @Command(description = "Change a graph's settings.")
  void set(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--name") @Nullable String newName,
      @Option(names = "--description") @Nullable String description,
      @Option(names = "--visibility", description = "private or public-read")
          @Nullable String visibility,
      @Option(names = "--policy", description = "open, notebook or strict") @Nullable String policy,
      @Option(
              names = "--auto-link",
              paramLabel = "METHOD",
              description = "link new nodes by themselves: off, similarity, mention or all")
          @Nullable String autoLink) {
    context.session(
        false,
        session -> {
          var graph = context.find(session, name);
          if (description != null) {
            graph.send(new SettingsCommand.DescribeGraph(graph.id(), description)).orThrow();
          }
          if (visibility != null) {
            var wanted = Visibility.parse(visibility);
            graph.send(new SettingsCommand.SetVisibility(graph.id(), wanted)).orThrow();
          }
          if (policy != null) {
            var wanted = Policy.preset(policy);
            graph.send(new SettingsCommand.SetPolicy(graph.id(), wanted)).orThrow();
          }
          if (autoLink != null) {
            var wanted = AutoLink.parse(autoLink);
            graph.send(new SettingsCommand.SetAutoLink(graph.id(), wanted)).orThrow();
          }
          if (newName != null) {
            graph.send(new SettingsCommand.RenameGraph(graph.id(), newName)).orThrow();
          }
          Graph changed = graph.graph();
          context.output().one(Views.graph(changed), "changed graph " + changed.name());
        });
  }

  @Command(description = "End a graph and all it holds.")
  void rm(@Parameters(paramLabel = "NAME") String name) {
    context.session(
        false,
        session -> {
          var graph = context.find(session, name);
          graph.send(new SettingsCommand.RemoveGraph(graph.id())).orThrow();
          context
              .output()
              .one(Output.json().put("removed", graph.id().toString()), "removed graph " + name);
        });
  }

  @Command(description = "What a graph holds, in numbers.")
  void stats(@Parameters(paramLabel = "NAME", arity = "0..1") @Nullable String name) {
    choose(name);
    new AskCommands.Stats(context).run();
  }

  @Command(description = "Make a graph your default one.")
  void use(@Parameters(paramLabel = "NAME") String name) {
    context.session(
        false,
        session -> {
          var graph = context.find(session, name);
          graph.send(new SettingsCommand.MakeDefault(graph.id())).orThrow();
          context.output().one(Views.graph(graph.graph()), "now using graph " + name);
        });
  }

  private void choose(@Nullable String name) {
    if (name != null) {
      context.globals().graph = name;
    }
  }
}
