package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacencies;
import dev.knowledgegraph.internal.analytics.Chains;
import dev.knowledgegraph.internal.analytics.Impact;
import dev.knowledgegraph.internal.analytics.Progress;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.query.Analysis;
import dev.knowledgegraph.query.GraphQuery.AssessImpact;
import dev.knowledgegraph.query.GraphQuery.FindChains;
import dev.knowledgegraph.query.GraphQuery.FindCommunities;
import dev.knowledgegraph.query.GraphQuery.FindComponents;
import dev.knowledgegraph.query.GraphQuery.MakeReport;
import dev.knowledgegraph.query.GraphQuery.PredictLinks;
import dev.knowledgegraph.query.GraphQuery.RankNodes;
import dev.knowledgegraph.spi.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Answers questions about graphs as a whole, each about one state. */
final class Analyses {
  private static final long CHAIN_STEPS = 1_000_000;
  private static final int BRANCHES = 4;

  private final Storage storage;
  private final Adjacencies adjacencies;
  private final CommunityDetection detection;

  Analyses(Storage storage, Adjacencies adjacencies) {
    this.storage = storage;
    this.adjacencies = adjacencies;
    this.detection = new CommunityDetection(storage);
  }

  private GraphAnalysis analysis(GraphRef graph, long at, boolean weighted) {
    return new GraphAnalysis(storage, graph, adjacencies.get(graph, at, weighted));
  }

  Analysis.Ranking rank(RankNodes query, GraphRef graph, long at) {
    return analysis(graph, at, false).rank(query.metric(), query.limit());
  }

  List<Analysis.Component> components(FindComponents query, GraphRef graph, long at) {
    return analysis(graph, at, false).components(query.strong());
  }

  List<Analysis.PossibleLink> predict(PredictLinks query, GraphRef graph, long at) {
    return analysis(graph, at, false).predict(query.node(), query.measure(), query.limit());
  }

  Analysis.Communities communities(FindCommunities query, GraphRef graph, long at) {
    return detection.find(analysis(graph, at, true), graph, query.resolution(), query.seed());
  }

  Analysis.Chains chains(FindChains query, GraphRef graph, long at) {
    var analysis = analysis(graph, at, true);
    int start = analysis.number(query.node());
    var found =
        Chains.of(
            analysis.adjacency().arcs(),
            detection.usual(analysis, graph).labels(),
            start,
            new Chains.Settings(
                query.depth(), BRANCHES, Math.max(query.limit(), 10_000), CHAIN_STEPS),
            Progress.NONE);
    var shown = found.chains().stream().limit(query.limit()).toList();
    var nodes =
        analysis.nodes(
            shown.stream().flatMapToInt(chain -> Arrays.stream(chain.nodes())).toArray());
    return new Analysis.Chains(
        shown.stream()
            .map(
                chain ->
                    new Analysis.Chain(
                        Arrays.stream(chain.nodes())
                            .mapToObj(node -> analysis.node(nodes, node))
                            .toList(),
                        chain.weight(),
                        chain.communities()))
            .toList(),
        found.cut());
  }

  Analysis.Impact impact(AssessImpact query, GraphRef graph, long at) {
    var analysis = analysis(graph, at, true);
    int removed = analysis.number(query.node());
    var division = detection.usual(analysis, graph);
    var found =
        Impact.of(analysis.undirected().withoutNegativeWeights(), division.labels(), removed);
    var shown = found.affected().stream().limit(query.limit()).toList();
    var nodes =
        analysis.nodes(
            IntStream.concat(
                    IntStream.of(removed), shown.stream().mapToInt(affected -> affected.node()))
                .toArray());
    return new Analysis.Impact(
        analysis.node(nodes, removed),
        risk(found.risk()),
        found.affected().size(),
        shown.stream()
            .map(
                affected ->
                    new Analysis.Affected(
                        analysis.node(nodes, affected.node()),
                        affected.distance(),
                        affected.lost(),
                        affected.cutOff(),
                        tier(affected.tier())))
            .toList(),
        Arrays.stream(found.communities())
            .mapToObj(community -> division.names().get(community))
            .filter(name -> !name.isEmpty())
            .toList());
  }

  private static Analysis.Risk risk(Impact.Risk risk) {
    return switch (risk) {
      case LOW -> Analysis.Risk.LOW;
      case MEDIUM -> Analysis.Risk.MEDIUM;
      case HIGH -> Analysis.Risk.HIGH;
      case CRITICAL -> Analysis.Risk.CRITICAL;
    };
  }

  private static Analysis.Tier tier(Impact.Tier tier) {
    return switch (tier) {
      case WILL_BREAK -> Analysis.Tier.WILL_BREAK;
      case LIKELY_AFFECTED -> Analysis.Tier.LIKELY_AFFECTED;
      case MAY_AFFECT -> Analysis.Tier.MAY_AFFECT;
    };
  }

  Analysis.Report report(MakeReport query, GraphRef graph, long at) {
    var analysis = analysis(graph, at, true);
    var division = detection.usual(analysis, graph);
    return new Reporting(storage, graph, analysis, division, query.limit())
        .report(detection.find(analysis, graph, 1, 0));
  }
}
