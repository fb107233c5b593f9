package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.error.StaleReadException;
import dev.knowledgegraph.json.Shapes;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.query.Consistency;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.Views.FacetCount;
import dev.knowledgegraph.query.Views.Hit;
import dev.knowledgegraph.query.Views.Match;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finding nodes by what they say. */
final class SearchCommands {
  private static final Duration UNNOTICED = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofHours(1);

  private static final String SNIPPET_INDENT = " ".repeat(9);

  private SearchCommands() {}

  /** Asks, and tells whoever waits for the index to come up to date. */
  static <R> R ask(Context context, GraphView graph, GraphQuery<R> query) {
    try {
      return graph.with(new Consistency.Latest(UNNOTICED)).ask(query);
    } catch (StaleReadException e) {
      context
          .output()
          .note("bringing the search index up to date, " + Views.many(e.lag(), "commit") + " …");
      return graph.with(new Consistency.Latest(PATIENCE)).ask(query);
    }
  }

  /** {@code kg search}. */
  @Command(
      name = "search",
      description = {
        "Nodes that a text is about, best first.",
        "Words, \"phrases\", prefix*, fuzzy~, field:value, AND OR NOT, +must -not."
      },
      footerHeading = "%nExamples%n",
      footer = {
        "  kg search \"turn notes into a website\"",
        "  kg search 'publi* -draft' --label Page --facet tag",
        "  kg search website --mode hybrid --near \"Graph View\" --hops 2",
        "  kg search website --also-in work --facet graph",
      })
  static final class Search implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "TEXT")
    String text = "";

    @Option(names = "--mode", paramLabel = "MODE", description = "text, vector or hybrid")
    SearchMode mode = SearchMode.TEXT;

    @Option(names = "--label", paramLabel = "LABEL", description = "has this; can be repeated")
    @Nullable List<String> labels;

    @Option(names = "--tag", paramLabel = "TAG", description = "has this; can be repeated")
    @Nullable List<String> tags;

    @Option(names = "--status", paramLabel = "STATUS", description = "draft, published, archived")
    @Nullable List<NodeStatus> status;

    @Option(names = "--category", paramLabel = "CATEGORY", description = "is in this")
    @Nullable String category;

    @Option(names = "--type", paramLabel = "TYPE", description = "has an edge of this type")
    @Nullable List<String> types;

    @Mixin SearchedGraphs graphs = new SearchedGraphs();

    @Option(names = "--near", paramLabel = "NODE", description = "only around this node")
    @Nullable String near;

    @Option(names = "--hops", paramLabel = "N", description = "how far around it; else 1")
    int hops = 1;

    @Option(
        names = "--community",
        paramLabel = "COMMUNITY",
        description = "is in this, by its id or name; see kg communities")
    @Nullable String community;

    @Option(
        names = "--facet",
        paramLabel = "FACET",
        split = ",",
        description = "count by label, tag, status, category, community, graph, day, month, year")
    @Nullable List<Facet> facets;

    @Option(names = "--limit", paramLabel = "N")
    int limit = 10;

    @Option(names = "--after", paramLabel = "NEXT", description = "what the page before said")
    @Nullable String after;

    @Option(names = "--scores", description = "show where each hit stands by text and by vector")
    boolean scores;

    @Option(names = "--explain", description = "show how each score came about")
    boolean explain;

    @Option(names = "--strict", description = "refuse a text that breaks the syntax")
    boolean strict;

    Search(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      graphs.read(
          context,
          (graph, names) -> {
            SearchResult found = SearchCommands.ask(context, graph, query(graph, names.keySet()));
            print(context, found, names, scores || explain);
            found.warnings().forEach(warning -> context.output().note("note: " + warning));
            if (found.didYouMean() != null) {
              context.output().note("did you mean: " + found.didYouMean());
            }
            context.output().note(summary(found));
          });
    }

    private GraphQuery.Search query(GraphView graph, Set<GraphId> searched) {
      var nodes =
          NodeFilter.all()
              .withLabels(Values.orEmpty(labels))
              .withTags(Values.orEmpty(tags), false)
              .withStatus(Values.orEmpty(status));
      if (category != null) {
        nodes = nodes.withCategory(References.category(graph, category).id());
      }
      var filter =
          SearchFilter.all()
              .withNodes(nodes)
              .withEdgeTypes(Values.types(types))
              .withGraphs(searched);
      if (near != null) {
        filter = filter.withNear(new SearchFilter.Near(References.node(graph, near).id(), hops));
      }
      if (community != null) {
        filter = filter.withCommunities(Set.of(References.community(graph, community)));
      }
      Set<Facet> counted = new LinkedHashSet<>(Values.orEmpty(facets));
      return GraphQuery.Search.of(graph.id(), text)
          .withMode(mode)
          .withFilter(filter)
          .withFacets(counted)
          .withStrict(strict)
          .withExplain(explain)
          .withPage(new Page.Request(limit, after));
    }

    private static String summary(SearchResult found) {
      String shown =
          found.hits().size() < found.total()
              ? ", " + Output.count(found.hits().size()) + " shown"
              : "";
      return Views.many(found.total(), "hit")
          + shown
          + " in "
          + found.tookMs()
          + " ms"
          + (found.next() == null ? "" : "; the next: --after " + found.next());
    }
  }

  /** {@code kg similar}. */
  @Command(
      name = "similar",
      description = "Nodes like a node: by their words, by their vectors, or both.",
      footerHeading = "%nExamples%n",
      footer = {
        "  kg similar \"Graph View\"",
        "  kg similar \"Graph View\" --mode vector",
        "  kg similar \"Graph View\" --all-graphs",
      })
  static final class Similar implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "NODE")
    String word = "";

    @Option(names = "--mode", paramLabel = "MODE", description = "text, vector or hybrid")
    SearchMode mode = SearchMode.HYBRID;

    @Option(names = "--limit", paramLabel = "N")
    int limit = 10;

    @Mixin SearchedGraphs graphs = new SearchedGraphs();

    @Option(names = "--scores", description = "show where each hit stands by text and by vector")
    boolean scores;

    Similar(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      graphs.read(
          context,
          (graph, names) -> {
            Node node = References.node(graph, word);
            var filter = SearchFilter.all().withGraphs(names.keySet());
            var query = new GraphQuery.SimilarNodes(graph.id(), node.id(), mode, filter, limit);
            print(context, SearchCommands.ask(context, graph, query), names, scores);
          });
    }
  }

  /** {@code kg suggest}. */
  @Command(name = "suggest", description = "Titles that begin, or go on, like what was typed.")
  static final class Suggest implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "TEXT")
    String text = "";

    @Option(names = "--limit", paramLabel = "N")
    int limit = 10;

    Suggest(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      context.read(
          graph -> {
            var query = new GraphQuery.SuggestTitles(graph.id(), text, limit);
            List<TitleSuggestion> found = SearchCommands.ask(context, graph, query);
            context
                .output()
                .many(
                    found.stream()
                        .map(
                            each ->
                                Output.json()
                                    .put("title", each.title())
                                    .put("id", each.node().toString()))
                        .toList(),
                    "title",
                    "id");
          });
    }
  }

  private static void print(
      Context context, SearchResult found, Map<GraphId, String> graphs, boolean scores) {
    ObjectNode json = Shapes.search(found);
    for (int i = 0; i < found.hits().size(); i++) {
      GraphId graph = found.hits().get(i).node().graph();
      ((ObjectNode) json.withArray("hits").get(i)).put("graph", graphs.get(graph));
    }
    if (context.output().format() == Globals.Format.json) {
      context.output().one(json);
    } else if (context.output().format() == Globals.Format.text) {
      String text = text(context, found, graphs, scores);
      if (!text.isEmpty()) {
        context.output().one(json, text);
      }
    } else {
      var hits = new ArrayList<ObjectNode>();
      json.withArray("hits").forEach(hit -> hits.add((ObjectNode) hit));
      context.output().many(hits, "score", "node.title", "node.key", "node.id", "snippet", "graph");
    }
  }

  private static String text(
      Context context, SearchResult found, Map<GraphId, String> graphs, boolean scores) {
    var lines = new ArrayList<String>();
    for (Hit hit : found.hits()) {
      String snippet = hit.snippet().marked(Output.BOLD, Output.PLAIN).replaceAll("\\s+", " ");
      lines.add(
          String.format(Locale.ROOT, "%7.3f  ", hit.score())
              + hit.node().displayName()
              + (graphs.size() > 1 ? "   in " + graphs.get(hit.node().graph()) : "")
              + (scores ? place(hit) : ""));
      if (!snippet.isBlank() && !isTitle(hit)) {
        lines.add(SNIPPET_INDENT + context.output().fit(snippet, SNIPPET_INDENT.length()));
      }
      if (hit.explanation() != null) {
        hit.explanation().lines().forEach(line -> lines.add("           " + line));
      }
    }
    found.facets().forEach((facet, counts) -> lines.addAll(bars(facet, counts)));
    return String.join(System.lineSeparator(), lines);
  }

  private static boolean isTitle(Hit hit) {
    return hit.snippet().text().equals(hit.node().title());
  }

  private static String place(Hit hit) {
    return "   (" + place("text", hit.text()) + ", " + place("vector", hit.vector()) + ")";
  }

  private static String place(String name, @Nullable Match match) {
    return match == null
        ? "not by " + name
        : String.format(Locale.ROOT, "%s %d: %.4f", name, match.rank(), match.score());
  }

  private static List<String> bars(Facet facet, List<FacetCount> counts) {
    int shown = 10;
    int width = 20;
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(facet.name().toLowerCase(Locale.ROOT));
    long most = counts.stream().mapToLong(FacetCount::count).max().orElse(1);
    int longest = counts.stream().limit(shown).mapToInt(c -> c.name().length()).max().orElse(0);
    for (FacetCount count : counts.subList(0, Math.min(shown, counts.size()))) {
      int length = (int) Math.max(1, width * count.count() / most);
      lines.add(
          "  "
              + count.name()
              + " ".repeat(longest - count.name().length() + 2)
              + "█".repeat(length)
              + " "
              + Output.count(count.count()));
    }
    if (counts.size() > shown) {
      lines.add("  and " + Output.count(counts.size() - shown) + " more");
    }
    return lines;
  }
}
