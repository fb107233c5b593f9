package dev.knowledgegraph.cli;

import dev.knowledgegraph.command.EdgeCommand;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.GraphQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kg edge …}. */
@Command(name = "edge", description = "Edges: what joins two nodes.")
final class EdgeCommands {
  private final Context context;

  EdgeCommands(Context context) {
    this.context = context;
  }

  @Command(
      description = "Join two nodes.",
      footerHeading = "%nExamples%n",
      footer = {
        "  kg edge add \"Ada Lovelace\" KNOWS \"Charles Babbage\"",
        "  kg edge add ada WROTE notes --weight 0.8 --property year=1843",
      })
  void add(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "TYPE") String type,
      @Parameters(paramLabel = "TARGET") String target,
      @Option(names = "--weight", defaultValue = "1") double weight,
      @Option(names = "--label", defaultValue = "") String label,
      @Option(names = "--undirected") boolean undirected,
      @Option(names = "--discriminator", description = "tells parallel edges apart")
          @Nullable String discriminator,
      @Option(
              names = {"-p", "--property"},
              paramLabel = "NAME=VALUE")
          @Nullable List<String> properties) {
    context.write(
        graph -> {
          NodeId from = References.node(graph, source).id();
          NodeId to = References.node(graph, target).id();
          EdgeType.Input input = EdgeType.parse(type);
          EdgeData data =
              input.turned()
                  ? EdgeData.edge(to, input.type(), from)
                  : EdgeData.edge(from, input.type(), to);
          data =
              data.withWeight(weight)
                  .withLabel(label)
                  .withDirected(!undirected)
                  .withProperties(Values.properties(Properties.none(), properties));
          if (discriminator != null) {
            data = data.withDiscriminator(Discriminator.of(discriminator));
          }
          Edge edge = graph.find(graph.link(data)).orElseThrow();
          context
              .output()
              .one(Views.edge(graph, edge), "added " + source + " ─" + type + "→ " + target);
        });
  }

  @Command(description = "Show one edge.")
  void get(@Parameters(paramLabel = "EDGE") String edge) {
    context.read(graph -> context.output().one(Views.edge(graph, References.edge(graph, edge))));
  }

  @Command(description = "List edges.")
  void list(
      @Option(names = "--node", paramLabel = "NODE", description = "with this end")
          @Nullable String node,
      @Option(
              names = "--direction",
              defaultValue = "both",
              description = "of --node: outgoing, incoming or both")
          String direction,
      @Option(names = "--type", paramLabel = "TYPE") @Nullable List<String> types,
      @Option(names = "--limit", defaultValue = "20") int limit,
      @Option(names = "--all") boolean all) {
    context.read(
        graph -> {
          EdgeFilter filter =
              new EdgeFilter(
                  node == null ? null : References.node(graph, node).id(),
                  Direction.parse(direction),
                  List.copyOf(Values.types(types)));
          List<Edge> edges =
              References.pages(
                  all ? Integer.MAX_VALUE : limit,
                  null,
                  page -> graph.ask(new GraphQuery.ListEdges(graph.id(), filter, page)));
          context.output().many(Views.named(graph, edges), "from", "type", "to", "weight", "id");
        });
  }

  @Command(description = "Change an edge.")
  void set(
      @Parameters(paramLabel = "EDGE") String word,
      @Option(names = "--weight") @Nullable Double weight,
      @Option(names = "--type") @Nullable String type,
      @Option(names = "--label") @Nullable String label,
      @Option(
              names = {"-p", "--property"},
              paramLabel = "NAME=VALUE")
          @Nullable List<String> properties,
      @Option(names = "--no-property", paramLabel = "NAME") @Nullable List<String> without) {
    context.write(
        graph -> {
          Edge edge = References.edge(graph, word);
          var commands = new ArrayList<GraphCommand>();
          if (weight != null) {
            commands.add(new EdgeCommand.Reweight(graph.id(), edge.id(), weight));
          }
          if (type != null) {
            commands.add(new EdgeCommand.Retype(graph.id(), edge.id(), EdgeType.of(type)));
          }
          if (label != null || properties != null || without != null) {
            Properties wanted = Values.properties(edge.properties(), properties);
            for (String name : Values.orEmpty(without)) {
              wanted = wanted.without(name);
            }
            commands.add(
                new EdgeCommand.ChangeEdge(
                    graph.id(),
                    edge.id(),
                    wanted,
                    label == null ? edge.data().label() : label,
                    edge.directed()));
          }
          Batches.send(graph, commands);
          Edge changed = graph.find(edge.id()).orElseThrow();
          context.output().one(Views.edge(graph, changed), "changed edge " + edge.id());
        });
  }

  @Command(description = "End edges.")
  void rm(@Parameters(paramLabel = "EDGE", arity = "1..*") List<String> words) {
    context.write(
        graph -> {
          var commands = new ArrayList<GraphCommand>();
          for (String word : words) {
            commands.add(new EdgeCommand.RemoveEdge(graph.id(), References.edge(graph, word).id()));
          }
          Batches.send(graph, commands);
          context
              .output()
              .one(
                  Output.json().put("removed", commands.size()),
                  "removed " + Views.many(commands.size(), "edge"));
        });
  }
}
