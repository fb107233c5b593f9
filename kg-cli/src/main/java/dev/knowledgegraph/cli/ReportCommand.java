package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.io.HtmlFormat;
import dev.knowledgegraph.io.MarkdownFormat;
import dev.knowledgegraph.json.AnalysisShapes;
import dev.knowledgegraph.json.Shapes;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.Analysis.Communities;
import dev.knowledgegraph.query.Analysis.Community;
import dev.knowledgegraph.query.Analysis.NotableEdge;
import dev.knowledgegraph.query.Analysis.RankedNode;
import dev.knowledgegraph.query.Analysis.Report;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Views.Statistics;
import dev.knowledgegraph.query.Views.TimelineBucket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kg report}. */
@Command(
    name = "report",
    description = "What a person would want to know of a graph, also as a page to look at.",
    footerHeading = "%nExamples%n",
    footer = {
      "  kg report",
      "  kg report --html graph.html      one page with the graph drawn, needs no network",
      "  kg report --limit 3 --at 2026-05-01"
    })
final class ReportCommand implements Runnable {
  /** Where what is said begins, after its heading. */
  private static final int INDENT = 13;

  private static final int ON_A_PAGE = 10;
  private static final int LONGEST_NAME = 48;
  private static final int LONGEST_LIMIT = 1_000;

  private final Context context;

  @Option(names = "--limit", paramLabel = "N", description = "of each kind; else 5")
  int limit = 5;

  @Option(names = "--html", paramLabel = "FILE", description = "write a page to look at as well")
  @Nullable Path html;

  ReportCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    if (limit < 1 || limit > LONGEST_LIMIT) {
      throw Failure.usage("--limit is 1 to " + LONGEST_LIMIT + "; found " + limit);
    }
    context.analyze("reporting", this::report);
  }

  private void report(GraphView graph) {
    GraphView still = graph.at(graph.position());
    Report whole = still.ask(new GraphQuery.MakeReport(still.id(), kept()));
    Report report = first(whole);
    Map<Node, List<String>> unresolved = MarkdownFormat.unresolved(still);
    ObjectNode json = AnalysisShapes.report(still.id(), report);
    var links = json.putArray("unresolved");
    unresolved.forEach(
        (node, targets) -> {
          ObjectNode item = links.addObject();
          item.set("node", Shapes.node(node));
          targets.forEach(item.putArray("links")::add);
        });
    context.output().one(json, new Text(report, unresolved).write());
    Path page = html;
    if (page != null) {
      write(still, whole, page);
    }
  }

  /** A page has room for more than a window. */
  private int kept() {
    return html == null ? limit : Math.max(limit, ON_A_PAGE);
  }

  private Report first(Report whole) {
    return new Report(
        whole.statistics(),
        first(whole.hubs()),
        first(whole.central()),
        new Communities(whole.communities().modularity(), first(whole.communities().communities())),
        first(whole.bridges()),
        first(whole.surprising()),
        first(whole.orphans()),
        first(whole.suggestions()),
        whole.growth());
  }

  private <T> List<T> first(List<T> items) {
    return items.stream().limit(limit).toList();
  }

  private void write(GraphView graph, Report report, Path page) {
    try {
      HtmlFormat.write(graph, report, page, context.output()::note);
      context.output().note("wrote " + page + ", which any browser shows");
    } catch (IOException e) {
      throw Failure.file("cannot write " + page + ": " + e.getMessage(), e);
    }
  }

  /** The report as people read it: a heading, and beside it what there is to say. */
  private final class Text {
    private final Report report;
    private final Map<Node, List<String>> unresolved;
    private final List<String> lines = new ArrayList<>();

    Text(Report report, Map<Node, List<String>> unresolved) {
      this.report = report;
      this.unresolved = unresolved;
    }

    String write() {
      Statistics numbers = report.statistics();
      say("numbers", List.of(numbers(numbers)));
      say("hubs", inline(report.hubs().stream().map(Text::hub).toList()));
      if (!report.hubs().isEmpty()) {
        say("central", inline(report.central().stream().map(Text::name).toList()));
      }
      say("clusters", clusters());
      say("bridges", report.bridges().stream().map(this::edge).toList());
      say("surprising", report.surprising().stream().map(this::edge).toList());
      say("loose ends", looseEnds(numbers));
      say(
          "suggestions",
          report.suggestions().stream()
              .map(link -> two(link.source(), " – ", link.target()) + "     " + link.reason())
              .toList());
      say("growth", numbers.nodes() == 0 ? List.of() : growth());
      return String.join(System.lineSeparator(), lines);
    }

    private void say(String heading, List<String> texts) {
      String head = heading;
      for (String text : texts) {
        lines.add(head + " ".repeat(INDENT - head.length()) + context.output().fit(text, INDENT));
        head = "";
      }
    }

    private static String numbers(Statistics numbers) {
      return Views.many(numbers.nodes(), "node")
          + " · "
          + Views.many(numbers.edges(), "edge")
          + (numbers.nodes() == 0 ? "" : " · " + Views.many(numbers.components(), "part"));
    }

    private static String hub(RankedNode ranked) {
      return name(ranked) + " (" + Output.count(Math.round(ranked.score())) + ")";
    }

    private static String name(RankedNode ranked) {
      return name(ranked.node());
    }

    private static String name(Node node) {
      return Output.cut(node.displayName(), LONGEST_NAME);
    }

    private static String two(Node source, String between, Node target) {
      return name(source) + between + name(target);
    }

    private String edge(NotableEdge notable) {
      String type = notable.edge().type().name();
      return two(
              notable.source(),
              notable.edge().directed() ? " ─" + type + "→ " : " ─" + type + "─ ",
              notable.target())
          + "     "
          + notable.reason();
    }

    private List<String> clusters() {
      return report.communities().communities().stream()
          .filter(community -> community.size() > 1)
          .map(Text::cluster)
          .toList();
    }

    private static String cluster(Community community) {
      String name = community.name().isEmpty() ? "community " + community.id() : community.name();
      return name
          + " ("
          + Views.many(community.size(), "node")
          + ", around "
          + name(community.central())
          + ")";
    }

    private List<String> looseEnds(Statistics numbers) {
      var ends = new ArrayList<String>();
      if (numbers.orphans() > 0) {
        String more = numbers.orphans() > report.orphans().size() ? " · …" : "";
        ends.add(
            Views.many(numbers.orphans(), "node")
                + " without an edge: "
                + String.join(" · ", report.orphans().stream().map(Text::name).toList())
                + more);
      }
      long links = unresolved.values().stream().mapToLong(List::size).sum();
      if (links > 0) {
        ends.add(Views.many(links, "link") + (links == 1 ? " leads" : " lead") + " nowhere:");
        unresolved.entrySet().stream()
            .limit(limit)
            .forEach(
                note ->
                    ends.add(
                        "  " + name(note.getKey()) + "  " + String.join(" · ", note.getValue())));
        if (unresolved.size() > limit) {
          ends.add("  and in " + Views.many(unresolved.size() - limit, "other node"));
        }
      }
      return ends;
    }

    private List<String> growth() {
      List<TimelineBucket> months = report.growth();
      var texts = new ArrayList<String>();
      if (months.size() > limit) {
        texts.add("in the last " + limit + " of " + Views.many(months.size(), "month") + ":");
      }
      months.stream()
          .skip(Math.max(0, months.size() - limit))
          .forEach(
              month ->
                  texts.add(
                      month.start().toString().substring(0, 7)
                          + "  "
                          + change(month.nodesAdded() - month.nodesRemoved(), "node")
                          + "  "
                          + change(month.edgesAdded() - month.edgesRemoved(), "edge")));
      return texts;
    }

    private static String change(long count, String what) {
      return (count < 0 ? "-" : "+") + Views.many(Math.abs(count), what);
    }

    private static List<String> inline(List<String> texts) {
      return texts.isEmpty() ? List.of() : List.of(String.join(" · ", texts));
    }
  }
}
