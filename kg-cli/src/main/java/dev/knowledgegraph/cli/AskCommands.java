package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.json.Shapes;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.Views.HistoryEntry;
import dev.knowledgegraph.query.Views.Neighborhood;
import dev.knowledgegraph.query.Views.Route;
import dev.knowledgegraph.query.Views.Statistics;
import dev.knowledgegraph.query.Views.TimelineUnit;
import dev.knowledgegraph.spi.GraphHead;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that only ask. */
final class AskCommands {
  private AskCommands() {}

  /** {@code kg neighbors}. */
  @Command(
      name = "neighbors",
      description = "The nodes around a node.",
      footerHeading = "%nExamples%n",
      footer = {
        "  kg neighbors \"Graph View\"",
        "  kg neighbors \"Graph View\" --depth 2 --direction incoming --type REFERENCE",
      })
  static final class Neighbors implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "NODE")
    String word = "";

    @Option(names = "--depth", description = "how many hops away")
    int depth = 1;

    @Option(names = "--direction", description = "outgoing, incoming or both")
    String direction = "both";

    @Option(names = "--type", paramLabel = "TYPE", description = "can be repeated")
    @Nullable List<String> types;

    @Option(names = "--limit")
    int limit = 1_000;

    Neighbors(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.read(
          graph -> {
            Node node = References.node(graph, word);
            Neighborhood found =
                graph.ask(
                    new GraphQuery.FindNeighbors(
                        graph.id(),
                        node.id(),
                        depth,
                        Direction.parse(direction),
                        Values.types(types),
                        limit));
            ObjectNode json = Shapes.neighbors(found);
            if (context.output().format() == Globals.Format.json) {
              context.output().one(json);
              return;
            }
            context
                .output()
                .many(
                    found.neighbors().stream()
                        .map(
                            n -> {
                              var item = Output.json();
                              item.set("node", Views.node(n.node()));
                              return item.put("distance", n.distance());
                            })
                        .toList(),
                    "distance",
                    "node.title",
                    "node.key",
                    "node.labels",
                    "node.id");
            String more = found.total() > found.neighbors().size() ? ", not all shown" : "";
            context.output().note(Views.many(found.total(), "neighbor") + more);
          });
    }
  }

  /** {@code kg path}. */
  @Command(
      name = "path",
      description = "How two nodes are connected.",
      footerHeading = "%nExamples%n",
      footer = {
        "  kg path \"Graph View\" \"Publish to Netlify\"",
        "  kg path ada babbage --direction outgoing --type KNOWS --max-hops 4",
        "  kg path ada babbage --weighted --at 2026-05-01",
        "  kg path ada babbage --limit 5      the five shortest",
      })
  static final class Path implements Runnable {
    private static final int MOST_PATHS = 100;

    private final Context context;

    @Parameters(index = "0", paramLabel = "FROM")
    String source = "";

    @Parameters(index = "1", paramLabel = "TO")
    String target = "";

    @Option(names = "--direction", description = "outgoing, incoming or both (the default)")
    String direction = "both";

    @Option(names = "--type", paramLabel = "TYPE", description = "can be repeated")
    @Nullable List<String> types;

    @Option(names = "--weighted", description = "the least sum of weights, not of hops")
    boolean weighted;

    @Option(names = "--max-hops", paramLabel = "N")
    int maxHops = Integer.MAX_VALUE;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "that many paths, the shortest first; else 1")
    int limit = 1;

    Path(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.read(
          graph -> {
            NodeId from = References.node(graph, source).id();
            NodeId to = References.node(graph, target).id();
            if (limit == 1) {
              showOne(graph, from, to);
            } else {
              showSome(graph, from, to);
            }
          });
    }

    private void showOne(GraphView graph, NodeId from, NodeId to) {
      Optional<Route> route =
          graph.ask(
              new GraphQuery.FindPath(
                  graph.id(),
                  from,
                  to,
                  Direction.parse(direction),
                  Values.types(types),
                  weighted,
                  maxHops));
      context
          .output()
          .one(Shapes.path(route.orElse(null)), route.map(Path::text).orElse("not connected"));
    }

    private void showSome(GraphView graph, NodeId from, NodeId to) {
      if (limit < 1 || limit > MOST_PATHS) {
        throw Failure.usage("--limit is 1 to " + MOST_PATHS + "; found " + limit);
      }
      if (maxHops != Integer.MAX_VALUE) {
        throw Failure.usage("expected either --max-hops or --limit, found both");
      }
      List<Route> routes =
          graph.ask(
              new GraphQuery.FindShortestPaths(
                  graph.id(),
                  from,
                  to,
                  Direction.parse(direction),
                  Values.types(types),
                  weighted,
                  limit));
      context.output().many(routes.stream().map(Path::row).toList(), "hops", "weight", "path");
      if (routes.isEmpty()) {
        context.output().note("not connected");
      }
    }

    private static ObjectNode row(Route route) {
      return Shapes.path(route).put("path", line(route));
    }

    private static String text(Route route) {
      return line(route) + "     " + Views.many(route.hops(), "hop");
    }

    private static String line(Route route) {
      var text = new StringBuilder(route.nodes().getFirst().displayName());
      for (int i = 0; i < route.edges().size(); i++) {
        Edge edge = route.edges().get(i);
        boolean forward = edge.source().equals(route.nodes().get(i).id());
        String type = edge.type().name();
        text.append(forward ? " ─" + type + "→ " : " ←" + type + "─ ")
            .append(route.nodes().get(i + 1).displayName());
      }
      return text.toString();
    }
  }

  /** {@code kg subgraph}. */
  @Command(name = "subgraph", description = "The part of a graph around some nodes.")
  static final class Subgraph implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "NODE", arity = "1..*")
    List<String> words = List.of();

    @Option(names = "--depth")
    int depth = 1;

    @Option(names = "--type", paramLabel = "TYPE")
    @Nullable List<String> types;

    @Option(names = "--limit", description = "most nodes")
    int limit = 1_000;

    Subgraph(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.read(
          graph -> {
            List<NodeId> nodes = References.nodes(graph, words).stream().map(Node::id).toList();
            var found =
                graph.ask(
                    new GraphQuery.FindSubgraph(
                        graph.id(), nodes, depth, Values.types(types), limit));
            ObjectNode json = Output.json();
            array(json, "nodes", found.nodes().stream().map(Views::node).toList());
            array(json, "edges", Views.edges(graph, found.edges()));
            json.put("complete", found.complete());
            if (context.output().format() == Globals.Format.json) {
              context.output().one(json);
              return;
            }
            context
                .output()
                .many(
                    found.nodes().stream().map(Views::node).toList(),
                    "title",
                    "key",
                    "labels",
                    "id");
            context
                .output()
                .note(
                    Views.many(found.nodes().size(), "node")
                        + ", "
                        + Views.many(found.edges().size(), "edge")
                        + (found.complete() ? "" : ", more than the limit"));
          });
    }
  }

  /** {@code kg stats}. */
  @Command(name = "stats", description = "A graph in numbers.")
  static final class Stats implements Runnable {
    private final Context context;

    Stats(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.read(
          graph -> {
            Statistics found = graph.statistics();
            context
                .output()
                .one(
                    Shapes.stats(graph.id(), found).put("graph", graph.graph().name()),
                    String.join(
                        System.lineSeparator(),
                        "nodes "
                            + Output.count(found.nodes())
                            + "   edges "
                            + Output.count(found.edges())
                            + "   components "
                            + Output.count(found.components())
                            + "   orphans "
                            + Output.count(found.orphans())
                            + "   position "
                            + found.sequence(),
                        "labels  " + top(found.labels()),
                        "types   " + top(found.types()),
                        "tags    " + top(found.tags())));
          });
    }

    private static String top(Map<String, Long> counts) {
      String text =
          String.join(
              " · ",
              counts.entrySet().stream()
                  .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                  .limit(6)
                  .map(e -> e.getKey() + " (" + Output.count(e.getValue()) + ")")
                  .toList());
      return text.isEmpty() ? "none" : counts.size() > 6 ? text + " · …" : text;
    }
  }

  /** {@code kg timeline}. */
  @Command(name = "timeline", description = "How a graph grew.")
  static final class Timeline implements Runnable {
    private final Context context;

    @Option(names = "--by", description = "day, week or month")
    String unit = "day";

    Timeline(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      TimelineUnit wanted =
          switch (unit) {
            case "day" -> TimelineUnit.DAY;
            case "week" -> TimelineUnit.WEEK;
            case "month" -> TimelineUnit.MONTH;
            default -> throw Failure.usage("--by is day, week or month; found " + unit);
          };
      context.read(
          graph ->
              context
                  .output()
                  .many(
                      graph.ask(new GraphQuery.Timeline(graph.id(), wanted)).stream()
                          .map(
                              bucket ->
                                  Output.json()
                                      .put("start", bucket.start().toString())
                                      .put("commits", bucket.commits())
                                      .put("nodesAdded", bucket.nodesAdded())
                                      .put("nodesRemoved", bucket.nodesRemoved())
                                      .put("edgesAdded", bucket.edgesAdded())
                                      .put("edgesRemoved", bucket.edgesRemoved()))
                          .toList(),
                      "start",
                      "commits",
                      "nodesAdded",
                      "nodesRemoved",
                      "edgesAdded",
                      "edgesRemoved"));
    }
  }

  /** {@code kg diff}. */
  @Command(name = "diff", description = "What changed between two moments.")
  static final class Diff implements Runnable {
    private final Context context;

    @Parameters(index = "0", paramLabel = "FROM")
    String from = "";

    @Parameters(index = "1", paramLabel = "TO", arity = "0..1")
    String to = "now";

    Diff(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.read(
          graph -> {
            Moment begin = Values.moment(from);
            Moment end = Values.moment(to);
            var found = graph.ask(new GraphQuery.Compare(graph.id(), begin, end));
            ObjectNode json = Output.json().put("from", found.from()).put("to", found.to());
            array(json, "nodesAdded", found.nodesAdded().stream().map(Views::node).toList());
            array(json, "nodesChanged", found.nodesChanged().stream().map(Views::node).toList());
            found.nodesRemoved().forEach(id -> json.withArray("nodesRemoved").add(id.toString()));
            array(json, "edgesAdded", Views.edges(graph, found.edgesAdded()));
            array(json, "edgesChanged", Views.edges(graph, found.edgesChanged()));
            found.edgesRemoved().forEach(id -> json.withArray("edgesRemoved").add(id.toString()));
            var text = new StringBuilder();
            found.nodesAdded().forEach(n -> text.append("+ ").append(n.displayName()).append('\n'));
            found
                .nodesChanged()
                .forEach(n -> text.append("~ ").append(n.displayName()).append('\n'));
            found.nodesRemoved().forEach(n -> text.append("- ").append(n).append('\n'));
            text.append("edges +")
                .append(found.edgesAdded().size())
                .append(" ~")
                .append(found.edgesChanged().size())
                .append(" -")
                .append(found.edgesRemoved().size());
            context.output().one(json, text.toString());
          });
    }
  }

  /** {@code kg history}. */
  @Command(name = "history", description = "What happened to a node or an edge.")
  static final class History implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "NODE", arity = "0..1")
    @Nullable String word;

    @Option(names = "--edge", paramLabel = "EDGE", description = "an edge instead")
    @Nullable String edge;

    History(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      if (word != null) {
        show(word);
      } else if (edge != null) {
        String id = edge;
        context.read(
            graph ->
                print(
                    graph.ask(
                        new GraphQuery.EdgeHistory(
                            graph.id(), dev.knowledgegraph.model.EdgeId.parse(id)))));
      } else {
        throw Failure.usage("give a node or --edge");
      }
    }

    /** The node may have ended, so that only its id finds it. */
    void show(String reference) {
      context.read(graph -> print(graph.history(id(graph, reference))));
    }

    private static NodeId id(GraphView graph, String reference) {
      try {
        return NodeId.parse(reference);
      } catch (IllegalArgumentException e) {
        return References.node(graph, reference).id();
      }
    }

    private void print(List<HistoryEntry> entries) {
      context
          .output()
          .many(
              entries.stream()
                  .map(
                      entry ->
                          Output.json()
                              .put("position", entry.sequence())
                              .put("time", entry.time().toString())
                              .put("actor", entry.actor().value())
                              .put("version", entry.version())
                              .put("what", entry.what()))
                  .toList(),
              "position",
              "time",
              "actor",
              "version",
              "what");
    }
  }

  /** {@code kg log}. */
  @Command(name = "log", description = "What happened to a graph, commit by commit.")
  static final class Log implements Runnable {
    private static final int CHUNK = 500;
    private final Context context;

    @Option(names = "--after", paramLabel = "POSITION")
    long after;

    @Option(names = "--limit")
    int limit = Integer.MAX_VALUE;

    @Option(names = "--follow", description = "wait for more, until interrupted")
    boolean follow;

    Log(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.read(
          graph -> {
            long position = after;
            int left = limit;
            while (left > 0) {
              List<Committed> commits =
                  graph.ask(new GraphQuery.ReadLog(graph.id(), position, Math.min(CHUNK, left)));
              for (Committed commit : commits) {
                context.output().line(Shapes.committed(commit), text(commit));
                position = commit.position().sequence();
              }
              left -= commits.size();
              if (commits.isEmpty() && !(follow && pause())) {
                return;
              }
            }
          });
    }

    private static boolean pause() {
      try {
        Thread.sleep(500);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private static String text(Committed commit) {
      List<String> kinds =
          commit.events().stream().map(event -> event.getClass().getSimpleName()).toList();
      return String.format(
          Locale.ROOT,
          "%6d  %s  %s  %s",
          commit.position().sequence(),
          commit.time(),
          commit.actor(),
          String.join(", ", kinds.subList(0, Math.min(4, kinds.size())))
              + (kinds.size() > 4 ? ", … " + Views.many(kinds.size(), "event") : ""));
    }
  }

  /** {@code kg fingerprint}. */
  @Command(name = "fingerprint", description = "A number that equal graphs have in common.")
  static final class Fingerprint implements Runnable {
    private final Context context;

    Fingerprint(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      if (context.globals().at != null) {
        throw Failure.usage("the fingerprint is of the latest state; leave out --at");
      }
      context.read(
          graph -> {
            GraphHead head = graph.head();
            context
                .output()
                .one(
                    Output.json()
                        .put("graph", graph.graph().name())
                        .put("position", head.sequence())
                        .put("algorithm", "kg1")
                        .put("fingerprint", head.fingerprint().hex()),
                    head.fingerprint().hex());
          });
    }
  }

  private static void array(ObjectNode json, String name, Collection<ObjectNode> items) {
    ArrayNode array = json.putArray(name);
    items.forEach(array::add);
  }
}
