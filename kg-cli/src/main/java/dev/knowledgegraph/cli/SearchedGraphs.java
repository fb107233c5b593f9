package dev.knowledgegraph.cli;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.Session;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.query.Moment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say in which graphs something is looked for besides that of the command. */
final class SearchedGraphs {
  @Option(
      names = "--also-in",
      paramLabel = "GRAPH",
      description = "in this graph too, by its name or id; can be repeated")
  @Nullable List<String> alsoIn;

  @Option(names = "--all-graphs", description = "in all graphs of the user")
  boolean all;

  /**
   * Asks something about the graph of the command.
   *
   * @param question is told, too, what each graph is called that is searched
   */
  void read(Context context, BiConsumer<GraphView, Map<GraphId, String>> question) {
    context.read(all, (session, graph) -> question.accept(graph, names(context, session, graph)));
  }

  private Map<GraphId, String> names(Context context, Session session, GraphView own) {
    var names = new LinkedHashMap<GraphId, String>();
    names.put(own.id(), name(own));
    for (String word : Values.orEmpty(alsoIn)) {
      GraphView other = context.find(session, word);
      names.put(other.id(), name(other));
    }
    if (all) {
      session.graphs().forEach(graph -> names.put(graph.id(), graph.name()));
    }
    return names;
  }

  private static String name(GraphView graph) {
    return graph.at(Moment.now()).graph().name();
  }
}
