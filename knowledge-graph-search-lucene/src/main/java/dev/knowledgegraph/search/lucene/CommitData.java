package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import java.util.HashMap;
import java.util.Map;

/**
 * What is kept with a commit of the index, in the same step as its documents: what it was made
 * with, and how far it has come.
 *
 * @param recipe what it was made with; an index of another recipe is made anew
 * @param superseded whether any version of a node in it has ended
 */
record CommitData(String recipe, boolean superseded, Map<GraphId, Checkpoint> checkpoints) {
  /** Grows with every change of the documents' form. */
  private static final int FORM = 3;

  private static final String RECIPE = "recipe";
  private static final String SUPERSEDED = "superseded";
  private static final String GRAPH = "graph:";

  CommitData {
    checkpoints = Map.copyOf(checkpoints);
  }

  static CommitData start(LuceneSearchConfig config) {
    return new CommitData(recipe(config), false, Map.of());
  }

  static String recipe(LuceneSearchConfig config) {
    return String.join(
        " ",
        "form " + FORM,
        "embedder " + config.embedder().name(),
        "dimension " + config.embedder().dimension(),
        "language " + config.language(),
        "history " + config.history());
  }

  Checkpoint checkpoint(GraphRef graph) {
    var found = checkpoints.get(graph.id());
    return found != null && found.graph().equals(graph) ? found : Checkpoint.start(graph);
  }

  CommitData with(Checkpoint checkpoint, boolean nowSuperseded) {
    var all = new HashMap<>(checkpoints);
    all.put(checkpoint.graph().id(), checkpoint);
    return new CommitData(recipe, superseded || nowSuperseded, all);
  }

  Map<String, String> entries() {
    var entries = new HashMap<String, String>();
    entries.put(RECIPE, recipe);
    entries.put(SUPERSEDED, String.valueOf(superseded));
    checkpoints.forEach((graph, at) -> entries.put(GRAPH + graph, at.text()));
    return entries;
  }

  static CommitData parse(Map<String, String> entries) {
    var checkpoints = new HashMap<GraphId, Checkpoint>();
    entries.forEach(
        (name, value) -> {
          if (name.startsWith(GRAPH)) {
            var checkpoint = Checkpoint.parse(name.substring(GRAPH.length()), value);
            checkpoints.put(checkpoint.graph().id(), checkpoint);
          }
        });
    return new CommitData(
        entries.getOrDefault(RECIPE, ""),
        Boolean.parseBoolean(entries.get(SUPERSEDED)),
        checkpoints);
  }
}
