package dev.knowledgegraph.tck;

import static dev.knowledgegraph.tck.Scribe.edgeId;
import static dev.knowledgegraph.tck.Scribe.nodeId;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Analysis.LinkMeasure;
import dev.knowledgegraph.query.GraphPattern;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.Metric;
import dev.knowledgegraph.query.Moment;
import dev.knowledgegraph.query.Traversal;
import dev.knowledgegraph.query.Views.PatternKind;
import dev.knowledgegraph.query.Views.TimelineUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Questions of every kind that {@link Answers} does not ask, about what {@link RandomCommands}
 * make.
 */
public final class RandomQueries {
  private static final int SOME = 50;

  private RandomQueries() {}

  /** One or more of each kind. */
  public static List<GraphQuery<?>> all(GraphId graph, Random random) {
    var one = node(random);
    var other = node(random);
    var direction = List.of(Direction.values()).get(random.nextInt(3));
    var types =
        random.nextBoolean() ? Set.<EdgeType>of() : Set.of(EdgeType.RELATED, EdgeType.of("drew"));
    var queries =
        new ArrayList<GraphQuery<?>>(
            List.of(
                new GraphQuery.GetGraph(graph),
                new GraphQuery.FindNode(graph, one),
                new GraphQuery.FindNeighbors(graph, one, 2, direction, types, SOME),
                new GraphQuery.Traverse(
                    graph, Traversal.from(one).both().hops(0, 2).out().withoutStarts(), SOME),
                new GraphQuery.FindMatches(
                    graph, GraphPattern.of("a").at("a", one).linked("a", "b").edge("b", "c"), SOME),
                new GraphQuery.FindSubgraph(graph, List.of(one, other), 1, types, SOME),
                new GraphQuery.FindPath(graph, one, other, direction, types, false, 9),
                new GraphQuery.FindPath(graph, one, other, direction, types, true, 9),
                new GraphQuery.FindAllShortestPaths(graph, one, other, direction, types, SOME),
                new GraphQuery.FindShortestPaths(graph, one, other, direction, types, false, 4),
                new GraphQuery.GetStatistics(graph),
                new GraphQuery.SuggestCategories(graph, "ada category", SOME),
                new GraphQuery.NodeHistory(graph, one),
                new GraphQuery.EdgeHistory(graph, edgeId(1 + random.nextInt(9))),
                new GraphQuery.Compare(graph, new Moment.AtSequence(2), Moment.now()),
                new GraphQuery.Timeline(graph, TimelineUnit.DAY)));
    queries.addAll(someAnalyses(graph, one, random));
    for (PatternKind kind : PatternKind.values()) {
      queries.add(new GraphQuery.FindPatterns(graph, kind, SOME));
    }
    return queries;
  }

  // All of them every time would take most of the time of a test.
  private static List<GraphQuery<?>> someAnalyses(GraphId graph, NodeId node, Random random) {
    var metrics = List.of(Metric.values());
    var all =
        new ArrayList<GraphQuery<?>>(
            List.of(
                new GraphQuery.RankNodes(graph, metrics.get(random.nextInt(metrics.size())), SOME),
                new GraphQuery.FindCommunities(graph, 1, 0),
                new GraphQuery.FindComponents(graph, random.nextBoolean()),
                new GraphQuery.FindChains(graph, node, 4, SOME),
                new GraphQuery.AssessImpact(graph, node, SOME),
                new GraphQuery.PredictLinks(graph, node, LinkMeasure.ADAMIC_ADAR, SOME),
                new GraphQuery.MakeReport(graph, 5)));
    Collections.shuffle(all, random);
    return all.subList(0, 2);
  }

  private static NodeId node(Random random) {
    return nodeId(1L + random.nextInt(RandomCommands.NODES));
  }
}
