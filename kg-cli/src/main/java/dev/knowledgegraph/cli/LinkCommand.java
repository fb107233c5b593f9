package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.linking.Link;
import dev.knowledgegraph.linking.Link.Outcome;
import dev.knowledgegraph.linking.LinkListener;
import dev.knowledgegraph.linking.LinkReport;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.GraphQuery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kg link}. */
@Command(
    name = "link",
    description = {
      "Link nodes by what they say: those that are alike, and those whose names others mention.",
      "Running it again changes nothing; a link that was removed is not made again."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  kg link --dry-run",
      "  kg link --method similarity --min-score 0.4 \"Graph View\"",
    })
final class LinkCommand implements Callable<Integer> {
  /** More rows nobody reads; programs get all of them. */
  private static final int ROWS = 40;

  private static final int AT_ONCE = 1_000;

  private final Context context;

  @Parameters(paramLabel = "NODE", arity = "0..*", description = "only these; else all nodes")
  List<String> words = List.of();

  @Option(names = "--method", paramLabel = "METHOD", description = "similarity, mention or all")
  String method = "all";

  @Option(names = "--min-score", paramLabel = "SCORE", description = "least similarity; else 0.3")
  double minScore = LinkSettings.standard().minScore();

  @Option(
      names = "--max-per-node",
      paramLabel = "N",
      description = "most links of a method at a node; else 50")
  int maxPerNode = LinkSettings.standard().maxPerNode();

  @Option(
      names = "--min-confidence",
      paramLabel = "SHARE",
      description = "least confidence of a mention; else 0")
  double minConfidence = LinkSettings.standard().minConfidence();

  @Option(names = "--dry-run", description = "show what would be linked, change nothing")
  boolean dryRun;

  LinkCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (context.globals().at != null) {
      throw Failure.usage("the past cannot be linked; leave out --at");
    }
    var done = new ArrayList<LinkReport>(1);
    if (dryRun) {
      context.read(graph -> done.add(link(graph)));
    } else {
      context.change(graph -> done.add(link(graph)));
    }
    return done.getFirst().refused() > 0 ? ExitCode.IN_PART : ExitCode.DONE;
  }

  private LinkReport link(GraphView graph) {
    long began = System.nanoTime();
    var settings =
        LinkSettings.standard()
            .withMethods(methods())
            .withMinScore(minScore)
            .withMaxPerNode(maxPerNode)
            .withMinConfidence(minConfidence);
    Set<NodeId> nodes =
        References.nodes(graph, words).stream().map(Node::id).collect(Collectors.toSet());
    var linking = graph.linking().with(settings).at(nodes);
    var shown = new ArrayList<Link>();
    LinkReport report;
    context.interruption().promiseToLook();
    try (var bar = context.output().progressBar("linking")) {
      var listener = new Listener(shown, bar);
      report = dryRun ? linking.propose(listener) : linking.link(listener);
    }
    print(graph, shown, report, (System.nanoTime() - began) / 1_000_000);
    if (!report.complete()) {
      throw Failure.interrupted(
          "stopped after "
              + Views.many(report.nodes(), "node")
              + (dryRun
                  ? "; nothing was changed."
                  : "; all links made so far are saved. Run the same command again to go on."));
    }
    return report;
  }

  private Set<LinkMethod> methods() {
    if (method.equals("all")) {
      return EnumSet.allOf(LinkMethod.class);
    }
    for (LinkMethod each : LinkMethod.values()) {
      if (each.code().equals(method)) {
        return EnumSet.of(each);
      }
    }
    throw Failure.usage("--method is similarity, mention or all; found " + method);
  }

  /** Keeps what people want to see, and shows how far it is. */
  private final class Listener implements LinkListener {
    private final List<Link> shown;
    private final @Nullable ProgressBar bar;

    Listener(List<Link> shown, @Nullable ProgressBar bar) {
      this.shown = shown;
      this.bar = bar;
    }

    @Override
    public void decided(Link link) {
      if (link.outcome() instanceof Outcome.Linked || link.outcome() instanceof Outcome.Refused) {
        shown.add(link);
      }
    }

    @Override
    public boolean reached(long nodes, long total) {
      if (bar != null) {
        bar.show(nodes, total, Views.many(nodes, "node"), nodes);
      }
      return !context.interruption().isWanted();
    }
  }

  private void print(GraphView graph, List<Link> links, LinkReport report, long millis) {
    switch (context.output().format()) {
      case json -> {
        ObjectNode json = json(graph, report);
        var array = json.putArray("links");
        json(graph, links).forEach(array::add);
        context.output().one(json.put("durationMs", millis));
      }
      case jsonl, csv -> table(graph, links);
      case text -> {
        table(graph, links.subList(0, Math.min(ROWS, links.size())));
        int more = links.size() - ROWS;
        context
            .output()
            .note(
                (more > 0 ? "and " + Output.count(more) + " more; --format json shows all\n" : "")
                    + summary(report, millis));
      }
    }
  }

  private void table(GraphView graph, List<Link> links) {
    context.output().many(json(graph, links), "score", "from", "type", "to", "reason", "outcome");
  }

  private ObjectNode json(GraphView graph, LinkReport report) {
    return Output.json()
        .put("graph", graph.graph().name())
        .put("dryRun", dryRun)
        .put("nodes", report.nodes())
        .put("linked", report.linked())
        .put("present", report.present())
        .put("takenBack", report.takenBack())
        .put("full", report.full())
        .put("refused", report.refused())
        .put("ambiguousNames", report.ambiguousNames())
        .put("complete", report.complete());
  }

  private List<ObjectNode> json(GraphView graph, List<Link> links) {
    Map<NodeId, String> names = names(graph, links);
    return links.stream()
        .map(
            link -> {
              ObjectNode json =
                  Output.json()
                      .put("id", link.edge().toString())
                      .put("source", link.data().source().toString())
                      .put("target", link.data().target().toString())
                      .put("from", names.getOrDefault(link.data().source(), ""))
                      .put("to", names.getOrDefault(link.data().target(), ""))
                      .put("type", link.data().type().name())
                      .put("method", link.method().code())
                      .put("score", Math.round(link.score() * 1_000) / 1_000.0)
                      .put("reason", link.reason());
              for (String property : List.of("start", "length")) {
                link.data()
                    .properties()
                    .text(property)
                    .ifPresent(value -> json.put(property, Long.parseLong(value)));
              }
              return json.put("outcome", outcome(link.outcome()));
            })
        .toList();
  }

  private String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Linked o -> dryRun ? "would link" : "linked";
      case Outcome.Present o -> "present";
      case Outcome.TakenBack o -> "taken back";
      case Outcome.Full o -> "full";
      case Outcome.Refused o -> "refused: " + o.reason().message();
    };
  }

  private static Map<NodeId, String> names(GraphView graph, List<Link> links) {
    var ends = new TreeSet<NodeId>();
    for (Link link : links) {
      ends.add(link.data().source());
      ends.add(link.data().target());
    }
    var all = List.copyOf(ends);
    var names = new HashMap<NodeId, String>();
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      var part = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      graph
          .ask(new GraphQuery.FindNodes(graph.id(), part))
          .forEach(node -> names.put(node.id(), node.displayName()));
    }
    return names;
  }

  private String summary(LinkReport report, long millis) {
    var parts = new ArrayList<String>();
    parts.add(
        (dryRun ? "would link " : "linked ")
            + Output.count(report.linked())
            + ", looked at "
            + Views.many(report.nodes(), "node"));
    part(report.present(), "linked already", parts);
    part(report.takenBack(), "not made again after they were removed", parts);
    part(report.full(), "more than a node may have", parts);
    part(report.refused(), "refused by a rule of the graph", parts);
    part(report.ambiguousNames(), "names mean more than one node", parts);
    return String.join("; ", parts) + "; " + millis + " ms";
  }

  private static void part(long count, String what, List<String> parts) {
    if (count > 0) {
      parts.add(Output.count(count) + " " + what);
    }
  }
}
