package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.command.BulkCommand;
import dev.knowledgegraph.command.CategoryCommand;
import dev.knowledgegraph.command.EdgeCommand;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand;
import dev.knowledgegraph.command.SettingsCommand;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.model.ViewSettings;
import dev.knowledgegraph.model.Visibility;
import dev.knowledgegraph.query.Analysis.LinkMeasure;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.GraphPattern;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Metric;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchFilter;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.Traversal;
import dev.knowledgegraph.query.Views.PatternKind;
import dev.knowledgegraph.query.Views.TimelineUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One command and one query of every kind, about things that are given. */
record EveryMessage(GraphId graph, Ids ids, @Nullable String cursor, Random random) {
  /** Ids and keys of things that somebody has, or that nobody has. */
  record Ids(
      List<NodeId> nodes, List<EdgeId> edges, List<CategoryId> categories, List<String> keys) {
    static Ids unknown(Random random) {
      return new Ids(
          List.of(NodeId.of(uuid(random)), NodeId.of(uuid(random))),
          List.of(EdgeId.of(uuid(random))),
          List.of(CategoryId.of(uuid(random))),
          List.of("key " + random.nextLong()));
    }
  }

  static UUID uuid(Random random) {
    return new UUID(
        (random.nextLong() & ~0xf000L) | 0x7000L, (random.nextLong() >>> 2) | (1L << 63));
  }

  /** The kinds of a sealed family that have no kinds below them. */
  static Set<Class<?>> kinds(Class<?> family) {
    if (!family.isSealed()) {
      return Set.of(family);
    }
    var kinds = new LinkedHashSet<Class<?>>();
    for (Class<?> kind : family.getPermittedSubclasses()) {
      kinds.addAll(kinds(kind));
    }
    return kinds;
  }

