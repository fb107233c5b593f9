package dev.knowledgegraph.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every command of {@code kg}, as somebody types it who wants to see or change what is another's:
 * with the words GRAPH, NODE, EDGE and CATEGORY to be replaced.
 */
final class Attempts {
  private Attempts() {}

  /** All that takes a graph, with what it takes. */
  static List<List<String>> onGraphs(Path csv) {
    return lines(
        "graph get GRAPH",
        "graph stats GRAPH",
        "graph set GRAPH --description x",
        "graph set GRAPH --auto-link all",
        "graph rm GRAPH",
        "graph rm GRAPH --yes",
        "graph use GRAPH",
        "--graph GRAPH node add --title x",
        "--graph GRAPH node get NODE",
        "--graph GRAPH node get hidden",
        "--graph GRAPH node list",
        "--graph GRAPH node set NODE --title x",
        "--graph GRAPH node mv NODE 1 2",
        "--graph GRAPH node tag NODE x",
        "--graph GRAPH node untag NODE t",
        "--graph GRAPH node publish NODE",
        "--graph GRAPH node archive NODE",
        "--graph GRAPH node restore NODE",
        "--graph GRAPH node rm NODE",
        "--graph GRAPH node history NODE",
        "--graph GRAPH edge add NODE KNOWS NODE",
        "--graph GRAPH edge get EDGE",
        "--graph GRAPH edge list",
        "--graph GRAPH edge set EDGE --weight 2",
        "--graph GRAPH edge rm EDGE",
        "--graph GRAPH category list",
        "--graph GRAPH category add x",
        "--graph GRAPH category set CATEGORY --description x",
        "--graph GRAPH category rm CATEGORY",
        "--graph GRAPH category assign NODE CATEGORY",
        "--graph GRAPH category unassign NODE CATEGORY",
        "--graph GRAPH category suggest --text hidden",
        "--graph GRAPH search z*",
        "--graph GRAPH search hiden --mode hybrid --facet tag --explain",
        "--graph GRAPH search z* --all-graphs",
        "--graph mine search --also-in GRAPH hiden",
        "--graph mine search --also-in GRAPH --facet graph,tag secret",
        "--graph GRAPH similar NODE",
        "--graph mine similar eve --mode text --also-in GRAPH",
        "--graph GRAPH link",
        "--graph GRAPH link --dry-run",
        "--graph GRAPH link --method similarity --min-score 0 NODE",
        "--graph GRAPH rank",
        "--graph GRAPH rank --by betweenness",
        "--graph GRAPH communities",
        "--graph GRAPH components --strong",
        "--graph GRAPH chains NODE",
        "--graph GRAPH impact NODE",
        "--graph GRAPH report",
        "--graph GRAPH neighbors NODE",
        "--graph GRAPH bench --seconds 0.01",
        "--graph GRAPH path NODE NODE",
        "--graph GRAPH path NODE NODE --limit 3",
        "--graph GRAPH subgraph NODE",
        "--graph GRAPH stats",
        "--graph GRAPH timeline",
        "--graph GRAPH diff 1",
        "--graph GRAPH history NODE",
        "--graph GRAPH history --edge EDGE",
        "--graph GRAPH import " + csv,
        "--graph GRAPH import --dry-run " + csv,
        "--graph GRAPH export",
        "--graph GRAPH export --history",
        "--graph GRAPH batch",
        "--graph GRAPH batch --atomic",
        "--graph GRAPH log",
        "--graph GRAPH fingerprint",
        "--graph GRAPH dlq list --all",
        "--graph GRAPH dlq list --subscriber mail",
        "--graph GRAPH dlq show 1/0",
        "--graph GRAPH dlq show 1/0 --subscriber mail",
        "--graph GRAPH dlq replay --webhook http://127.0.0.1:9/ --secret-env HOOK",
        "--graph GRAPH dlq discard 1/0 --reason x",
        "--graph GRAPH dlq discard 1/0 --reason x --subscriber mail",
        "--graph GRAPH --at 1 node list",
        "--graph GRAPH --at 2026-01-01 export");
  }

  /** All that is about a store or about {@code kg} itself; what it writes goes into a folder. */
  static List<List<String>> onStores(Path folder) {
    return lines(
        "graph list",
        "graph create another",
        "doctor",
        "doctor --replay",
        "reindex",
        "explain",
        "explain edge",
        "migrate status",
        "migrate plan",
        "migrate up",
        "migrate down --to 1",
        "copy --to " + folder.resolve("copied"),
        "backup " + folder.resolve("backup"),
        "backup " + folder.resolve("backup"),
        "restore " + folder.resolve("nothing"),
        "restore " + folder.resolve("backup"),
        "demo",
        "version",
        "completion");
  }

  private static List<List<String>> lines(String... lines) {
    return Stream.of(lines).map(line -> List.of(line.split(" ", -1))).toList();
  }
}
