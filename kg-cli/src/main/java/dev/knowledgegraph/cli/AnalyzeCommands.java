package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.json.AnalysisShapes;
import dev.knowledgegraph.json.Shapes;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.Analysis;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that look at a graph as a whole. */
final class AnalyzeCommands {
  private AnalyzeCommands() {}

  private static String short3(double number) {
    return String.format(Locale.ROOT, number == Math.rint(number) ? "%.0f" : "%.4f", number);
  }

  /** {@code kg rank}. */
  @Command(
      name = "rank",
      description = {
        "The nodes that matter most.",
        "By degree, in-degree, out-degree, pagerank, betweenness, closeness, harmonic, core,"
            + " triangles or clustering."
      },
      footerHeading = "%nExamples%n",
      footer = {"  kg rank", "  kg rank --by betweenness --limit 5 --at 2026-05-01"})
  static final class Rank implements Runnable {
    private final Context context;

    @Option(names = "--by", paramLabel = "METRIC", description = "else pagerank")
    String by = "pagerank";

    @Option(names = "--limit", paramLabel = "N")
    int limit = 10;

    Rank(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      Metric metric = metric();
      context.analyze(
          "ranking",
          graph -> {
            var found = graph.ask(new GraphQuery.RankNodes(graph.id(), metric, limit));
            context
                .output()
                .whole(
                    () -> AnalysisShapes.ranking(found),
                    found.nodes().stream().map(Rank::row).toList(),
                    "score",
                    "node.title",
                    "node.key",
                    "node.labels",
                    "node.id");
          });
    }

    private Metric metric() {
      try {
        return Metric.parse(by);
      } catch (IllegalArgumentException e) {
        throw Failure.usage(String.valueOf(e.getMessage()));
      }
    }

    private static ObjectNode row(Analysis.RankedNode ranked) {
      ObjectNode row = Output.json().put("score", short3(ranked.score()));
      row.set("node", Shapes.node(ranked.node()));
      return row;
    }
  }

  /** {@code kg communities}. */
  @Command(
      name = "communities",
      description = "Groups of nodes that are linked more densely with each other than outside.",
      footerHeading = "%nExamples%n",
      footer = {
        "  kg communities",
        "  kg communities --resolution 2 --limit 5      smaller ones",
        "  kg communities --format json                 with all members"
      })
  static final class Communities implements Runnable {
    private final Context context;

    @Option(
        names = "--resolution",
        paramLabel = "R",
        description = "the higher, the smaller; else 1")
    double resolution = 1;

    @Option(names = "--seed", paramLabel = "N", description = "what chance follows from; else 0")
    long seed;

    @Option(names = "--limit", paramLabel = "N", description = "of those shown; else 20")
    int limit = 20;

    Communities(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.analyze(
          "grouping",
          graph -> {
            var found = graph.ask(new GraphQuery.FindCommunities(graph.id(), resolution, seed));
            context
                .output()
                .whole(
                    () -> AnalysisShapes.communities(found),
                    found.communities().stream().limit(limit).map(Communities::row).toList(),
                    "id",
                    "size",
                    "cohesion",
                    "name",
                    "central");
            context
                .output()
                .note(
                    Views.many(found.communities().size(), "community", "communities")
                        + ", modularity "
                        + short3(found.modularity())
                        + (found.communities().size() > limit ? ", not all shown" : ""));
          });
    }

    private static ObjectNode row(Analysis.Community community) {
      return Output.json()
          .put("id", community.id())
          .put("size", community.size())
          .put("cohesion", String.format(Locale.ROOT, "%.2f", community.cohesion()))
          .put("name", community.name())
          .put("central", community.central().displayName());
    }
  }

  /** {@code kg components}. */
  @Command(
      name = "components",
      description = "The parts of a graph that nothing connects.",
      footerHeading = "%nExamples%n",
      footer = {"  kg components", "  kg components --strong      there and back along directions"})
  static final class Components implements Runnable {
    private final Context context;

    @Option(names = "--strong", description = "connected there and back, along the directions")
    boolean strong;

