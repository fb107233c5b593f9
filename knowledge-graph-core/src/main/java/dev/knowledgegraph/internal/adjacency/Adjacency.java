package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.internal.analytics.Arcs;
import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.EdgeShape;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a graph just after one of its commits, in arrays: compressed sparse rows of the
 * entries out of each node and into it. Immutable, may be shared between threads. Nodes are numbers
 * below {@link #size}; a number without a node belonged to one that ended since the arrays were
 * made.
 */
public final class Adjacency {
  /** What {@link #find} gives for a node that is not there. */
  public static final int ABSENT = NodeIndex.ABSENT;

  private final long position;
  private final NodeIndex index;
  private final BitSet ended;
  private final List<EdgeType> types;
  private final RowTable table;
  private final Rows out;
  private final Rows in;
  private final Rows both;
  private final long edges;
  private final Workspace.Pool workspaces;

  Adjacency(
      long position,
      NodeIndex index,
      BitSet ended,
      List<EdgeType> types,
      RowTable table,
      long edges,
      Workspace.Pool workspaces) {
    this.position = position;
    this.index = index;
    this.ended = ended;
    this.types = List.copyOf(types);
    this.table = table;
    this.out = table.out();
    this.in = table.in();
    this.both = table.both();
    this.edges = edges;
    this.workspaces = workspaces;
  }

  /** The sequence number of the commit after which this is the shape of the graph. */
  public long position() {
    return position;
  }

  /** How many nodes there are. */
  public int nodes() {
    return index.size() - ended.cardinality();
  }

  /** How many edges there are. */
  public long edges() {
    return edges;
  }

  /** One more than the largest number of a node. */
  public int size() {
    return index.size();
  }

  /** Whether a number has a node. */
  public boolean isLive(int number) {
    return !ended.get(number);
  }

  /** The number of a node, or {@link #ABSENT}. */
  public int find(NodeId id) {
    int number = index.find(id);
    return number >= 0 && ended.get(number) ? ABSENT : number;
  }

  public NodeId id(int number) {
    return index.id(Objects.checkIndex(number, index.size()));
  }

  /** Compares nodes by their ids. */
  public int compare(int a, int b) {
    return index.compare(a, b);
  }

  /** Whether weights are kept; without, each edge weighs 1. */
  public boolean hasWeights() {
    return table.hasWeights();
  }

  /** How many edges count for a node; in {@link Direction#BOTH} a self loop counts twice. */
  public int degree(int node, Direction direction) {
    return switch (direction) {
      case OUTGOING -> out.stop(node) - out.start(node);
      case INCOMING -> in.stop(node) - in.start(node);
      case BOTH -> once(out, node) + once(in, node);
    };
  }

  private static int once(Rows rows, int node) {
    int count = 0;
    for (int place = rows.start(node); place < rows.stop(node); place++) {
      count += Kind.isMirror(rows.kind(place)) ? 0 : 1;
    }
    return count;
  }

  /**
   * The nodes one hop away in any direction, each once, in ascending order; not the node itself.
   */
  public int[] neighbors(int node) {
    return IntStream.concat(
            IntStream.range(out.start(node), out.stop(node)).map(out::end),
            IntStream.range(in.start(node), in.stop(node)).map(in::end))
        .filter(other -> other != node)
        .distinct()
        .sorted()
        .toArray();
  }

  /** Shows each edge once, by the numbers of its stored ends. */
  public void forEachEdge(IntBinary action) {
    for (int node = 0; node < size(); node++) {
      for (int place = out.start(node); place < out.stop(node); place++) {
        if (!Kind.isMirror(out.kind(place))) {
          action.accept(node, out.end(place));
        }
      }
    }
  }

  /** Takes two numbers. */
  @FunctionalInterface
  public interface IntBinary {
    void accept(int source, int target);
  }

  /** The edges that are stored with {@code source} as their source: their types and targets. */
  public void forEachEdgeFrom(
      NodeId source, Collection<EdgeType> wanted, BiConsumer<EdgeType, NodeId> action) {
    int node = find(source);
    TypeFilter filter = filter(wanted);
    for (int place = node < 0 ? 0 : out.start(node); node >= 0 && place < out.stop(node); place++) {
      int kind = out.kind(place);
      if (!Kind.isMirror(kind) && filter.passes(kind)) {
        action.accept(type(kind), id(out.end(place)));
      }
    }
  }

  /** The shapes, by their stored ends, of the edges that lead from one node to another. */
  public Set<EdgeShape> shapesBetween(
      int from, int to, Direction direction, Collection<EdgeType> wanted) {
    var shapes = new LinkedHashSet<EdgeShape>();
    TypeFilter filter = filter(wanted);
    for (Rows rows : parts(direction)) {
      for (int place = rows.start(from); place < rows.stop(from); place++) {
        int kind = rows.kind(place);
        if (rows.end(place) == to && filter.passes(kind)) {
          // An entry out of a node is stored that way round if it is no mirror; into it, if it is.
          boolean isFromSource = (rows == out) != Kind.isMirror(kind);
          shapes.add(
              new EdgeShape(
                  id(isFromSource ? from : to), type(kind), id(isFromSource ? to : from)));
        }
      }
    }
    return shapes;
  }

  /** The edge types {@code wanted} as a filter; all if there are none. */
  TypeFilter filter(Collection<EdgeType> wanted) {
    return TypeFilter.of(types, wanted);
  }

  EdgeType type(int kind) {
    return types.get(Kind.type(kind));
  }

  List<EdgeType> types() {
    return types;
  }

  Rows out() {
    return out;
  }

  Rows in() {
    return in;
  }

  NodeIndex index() {
    return index;
  }

  BitSet ended() {
    return ended;
  }

  Workspace.Pool workspaces() {
    return workspaces;
  }

  RowTable table() {
    return table;
  }

  /** The rows whose entries lead on in a direction. */
  Rows rows(Direction direction) {
    return switch (direction) {
      case OUTGOING -> out;
      case INCOMING -> in;
      case BOTH -> both;
    };
  }

  /** The same, those out of nodes and those into them apart. */
  private List<Rows> parts(Direction direction) {
    return direction == Direction.BOTH ? List.of(out, in) : List.of(rows(direction));
  }

  /**
   * The arcs along which edges can be followed; a bidirectional edge is two, a self loop one. What
   * whole-graph algorithms need: no number without a node, and numbers in the order of the ids.
   */
  public Arcs arcs() {
    requireCanonical();
    return arcs(false);
  }

  /** Each edge once, from its source to its target as stored. */
  public Arcs edgeArcs() {
    requireCanonical();
    return arcs(true);
  }

  private Arcs arcs(boolean once) {
    int count = 0;
    for (int node = 0; node < size(); node++) {
      count += once ? once(out, node) : out.stop(node) - out.start(node);
    }
    int[] sources = new int[count];
    int[] targets = new int[count];
    double[] weights = hasWeights() ? new double[count] : null;
    int next = 0;
    for (int node = 0; node < size(); node++) {
      for (int place = out.start(node); place < out.stop(node); place++) {
        if (!once || !Kind.isMirror(out.kind(place))) {
          sources[next] = node;
          targets[next] = out.end(place);
          if (weights != null) {
            weights[next] = out.weight(place);
          }
          next++;
        }
      }
    }
    return Arcs.of(size(), sources, targets, weights);
  }

  private void requireCanonical() {
    if (!isCanonical()) {
      throw new IllegalStateException("expected arrays in order; compact them first");
    }
  }

  /** Whether every number has a node, in the order of the ids, and no place is wasted. */
  public boolean isCanonical() {
    if (!ended.isEmpty() || table.wasted() > 0) {
      return false;
    }
    for (int node = 1; node < size(); node++) {
      if (index.compare(node - 1, node) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** The same in arrays without gaps, numbered by id. Linear time but for the sorting of ids. */
  public Adjacency compacted() {
    return isCanonical() ? this : AdjacencyBuilder.copy(this);
  }

  /** How much of the arrays is in use no more, from 0 to 1. */
  double waste() {
    double all = 1.0 + table.count() + table.wasted() + index.size();
    return (table.wasted() + ended.cardinality()) / all;
  }

  /** The heap this takes. */
  public long bytes() {
    return index.bytes() + table.bytes() + ended.size() / 8;
  }

  /** The type codes of these edge types, or null where no type was asked for. */
  static final class TypeFilter {
    private static final TypeFilter ALL = new TypeFilter(null);

    private final boolean @Nullable [] wanted;

    private TypeFilter(boolean @Nullable [] wanted) {
      this.wanted = wanted;
    }

    static TypeFilter of(List<EdgeType> types, Collection<EdgeType> wanted) {
      if (wanted.isEmpty()) {
        return ALL;
      }
      boolean[] codes = new boolean[types.size()];
      for (int code = 0; code < codes.length; code++) {
        codes[code] = wanted.contains(types.get(code));
      }
      return new TypeFilter(codes);
    }

    boolean passesAll() {
      return wanted == null;
    }

    boolean passes(int kind) {
      return wanted == null || wanted[Kind.type(kind)];
    }
  }
}
