package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.analytics.Components;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.query.Views.Statistics;
import dev.knowledgegraph.spi.GraphReader;

/** Puts a state of a graph in numbers. */
final class StatisticsOf {
  private StatisticsOf() {}

  /** By arrays in the order of the ids. */
  static Statistics graph(GraphReader reader, GraphRef graph, Adjacency adjacency) {
    var counts = reader.counts(graph, adjacency.position());
    long orphans = 0;
    long maxDegree = 0;
    for (int node = 0; node < adjacency.size(); node++) {
      int degree = adjacency.degree(node, Direction.BOTH);
      orphans += degree == 0 ? 1 : 0;
      maxDegree = Math.max(maxDegree, degree);
    }
    double nodes = counts.nodes();
    return new Statistics(
        adjacency.position(),
        counts.nodes(),
        counts.edges(),
        counts.labels(),
        counts.types(),
        counts.tags(),
        Components.of(adjacency.arcs()).count(),
        orphans,
        nodes < 2 ? 0 : counts.edges() / (nodes * (nodes - 1)),
        nodes == 0 ? 0 : 2 * counts.edges() / nodes,
        maxDegree);
  }
}