    @Option(names = "--limit", paramLabel = "N", description = "of those shown; else 20")
    int limit = 20;

    Components(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.read(
          graph -> {
            var found = graph.ask(new GraphQuery.FindComponents(graph.id(), strong));
            var shown = found.stream().limit(limit).toList();
            var first = shown.stream().map(component -> component.members().getFirst()).toList();
            var nodes = graph.ask(new GraphQuery.FindNodes(graph.id(), first));
            var rows = new ArrayList<ObjectNode>();
            for (int i = 0; i < shown.size(); i++) {
              rows.add(
                  Output.json()
                      .put("size", shown.get(i).members().size())
                      .put("with", nodes.get(i).displayName()));
            }
            context.output().whole(() -> json(found), rows, "size", "with");
            context
                .output()
                .note(
                    Views.many(found.size(), "component")
                        + (found.size() > limit ? ", not all shown" : ""));
          });
    }

    private static ObjectNode json(List<Analysis.Component> components) {
      ObjectNode json = Output.json().put("count", components.size());
      var array = json.putArray("components");
      components.forEach(component -> array.add(AnalysisShapes.component(component)));
      return json;
    }
  }

  /** {@code kg chains}. */
  @Command(
      name = "chains",
      description = "Where heavy edges lead from a node, across most communities first.",
      footerHeading = "%nExamples%n",
      footer = {"  kg chains \"Graph View\"", "  kg chains \"Graph View\" --depth 4 --limit 3"})
  static final class Chains implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "NODE")
    String word = "";

    @Option(names = "--depth", paramLabel = "N", description = "1 to 10 hops; else 5")
    int depth = 5;

    @Option(names = "--limit", paramLabel = "N")
    int limit = 10;

    Chains(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.analyze(
          "following",
          graph -> {
            Node node = References.node(graph, word);
            var found = graph.ask(new GraphQuery.FindChains(graph.id(), node.id(), depth, limit));
            context
                .output()
                .whole(
                    () -> AnalysisShapes.chains(found),
                    found.chains().stream().map(Chains::row).toList(),
                    "crossed",
                    "weight",
                    "chain");
            if (found.cut()) {
              context.output().note("there are more than could be looked at");
            }
          });
    }

    private static ObjectNode row(Analysis.Chain chain) {
      return Output.json()
          .put("crossed", chain.crossed())
          .put("weight", short3(chain.weight()))
          .put(
              "chain",
              chain.nodes().stream().map(Node::displayName).collect(Collectors.joining(" → ")));
    }
  }

  /** {@code kg impact}. */
  @Command(
      name = "impact",
      description = "What would break if a node were removed.",
      footerHeading = "%nExamples%n",
      footer = {"  kg impact \"Graph View\"", "  kg impact ada --limit 5 --format json"})
  static final class Impact implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "NODE")
    String word = "";

    @Option(names = "--limit", paramLabel = "N")
    int limit = 20;

    Impact(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.analyze(
          "weighing",
          graph -> {
            Node node = References.node(graph, word);
            var found = graph.ask(new GraphQuery.AssessImpact(graph.id(), node.id(), limit));
            context
                .output()
                .whole(
                    () -> AnalysisShapes.impact(found),
                    found.affected().stream().map(Impact::row).toList(),
                    "tier",
                    "lost",
                    "hops",
                    "node.title",
                    "node.key",
                    "node.id");
            context
                .output()
                .note(
                    "risk "
                        + found.risk()
                        + ", "
                        + Views.many(found.total(), "node")
                        + " affected"
                        + (found.communities().isEmpty()
                            ? ""
                            : " in " + String.join(", ", found.communities())));
          });
    }

    private static ObjectNode row(Analysis.Affected affected) {
      ObjectNode row =
          Output.json()
              .put("tier", affected.tier().name() + (affected.cutOff() ? ", cut off" : ""))
              .put("lost", String.format(Locale.ROOT, "%.0f %%", 100 * affected.lost()))
              .put("hops", affected.distance());
      row.set("node", Shapes.node(affected.node()));
      return row;
    }
  }
}
