package dev.knowledgegraph.internal;

import dev.knowledgegraph.query.Analysis;
import dev.knowledgegraph.query.Views;
import java.util.Collection;
import java.util.Optional;

/** How many nodes, edges and counts are in an answer: a measure of its size that costs little. */
final class AnswerSize {
  private AnswerSize() {}

  static long of(Object answer) {
    return switch (answer) {
      case Optional<?> found -> found.map(AnswerSize::of).orElse(1L);
      case Collection<?> all -> sum(all);
      case Views.Neighborhood near -> 1L + near.neighbors().size();
      case Views.Route route -> route.nodes().size() + route.edges().size();
      case Views.Subgraph part -> part.nodes().size() + part.edges().size();
      case Views.Pattern pattern -> pattern.nodes().size();
      case Views.Statistics all ->
          1L + all.labels().size() + all.types().size() + all.tags().size();
      case Analysis.Ranking ranking -> ranking.nodes().size();
      case Analysis.Communities all -> sum(all.communities());
      case Analysis.Community community -> 1L + community.size();
      case Analysis.Component component -> component.members().size();
      case Analysis.Chains all -> sum(all.chains());
      case Analysis.Chain chain -> chain.nodes().size();
      case Analysis.Impact impact -> 1L + impact.affected().size();
      case Analysis.Report report -> of(report);
      default -> 1;
    };
  }

  private static long of(Analysis.Report report) {
    return of(report.statistics())
        + of(report.communities())
        + sum(report.hubs())
        + sum(report.central())
        + sum(report.bridges())
        + sum(report.surprising())
        + sum(report.orphans())
        + sum(report.suggestions())
        + sum(report.growth());
  }

  private static long sum(Collection<?> parts) {
    return parts.stream().mapToLong(AnswerSize::of).sum();
  }
}
