package dev.knowledgegraph.query;

import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small graph whose likes are looked for: places by name, which nodes may stand at them, and
 * edges between them. Immutable, so a beginning can be shared by several patterns.
 *
 * <pre>{@code
 * var people = NodeFilter.all().withLabels(List.of("Person"));
 * notes.match(
 *     GraphPattern.of("author", people)
 *         .edge("author", "WROTE", "book")
 *         .edge("critic", "PRAISED", "book")
 *         .where("critic", people),
 *     100);
 * }</pre>
 *
 * <p>A match puts a node of its own at each place. All places must hang together by edges.
 *
 * @param places by name, in the order in which they were first named
 * @param ties the edges there must be
 */
public record GraphPattern(SequencedMap<String, Place> places, List<Tie> ties) {
  /** The most places. */
  public static final int MOST_PLACES = 16;

  public GraphPattern {
    if (places.isEmpty() || places.size() > MOST_PLACES) {
      throw new IllegalArgumentException(
          "expected 1 to " + MOST_PLACES + " places, found " + places.size());
    }
    places = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(places));
    ties = List.copyOf(ties);
  }

  /**
   * Which nodes may stand at a place.
   *
   * @param nodes only these; empty for any
   */
  public record Place(NodeFilter filter, Set<NodeId> nodes) {
    private static final Place ANY = new Place(NodeFilter.all(), Set.of());

    public Place {
      nodes = Set.copyOf(nodes);
    }

    /** Whether any node may stand there. */
    public boolean isAny() {
      return equals(ANY);
    }
  }

  /**
   * An edge between two places.
   *
   * @param isDirected whether it must lead from the first to the second
   * @param types empty for all
   */
  public record Tie(String from, String to, boolean isDirected, Set<EdgeType> types) {
    public Tie {
      types = Set.copyOf(types);
    }

    private String explain() {
      String type = types.stream().map(EdgeType::name).sorted().collect(Collectors.joining("|"));
      String line = type.isEmpty() ? "--" : "-[" + type + "]-";
      return "(" + from + ")" + line + (isDirected ? ">" : "") + "(" + to + ")";
    }
  }

  /** One place, at which any node may stand. */
  public static GraphPattern of(String place) {
    return of(place, NodeFilter.all());
  }

  /** One place, at which a node may stand that a filter lets pass. */
  public static GraphPattern of(String place, NodeFilter filter) {
    var places = new LinkedHashMap<String, Place>();
    places.put(place, new Place(filter, Set.of()));
    return new GraphPattern(places, List.of());
  }

  /** An edge of a type that leads from one place to another; places are made as they are named. */
  public GraphPattern edge(String from, String type, String to) {
    var input = EdgeType.parse(type);
    return input.turned()
        ? tie(new Tie(to, from, true, Set.of(input.type())))
        : tie(new Tie(from, to, true, Set.of(input.type())));
  }

  /** An edge of any type that leads from one place to another. */
  public GraphPattern edge(String from, String to) {
    return tie(new Tie(from, to, true, Set.of()));
  }

  /** An edge between two places whatever its direction, of these types or of any. */
  public GraphPattern linked(String one, String other, String... types) {
    return tie(
        new Tie(
            one,
            other,
            false,
            Stream.of(types).map(type -> EdgeType.parse(type).type()).collect(Collectors.toSet())));
  }

  private GraphPattern tie(Tie tie) {
    var more = new LinkedHashMap<>(places);
    more.putIfAbsent(tie.from(), Place.ANY);
    more.putIfAbsent(tie.to(), Place.ANY);
    return new GraphPattern(more, Stream.concat(ties.stream(), Stream.of(tie)).toList());
  }

  /** Only a node that a filter lets pass may stand at a place. */
  public GraphPattern where(String place, NodeFilter filter) {
    return with(place, new Place(filter, place(place).nodes()));
  }

  /** Only one of these nodes may stand at a place. */
  public GraphPattern at(String place, NodeId... nodes) {
    return with(place, new Place(place(place).filter(), Set.copyOf(List.of(nodes))));
  }

  private GraphPattern with(String name, Place place) {
    var changed = new LinkedHashMap<>(places);
    changed.put(name, place);
    return new GraphPattern(changed, ties);
  }

  private Place place(String name) {
    return places.getOrDefault(name, Place.ANY);
  }

  /** Whether all places hang together by edges; only such patterns are looked for. */
  public boolean isConnected() {
    var reached = new TreeSet<String>(Set.of(places.firstEntry().getKey()));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Tie tie : ties) {
        if (reached.contains(tie.from()) || reached.contains(tie.to())) {
          grows |= reached.addAll(List.of(tie.from(), tie.to()));
        }
      }
    }
    return reached.size() == places.size();
  }

  /** What is looked for, a line for each place that not any node may stand at and for each edge. */
  public String explain() {
    var lines = new ArrayList<String>();
    for (Map.Entry<String, Place> each : places.entrySet()) {
      Place place = each.getValue();
      var conditions = new ArrayList<String>();
      if (!place.nodes().isEmpty()) {
        conditions.add("one of " + place.nodes().size() + " given");
      }
      if (!place.filter().equals(NodeFilter.all())) {
        conditions.add(place.filter().explain());
      }
      if (!conditions.isEmpty() || ties.isEmpty()) {
        lines.add("(" + each.getKey() + ") " + String.join(", ", conditions));
      }
    }
    ties.forEach(tie -> lines.add(tie.explain()));
    return String.join("\n", lines);
  }
}
