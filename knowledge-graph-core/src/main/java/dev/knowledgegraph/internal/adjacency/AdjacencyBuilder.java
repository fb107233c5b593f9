package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.ShapeSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link Adjacency} of what a storage reads: nodes are numbered in the order of their ids
 * when the first edge comes, so that the same graph gives the same arrays whatever the order of the
 * storage.
 */
final class AdjacencyBuilder implements ShapeSink {
  private record Numbered(NodeId id, int number) {}

  private final long position;
  private final List<Numbered> nodes = new ArrayList<>();
  private final Map<EdgeType, Integer> codes = new HashMap<>();
  private final List<EdgeType> types = new ArrayList<>();
  private final Entries entries;
  private int[] sources = new int[1024];
  private int @Nullable [] numberOf;
  private long edges;

  /**
   * For the state just after a commit.
   *
   * @param weighted whether to keep the weights of the edges
   */
  AdjacencyBuilder(long position, boolean weighted) {
    this.position = position;
    this.entries = new Entries(1024, weighted);
  }

  @Override
  public void node(int number, NodeId id) {
    nodes.add(new Numbered(id, number));
  }

  /** The new number of each of the storage's. */
  private int[] ordered() {
    if (numberOf == null) {
      nodes.sort(Comparator.comparing(Numbered::id));
      int largest = nodes.stream().mapToInt(Numbered::number).max().orElse(-1);
      numberOf = new int[largest + 1];
      Arrays.fill(numberOf, -1);
      for (int i = 0; i < nodes.size(); i++) {
        numberOf[nodes.get(i).number()] = i;
      }
    }
    return numberOf;
  }

  @Override
  public void edge(int source, int target, EdgeType type, boolean directed, double weight) {
    int[] numbers = ordered();
    edge(numbers[source], numbers[target], code(type), directed, weight);
  }

  private void edge(int source, int target, int code, boolean directed, double weight) {
    edges++;
    entry(source, target, Kind.of(code, false), weight);
    if (!directed && source != target) {
      entry(target, source, Kind.of(code, true), weight);
    }
  }

  private void entry(int source, int target, int kind, double weight) {
    if (entries.size == sources.length) {
      sources = Arrays.copyOf(sources, sources.length + sources.length / 2);
    }
    sources[entries.size] = source;
    entries.add(target, kind, weight);
  }

  private int code(EdgeType type) {
    return codes.computeIfAbsent(
        type,
        added -> {
          types.add(added);
          return types.size() - 1;
        });
  }

  Adjacency build() {
    ordered();
    int size = nodes.size();
    long[] ids = new long[2 * size];
    for (int i = 0; i < size; i++) {
      ids[2 * i] = nodes.get(i).id().value().getMostSignificantBits();
      ids[2 * i + 1] = nodes.get(i).id().value().getLeastSignificantBits();
    }
    nodes.clear();
    return new Adjacency(
        position,
        NodeIndex.of(ids),
        new BitSet(),
        types,
        RowTable.of(size, sources, entries),
        edges,
        new Workspace.Pool());
  }

  /** The same shape in new arrays. */
  static Adjacency copy(Adjacency adjacency) {
    var builder = new AdjacencyBuilder(adjacency.position(), adjacency.hasWeights());
    for (int node = 0; node < adjacency.size(); node++) {
      if (adjacency.isLive(node)) {
        builder.node(node, adjacency.id(node));
      }
    }
    int[] numbers = builder.ordered();
    Rows out = adjacency.out();
    for (int node = 0; node < adjacency.size(); node++) {
      for (int place = out.start(node); place < out.stop(node); place++) {
        int kind = out.kind(place);
        builder.entry(numbers[node], numbers[out.end(place)], kind, out.weight(place));
      }
    }
    builder.types.addAll(adjacency.types());
    builder.edges = adjacency.edges();
    return builder.build();
  }
}
