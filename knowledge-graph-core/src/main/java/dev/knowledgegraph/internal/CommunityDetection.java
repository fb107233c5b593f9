package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.analytics.Arcs;
import dev.knowledgegraph.internal.analytics.Cohesion;
import dev.knowledgegraph.internal.analytics.Leiden;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Analysis.Communities;
import dev.knowledgegraph.query.Analysis.Community;
import dev.knowledgegraph.spi.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides graphs into communities, and remembers the last few divisions: chains, impact and reports
 * go by them.
 */
final class CommunityDetection {
  /** Larger graphs are searched once, smaller ones again and again for something better. */
  private static final int SMALL = 20_000;

  private static final int REMEMBERED = 8;

  private final Storage storage;
  private final CommunityIds ids;
  private final LinkedHashMap<Question, Division> divisions =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Division> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Question(GraphRef graph, long at, double resolution, long seed) {}

  CommunityDetection(Storage storage) {
    this.storage = storage;
    this.ids = new CommunityIds(storage);
  }

  /**
   * A division of numbered nodes.
   *
   * @param communities of each node, from 0, the largest first
   * @param names of each community
   */
  record Division(
      double modularity, List<Integer> communities, List<String> names, List<Integer> ids) {
    int[] labels() {
      return communities.stream().mapToInt(label -> label).toArray();
    }
  }

  /** The communities with which other questions go. */
  Division usual(GraphAnalysis analysis, GraphRef graph) {
    return divide(analysis, graph, 1, 0);
  }

  Communities find(GraphAnalysis analysis, GraphRef graph, double resolution, long seed) {
    var division = divide(analysis, graph, resolution, seed);
    int[] labels = division.labels();
    int count = division.names().size();
    Adjacency adjacency = analysis.adjacency();
    var members = new ArrayList<List<NodeId>>();
    for (int community = 0; community < count; community++) {
      members.add(new ArrayList<>());
    }
    for (int node = 0; node < labels.length; node++) {
      members.get(labels[node]).add(adjacency.id(node));
    }
    var cohesion = Cohesion.of(weighted(analysis), labels, count);
    int[] central = cohesion.centralNodes();
    var nodes = analysis.nodes(central);
    var communities = new ArrayList<Community>();
    for (int community = 0; community < count; community++) {
      var middle = analysis.node(nodes, central[community]);
      String name = division.names().get(community);
      communities.add(
          new Community(
              division.ids().get(community),
              name.isEmpty() ? middle.displayName() : name,
              cohesion.shares()[community],
              middle,
              members.get(community)));
    }
    return new Communities(division.modularity(), communities);
  }

  private Division divide(GraphAnalysis analysis, GraphRef graph, double resolution, long seed) {
    Adjacency adjacency = analysis.adjacency();
    var question = new Question(graph, adjacency.position(), resolution, seed);
    synchronized (divisions) {
      Division known = divisions.get(question);
      if (known != null) {
        return known;
      }
    }
    Arcs arcs = weighted(analysis);
    var settings = adjacency.edges() <= SMALL ? Leiden.Settings.THOROUGH : Leiden.Settings.DEFAULT;
    var leiden =
        Leiden.of(
            arcs, settings.withResolution(resolution).withSeed(seed), analysis.step("communities"));
    int[] labels = leiden.communities();
    boolean isLatest = adjacency.position() == storage.head(graph).sequence();
    int[] stable =
        ids.of(graph, adjacency, labels, leiden.count(), isLatest && resolution == 1 && seed == 0);
    var division =
        new Division(
            leiden.modularity(),
            Arrays.stream(labels).boxed().toList(),
            CommunityNames.of(
                storage, graph, adjacency, labels, leiden.count(), analysis.step("names")),
            Arrays.stream(stable).boxed().toList());
    synchronized (divisions) {
      divisions.put(question, division);
    }
    return division;
  }

  /** The edges both ways; negative weights count as 0. */
  private static Arcs weighted(GraphAnalysis analysis) {
    return analysis.undirected().withoutNegativeWeights();
  }
}
