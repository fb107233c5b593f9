package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.adjacency.Adjacency;
import dev.knowledgegraph.internal.adjacency.Paths;
import dev.knowledgegraph.internal.adjacency.Reach;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.EdgeShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes along arrays in memory. */
final class ArrayHops implements Hops {
  private final Adjacency adjacency;

  ArrayHops(Adjacency adjacency) {
    this.adjacency = adjacency;
  }

  @Override
  public Map<NodeId, Integer> within(
      Collection<NodeId> starts, int depth, Direction direction, Set<EdgeType> types) {
    int[] from = starts.stream().mapToInt(adjacency::find).filter(n -> n >= 0).toArray();
    var reach = Reach.within(adjacency, from, depth, direction, types);
    Map<NodeId, Integer> distances = LinkedHashMap.newLinkedHashMap(reach.nodes().length);
    int place = 0;
    for (int hop = 0; hop < reach.levels().length; hop++) {
      for (; place < reach.levels()[hop]; place++) {
        distances.put(adjacency.id(reach.nodes()[place]), hop);
      }
    }
    return distances;
  }

  @Override
  public Set<EdgeShape> among(Set<NodeId> nodes, Set<EdgeType> types) {
    var shapes = new HashSet<EdgeShape>();
    for (NodeId node : nodes) {
      adjacency.forEachEdgeFrom(
          node,
          types,
          (type, target) -> {
            if (nodes.contains(target)) {
              shapes.add(new EdgeShape(node, type, target));
            }
          });
    }
    return shapes;
  }

  @Override
  public Optional<Way> shortest(
      NodeId source, NodeId target, Direction direction, Set<EdgeType> types, int maxHops) {
    int from = adjacency.find(source);
    int to = adjacency.find(target);
    return from < 0 || to < 0
        ? Optional.empty()
        : way(new Paths(adjacency, direction, types).shortest(from, to, maxHops), direction, types);
  }

  @Override
  public List<Way> allShortest(
      NodeId source, NodeId target, Direction direction, Set<EdgeType> types, int limit) {
    int from = adjacency.find(source);
    int to = adjacency.find(target);
    return from < 0 || to < 0
        ? List.of()
        : ways(
            new Paths(adjacency, direction, types).allShortest(from, to, limit), direction, types);
  }

  /** The {@code k} shortest ways without a node twice. */
  List<Way> shortest(
      NodeId source,
      NodeId target,
      Direction direction,
      Set<EdgeType> types,
      boolean weighted,
      int k) {
    int from = adjacency.find(source);
    int to = adjacency.find(target);
    return from < 0 || to < 0
        ? List.of()
        : ways(
            new Paths(adjacency, direction, types).shortest(from, to, weighted, k),
            direction,
            types);
  }

  @Override
  public Optional<Way> lightest(
      NodeId source, NodeId target, Direction direction, Set<EdgeType> types) {
    int from = adjacency.find(source);
    int to = adjacency.find(target);
    return from < 0 || to < 0
        ? Optional.empty()
        : way(new Paths(adjacency, direction, types).lightest(from, to), direction, types);
  }

  private List<Way> ways(List<int[]> paths, Direction direction, Set<EdgeType> types) {
    return paths.stream().flatMap(path -> way(path, direction, types).stream()).toList();
  }

  private Optional<Way> way(int @Nullable [] path, Direction direction, Set<EdgeType> types) {
    if (path == null) {
      return Optional.empty();
    }
    var hops = new ArrayList<Set<EdgeShape>>();
    for (int i = 1; i < path.length; i++) {
      hops.add(adjacency.shapesBetween(path[i - 1], path[i], direction, types));
    }
    return Optional.of(new Way(Arrays.stream(path).mapToObj(adjacency::id).toList(), hops));
  }
}