  private <T> T any(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private NodeId node() {
    return any(ids.nodes());
  }

  private EdgeId edge() {
    return any(ids.edges());
  }

  private CategoryId category() {
    return any(ids.categories());
  }

  private NodeData data() {
    return NodeData.node("title " + random.nextInt()).key("key " + random.nextLong()).tag("tag");
  }

  private EdgeData edgeData() {
    return EdgeData.edge(node(), EdgeType.RELATED, node()).withLabel("label " + random.nextInt());
  }

  private Page.Request page() {
    return new Page.Request(1 + random.nextInt(50), cursor);
  }

  List<GraphCommand> commands() {
    return List.of(
        new SettingsCommand.CreateGraph(graph, GraphData.named("graph " + random.nextLong())),
        new SettingsCommand.RenameGraph(graph, "name " + random.nextLong()),
        new SettingsCommand.DescribeGraph(graph, "description " + random.nextInt()),
        new SettingsCommand.SetVisibility(graph, Visibility.PUBLIC_READ),
        new SettingsCommand.SetView(graph, ViewSettings.standard()),
        new SettingsCommand.SetPolicy(graph, Policy.strict()),
        new SettingsCommand.SetAutoLink(graph, AutoLink.OFF),
        new SettingsCommand.MakeDefault(graph),
        new SettingsCommand.RemoveGraph(graph),
        new NodeCommand.AddNode(graph, node(), data()),
        new NodeCommand.SetNode(graph, node(), data()),
        new NodeCommand.ChangeContent(graph, node(), Content.titled("new " + random.nextInt())),
        new NodeCommand.Relabel(graph, node(), Labels.of(List.of("Label"))),
        new NodeCommand.Tag(graph, node(), Tags.of("t" + random.nextInt())),
        new NodeCommand.Untag(graph, node(), Tags.of("tag")),
        new NodeCommand.Move(graph, node(), Coordinates.of(random.nextInt(), 2)),
        new NodeCommand.ChangeProperties(graph, node(), Properties.of("n", random.nextInt())),
        new NodeCommand.Publish(graph, node()),
        new NodeCommand.Archive(graph, node()),
        new NodeCommand.Restore(graph, node()),
        new NodeCommand.SetKey(graph, node(), NodeKey.of("key " + random.nextLong())),
        new NodeCommand.RemoveNode(graph, node()),
        new NodeCommand.Categorize(graph, node(), category(), 0.5, Origin.MANUAL),
        new NodeCommand.Uncategorize(graph, node(), category()),
        new NodeCommand.MergeNodes(graph, node(), node()),
        new NodeCommand.UnmergeNode(graph, node(), node()),
        new EdgeCommand.AddEdge(graph, edge(), edgeData()),
        new EdgeCommand.Reweight(graph, edge(), random.nextDouble()),
        new EdgeCommand.Retype(graph, edge(), EdgeType.CAUSAL),
        new EdgeCommand.ChangeEdge(graph, edge(), Properties.of("n", 1), "label", false),
        new EdgeCommand.RemoveEdge(graph, edge()),
        new CategoryCommand.AddCategory(graph, category(), CategoryData.of("c" + random.nextInt())),
        new CategoryCommand.ChangeCategory(
            graph, category(), CategoryData.of("c" + random.nextInt())),
        new CategoryCommand.RemoveCategory(graph, category()),
        new BulkCommand.Batch(
            graph,
            List.of(
                new NodeCommand.Publish(graph, node()), new EdgeCommand.RemoveEdge(graph, edge())),
            random.nextBoolean()),
        new BulkCommand.ImportNodes(
            graph,
            List.of(
                new BulkCommand.ImportedNode(NodeId.of(uuid(random)), data().key(any(ids.keys()))),
                new BulkCommand.ImportedNode(node(), data()))),
        new BulkCommand.ImportEdges(
            graph, List.of(new BulkCommand.ImportedEdge(edge(), edgeData()))),
        new BulkCommand.ImportCategories(
            graph,
            List.of(
                new BulkCommand.ImportedCategory(
                    node(), new Categorization(category(), 0.5, Origin.IMPORT)))),
        new BulkCommand.StartImport(graph, "job", "csv", "source"),
        new BulkCommand.FinishImport(graph, "job", 1, 1));
  }

  List<GraphQuery<?>> queries() {
    NodeKey key = NodeKey.of(any(ids.keys()));
    return List.of(
        new GraphQuery.GetGraph(graph),
        new GraphQuery.FindNode(graph, node()),
        new GraphQuery.FindNodes(graph, ids.nodes()),
        new GraphQuery.FindNodeByKey(graph, key),
        new GraphQuery.FindNodesByTitle(graph, key.value(), 10),
        new GraphQuery.ListNodes(graph, filter(), sort(), page()),
        new GraphQuery.FindEdge(graph, edge()),
        new GraphQuery.ListEdges(
            graph,
            random.nextBoolean()
                ? EdgeFilter.all()
                : new EdgeFilter(node(), Direction.BOTH, List.of()),
            page()),
        new GraphQuery.FindNeighbors(graph, node(), 2, Direction.BOTH, types(), 10),
        new GraphQuery.FindMatches(
            graph, GraphPattern.of("a").at("a", node()).linked("a", "b").edge("b", "c"), 9),
        new GraphQuery.FindSubgraph(graph, ids.nodes(), 2, types(), 10),
        new GraphQuery.FindPath(
            graph, node(), node(), Direction.BOTH, types(), random.nextBoolean(), 9),
        new GraphQuery.FindAllShortestPaths(graph, node(), node(), Direction.BOTH, types(), 9),
        new GraphQuery.FindShortestPaths(
            graph, node(), node(), Direction.BOTH, types(), random.nextBoolean(), 9),
        new GraphQuery.FindPatterns(graph, any(List.of(PatternKind.values())), 9),
        new GraphQuery.GetStatistics(graph),
        new GraphQuery.ListCategories(graph),
        new GraphQuery.SuggestCategories(graph, key.value(), 9),
        new GraphQuery.NodeHistory(graph, node()),
        new GraphQuery.EdgeHistory(graph, edge()),
        new GraphQuery.Compare(graph, new Moment.AtSequence(1), Moment.now()),
        new GraphQuery.Timeline(graph, TimelineUnit.DAY),
        new GraphQuery.ReadLog(graph, 0, 1_000),
        GraphQuery.Search.of(graph, key.value()).withMode(any(List.of(SearchMode.values()))),
        new GraphQuery.SimilarNodes(graph, node(), SearchMode.HYBRID, SearchFilter.all(), 9),
        new GraphQuery.SuggestTitles(graph, key.value(), 9),
        new GraphQuery.RankNodes(graph, Metric.PAGERANK, 9),
        new GraphQuery.FindCommunities(graph, 1, 0),
        new GraphQuery.FindComponents(graph, false),
        new GraphQuery.FindChains(graph, node(), 3, 9),
        new GraphQuery.AssessImpact(graph, node(), 9),
        new GraphQuery.PredictLinks(graph, node(), LinkMeasure.JACCARD, 9),
        new GraphQuery.MakeReport(graph, 9),
        new GraphQuery.Traverse(graph, Traversal.from(node()).both().hops(0, 2), 9));
  }

  private Set<EdgeType> types() {
    return random.nextBoolean() ? Set.of() : Set.of(EdgeType.RELATED);
  }

  private NodeSort sort() {
    var by = any(List.of(NodeSort.By.values()));
    return new NodeSort(by, random.nextBoolean());
  }

  private NodeFilter filter() {
    return random.nextBoolean()
        ? NodeFilter.all()
        : new NodeFilter(
            List.of(),
            List.of("tag"),
            random.nextBoolean(),
            List.of(),
            List.of(),
            random.nextBoolean() ? category() : null,
            null,
            null,
            null,
            null);
  }
}
