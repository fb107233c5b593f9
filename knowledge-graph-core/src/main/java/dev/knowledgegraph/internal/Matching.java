package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.adjacency.PatternSearch;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.GraphPattern;
import dev.knowledgegraph.query.GraphPattern.Place;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.Views.Matches;
import dev.knowledgegraph.query.Views.PatternMatch;
import dev.knowledgegraph.spi.GraphReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Looks for a pattern in one state of a graph: its edges in arrays, what nodes hold in the storage,
 * which is asked for many nodes at a time and once for each.
 */
final class Matching {
  /** How many entries of rows may be looked at. */
  private static final long WORK = 50_000_000;

  private final GraphReader reader;
  private final GraphRef graph;
  private final Adjacency adjacency;
  private final GraphPattern pattern;
  private final List<String> names;
  private final List<Place> places;
  private final List<BitSet> asked = new ArrayList<>();
  private final List<BitSet> passing = new ArrayList<>();

  Matching(GraphReader reader, GraphRef graph, Adjacency adjacency, GraphPattern pattern) {
    this.reader = reader;
    this.graph = graph;
    this.adjacency = adjacency;
    this.pattern = pattern;
    this.names = List.copyOf(pattern.places().sequencedKeySet());
    this.places = List.copyOf(pattern.places().sequencedValues());
    for (int i = 0; i < places.size(); i++) {
      asked.add(new BitSet());
      passing.add(new BitSet());
    }
  }

  Matches find(int limit) {
    var ties = new PatternSearch.Ties(adjacency);
    pattern
        .ties()
        .forEach(
            tie ->
                ties.add(
                    names.indexOf(tie.from()),
                    names.indexOf(tie.to()),
                    tie.isDirected(),
                    tie.types()));
    int first = first();
    var search =
        new PatternSearch(adjacency, places.size(), ties, this::passing, first, limit + 1, WORK);
    var found = search.run(starts(first));
    boolean isComplete = search.isComplete() && found.size() <= limit;
    return new Matches(named(found.subList(0, Math.min(limit, found.size()))), isComplete);
  }

  /** The place at which the fewest nodes may stand. */
  private int first() {
    int first = 0;
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < places.size(); i++) {
      long count = count(places.get(i));
      if (count < fewest) {
        fewest = count;
        first = i;
      }
    }
    return first;
  }

  private long count(Place place) {
    if (!place.nodes().isEmpty()) {
      return place.nodes().size();
    }
    return place.isAny() ? adjacency.nodes() : page(place, new Page.Request(1, null)).total();
  }

  private Page<Node> page(Place place, Page.Request request) {
    return reader.listNodes(
        graph, place.filter(), NodeSort.created(), request, adjacency.position());
  }

  /** Who may stand at a place, by their ids. */
  private int[] starts(int first) {
    Place place = places.get(first);
    IntStream numbers;
    if (!place.nodes().isEmpty()) {
      numbers = place.nodes().stream().mapToInt(adjacency::find).filter(number -> number >= 0);
    } else if (place.isAny()) {
      numbers = IntStream.range(0, adjacency.size()).filter(adjacency::isLive);
    } else {
      numbers = listed(place).stream().mapToInt(adjacency::find);
    }
    int[] sorted = numbers.boxed().sorted(adjacency::compare).mapToInt(n -> n).toArray();
    return place.nodes().isEmpty() ? sorted : passing(first, sorted);
  }

  private List<NodeId> listed(Place place) {
    var ids = new ArrayList<NodeId>();
    String after = null;
    do {
      var page = page(place, new Page.Request(Page.MAX_SIZE, after));
      page.items().forEach(node -> ids.add(node.id()));
      after = page.next();
    } while (after != null);
    return ids;
  }

  private int[] passing(int number, int[] candidates) {
    Place place = places.get(number);
    if (place.isAny()) {
      return candidates;
    }
    BitSet known = asked.get(number);
    int[] unknown = Arrays.stream(candidates).filter(each -> !known.get(each)).toArray();
    if (unknown.length > 0) {
      ask(place, unknown, passing.get(number));
      Arrays.stream(unknown).forEach(known::set);
    }
    return Arrays.stream(candidates).filter(passing.get(number)::get).toArray();
  }

  private void ask(Place place, int[] numbers, BitSet passing) {
    var ids = new HashSet<NodeId>();
    for (int number : numbers) {
      NodeId id = adjacency.id(number);
      if (place.nodes().isEmpty() || place.nodes().contains(id)) {
        ids.add(id);
      }
    }
    for (Node node : reader.nodes(graph, ids, adjacency.position()).values()) {
      if (place.filter().matches(node)) {
        passing.set(adjacency.find(node.id()));
      }
    }
  }

  private List<PatternMatch> named(List<int[]> found) {
    var ids = new HashSet<NodeId>();
    found.forEach(match -> Arrays.stream(match).mapToObj(adjacency::id).forEach(ids::add));
    Map<NodeId, Node> nodes = reader.nodes(graph, ids, adjacency.position());
    var matches = new ArrayList<PatternMatch>();
    for (int[] match : found) {
      var named = new LinkedHashMap<String, Node>();
      for (int i = 0; i < match.length; i++) {
        named.put(names.get(i), Lookups.present(nodes, adjacency.id(match[i])));
      }
      matches.add(new PatternMatch(named));
    }
    return matches;
  }
}
