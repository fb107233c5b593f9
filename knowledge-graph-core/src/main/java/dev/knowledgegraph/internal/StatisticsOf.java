package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.query.Views.Statistics;
import dev.knowledgegraph.spi.GraphReader;
import java.util.Arrays;

/** Puts a state of a graph in numbers. */
final class StatisticsOf {
  private StatisticsOf() {}

  static Statistics graph(GraphReader reader, GraphRef graph, long at) {
    var counts = reader.counts(graph, at);
    var topology = Topology.read(reader, graph, at);
    int[] degrees = topology.degrees();
    double nodes = counts.nodes();
    return new Statistics(
        at,
        counts.nodes(),
        counts.edges(),
        counts.labels(),
        counts.types(),
        counts.tags(),
        Arrays.stream(topology.components()).distinct().count(),
        Arrays.stream(degrees).filter(degree -> degree == 0).count(),
        nodes < 2 ? 0 : counts.edges() / (nodes * (nodes - 1)),
        nodes == 0 ? 0 : 2 * counts.edges() / nodes,
        Arrays.stream(degrees).max().orElse(0));
  }
}
