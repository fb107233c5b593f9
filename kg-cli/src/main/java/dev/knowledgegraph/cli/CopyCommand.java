package dev.knowledgegraph.cli;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kg copy}. */
@Command(
    name = "copy",
    description = {
      "Copy graphs into another store, with their whole history and the same positions.",
      "What is there already is not written again, so an interrupted copy goes on."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  kg copy --to \"jdbc:postgresql://db/kg?user=ada\"",
      "  kg --store jdbc:postgresql://db/kg --graph notes copy --to ./notes",
      "  kg copy --everybody --to dynamodb:knowledge-graph"
    })
final class CopyCommand implements Runnable {
  private static final int PAGE = 100;

  private final Context context;

  @Option(
      names = "--to",
      paramLabel = "S",
      required = true,
      description = "the other store, which is made if it is not there")
  String to = "";

  @Option(
      names = "--everybody",
      description = "the graphs of all owners, removed ones too; else yours, or that of --graph")
  boolean everybody;

  CopyCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    if (everybody && context.globals().graph != null) {
      throw Failure.usage("--everybody is all graphs and --graph is one: leave out one of them");
    }
    context.withStore(
        true,
        from -> {
          List<GraphRef> graphs = graphs(from);
          try (KnowledgeGraph target = KnowledgeGraph.open(to, false)) {
            copy(from.storage(), graphs, target.storage());
          }
        });
  }

  private List<GraphRef> graphs(KnowledgeGraph store) {
    if (everybody) {
      var all = new ArrayList<GraphRef>();
      @Nullable GraphRef last = null;
      for (List<GraphRef> page = store.storage().logs(last, PAGE);
          !page.isEmpty();
          page = store.storage().logs(last, PAGE)) {
        all.addAll(page);
        last = page.getLast();
      }
      return all;
    }
    var session = store.as(context.user());
    String name = context.globals().graph;
    return name != null
        ? List.of(own(context.find(session, name).graph()))
        : session.graphs().stream().map(CopyCommand::own).toList();
  }

  private static GraphRef own(Graph graph) {
    return new GraphRef(graph.owner(), graph.id());
  }

  private void copy(Storage from, List<GraphRef> graphs, Storage target) {
    KnowledgeGraph.replay(from, graphs, target);
    long commits = 0;
    long nodes = 0;
    long edges = 0;
    for (GraphRef graph : graphs) {
      GraphHead there = target.head(graph);
      if (!KnowledgeGraph.recount(target, graph, there.sequence()).equals(there.fingerprint())
          || !isThere(from, graph, target)) {
        throw Failure.integrity(
            "COPY_DIFFERS", "what was written is not what was read; look with kg doctor at both");
      }
      commits += there.sequence();
      nodes += there.nodes();
      edges += there.edges();
    }
    context
        .output()
        .one(
            Output.json()
                .put("graphs", graphs.size())
                .put("commits", commits)
                .put("nodes", nodes)
                .put("edges", edges),
            "copied "
                + Views.many(graphs.size(), "graph")
                + " with "
                + Views.many(commits, "commit")
                + ", "
                + Views.many(nodes, "node")
                + " and "
                + Views.many(edges, "edge")
                + " to "
                + StorageFactory.shown(to)
                + "; the fingerprints are equal");
  }

  /** Whether the copy is the graph, unless somebody has written to it meanwhile. */
  private static boolean isThere(Storage from, GraphRef graph, Storage target) {
    GraphHead here = from.head(graph);
    GraphHead there = target.head(graph);
    return here.sequence() != there.sequence()
        ? here.sequence() > there.sequence()
        : here.fingerprint().equals(there.fingerprint());
  }
}
