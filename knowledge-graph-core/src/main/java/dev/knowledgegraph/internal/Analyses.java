package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacencies;
import dev.knowledgegraph.internal.analytics.Chains;
import dev.knowledgegraph.internal.analytics.Impact;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.query.Analysis;
import dev.knowledgegraph.query.GraphQuery.AssessImpact;
import dev.knowledgegraph.query.GraphQuery.FindChains;
import dev.knowledgegraph.query.GraphQuery.FindCommunities;
import dev.knowledgegraph.query.GraphQuery.FindComponents;
import dev.knowledgegraph.query.GraphQuery.MakeReport;
import dev.knowledgegraph.query.GraphQuery.PredictLinks;
import dev.knowledgegraph.query.GraphQuery.RankNodes;
import dev.knowledgegraph.query.ProgressListener;
import dev.knowledgegraph.spi.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Answers questions about one state of a graph as a whole. */
final class Analyses {
  private static final long CHAIN_STEPS = 1_000_000;
  private static final int BRANCHES = 4;

  private final Storage storage;
  private final Adjacencies adjacencies;
  private final CommunityDetection detection;
  private final GraphRef graph;
  private final long at;
  private final ProgressListener listener;

  /** At a sequence number that the log has come to. */
  Analyses(
      Storage storage,
      Adjacencies adjacencies,
      CommunityDetection detection,
      GraphRef graph,
      long at,
      ProgressListener listener) {
    this.storage = storage;
    this.adjacencies = adjacencies;
    this.detection = detection;
    this.graph = graph;
    this.at = at;
    this.listener = listener;
  }

  private GraphAnalysis analysis(boolean weighted) {
    return new GraphAnalysis(storage, graph, adjacencies.get(graph, at, weighted), listener);
  }

  Analysis.Ranking rank(RankNodes query) {
    return analysis(false).rank(query.metric(), query.limit());
  }

  List<Analysis.Component> components(FindComponents query) {
    return analysis(false).components(query.strong());
  }

  List<Analysis.PossibleLink> predict(PredictLinks query) {
    return analysis(false).predict(query.node(), query.measure(), query.limit());
  }

  Analysis.Communities communities(FindCommunities query) {
    return detection.find(analysis(true), graph, query.resolution(), query.seed());
  }

  Analysis.Chains chains(FindChains query) {
    var analysis = analysis(true);
    int start = analysis.number(query.node());
    var found =
        Chains.of(
            analysis.adjacency().arcs(),
            detection.usual(analysis, graph).labels(),
            start,
            new Chains.Settings(
                query.depth(), BRANCHES, Math.max(query.limit(), 10_000), CHAIN_STEPS),
            analysis.step("chains"));
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

  Analysis.Impact impact(AssessImpact query) {
    var analysis = analysis(true);
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

  Analysis.Report report(MakeReport query) {
    var analysis = analysis(true);
    var division = detection.usual(analysis, graph);
    return new Reporting(storage, graph, analysis, division, query.limit())
        .report(detection.find(analysis, graph, 1, 0));
  }
}
