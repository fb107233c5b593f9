package dev.knowledgegraph.benchmarks;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.embeddings.onnx.OnnxEmbedder;
import dev.knowledgegraph.linking.Link;
import dev.knowledgegraph.linking.LinkSettings;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.search.lucene.Language;
import dev.knowledgegraph.search.lucene.LuceneSearch;
import dev.knowledgegraph.search.lucene.LuceneSearchConfig;
import dev.knowledgegraph.spi.Embedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How many of the links that people made are found by what texts say, beside TF-IDF on the same
 * texts: mentions in texts whose links look like other text, similarity in texts without the words
 * that are links.
 */
final class AutolinkFigure implements Figure {
  private static final int BEST = 10;

  @Override
  public String name() {
    return "autolink";
  }

  @Override
  public List<Row> measure() throws Exception {
    var rows = new ArrayList<Row>();
    for (LinkedTexts set :
        List.of(
            LinkedTexts.jargon(),
            LinkedTexts.vault("foam-docs"),
            LinkedTexts.vault("silverbullet-docs"))) {
      var visible = set.grade(plain(set, text -> text.node().content().body()));
      rows.addAll(rows(set, "mentions", set.grade(mentions(set)), visible));
      var hidden = set.grade(plain(set, LinkedTexts.Linked::hidden));
      rows.addAll(
          rows(
              set,
              "similarity (MiniLM)",
              set.grade(similar(set, OnnxEmbedder::allMiniLm)),
              hidden));
      rows.addAll(
          rows(
              set,
              "similarity (words hashed)",
              set.grade(similar(set, HashingEmbedder::create)),
              hidden));
    }
    return rows;
  }

  private static List<Row> rows(
      LinkedTexts set, String what, LinkedTexts.Grades ours, LinkedTexts.Grades other) {
    var rows = new ArrayList<Row>();
    for (int k : List.of(1, 5, 10)) {
      String work = set.name() + ", " + what + ": ";
      rows.add(row(work + "precision@" + k, ours.precision(k), other.precision(k)));
      rows.add(row(work + "recall@" + k, ours.recall(k), other.recall(k)));
    }
    return rows;
  }

  private static Row row(String work, double ours, double other) {
    return Row.atLeast(1, work, ours, "", other, "TF-IDF, cosine");
  }

  private static Map<String, List<String>> plain(
      LinkedTexts set, Function<LinkedTexts.Linked, String> body) {
    var texts = set.texts();
    var index =
        new TfIdf(
            texts.stream()
                .map(text -> text.node().content().title() + "\n" + body.apply(text))
                .toList());
    var rankings = new HashMap<String, List<String>>();
    for (int i = 0; i < texts.size(); i++) {
      rankings.put(
          texts.get(i).id(), index.like(i, BEST).stream().map(n -> texts.get(n).id()).toList());
    }
    return rankings;
  }

  private static Map<String, List<String>> mentions(LinkedTexts set) {
    var settings =
        LinkSettings.standard()
            .withMethods(EnumSet.of(LinkMethod.MENTION))
            .withMaxPerNode(LinkSettings.MOST_PER_NODE);
    try (var texts = new Texts(set, LinkedTexts.Linked::node, HashingEmbedder::create)) {
      var rankings = new HashMap<String, List<String>>();
      texts.graph.linking().with(settings).propose().stream()
          .sorted(Comparator.comparingDouble(Link::score).reversed())
          .forEach(
              link ->
                  rankings
                      .computeIfAbsent(texts.id(link.data().source()), id -> new ArrayList<>())
                      .add(texts.id(link.data().target())));
      return rankings;
    }
  }

  private static Map<String, List<String>> similar(LinkedTexts set, Supplier<Embedder> embedder) {
    var settings =
        LinkSettings.standard()
            .withMethods(EnumSet.of(LinkMethod.SIMILARITY))
            .withMinScore(0)
            .withMaxPerNode(BEST);
    try (var texts = new Texts(set, LinkedTexts.Linked::withoutLinks, embedder)) {
      var rankings = new HashMap<String, List<String>>();
      texts.ids.forEach(
          (node, id) ->
              rankings.put(
                  id,
                  texts.graph.linking().with(settings).at(Set.of(node)).propose().stream()
                      .sorted(Comparator.comparingDouble(Link::score).reversed())
                      .map(Link::data)
                      .map(e -> texts.id(e.source().equals(node) ? e.target() : e.source()))
                      .toList()));
      return rankings;
    }
  }

  /** The texts as nodes of a graph without edges. */
  private static final class Texts implements AutoCloseable {
    private final KnowledgeGraph store;
    private final GraphView graph;
    private final Map<NodeId, String> ids = new HashMap<>();

    Texts(
        LinkedTexts set,
        Function<LinkedTexts.Linked, NodeData> form,
        Supplier<? extends Embedder> embedder) {
      var config =
          LuceneSearchConfig.standard().withLanguage(Language.EN).withEmbedder(embedder.get());
      store =
          KnowledgeGraph.builder()
              .storage(new InMemoryStorage())
              .search(LuceneSearch.inMemory(config))
              .build();
      graph = store.as(UserId.of("bench")).graph("texts");
      var nodes = new ArrayList<ImportedNode>();
      for (LinkedTexts.Linked text : set.texts()) {
        var id = graph.newNodeId();
        ids.put(id, text.id());
        nodes.add(new ImportedNode(id, form.apply(text)));
      }
      graph.send(new ImportNodes(graph.id(), nodes)).orThrow();
    }

    String id(NodeId node) {
      return ids.getOrDefault(node, "");
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
