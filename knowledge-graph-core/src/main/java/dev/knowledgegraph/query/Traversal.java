package dev.knowledgegraph.query;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A way through a graph, put together step by step: where it begins, along which edges it goes, and
 * which nodes it keeps. Immutable, so a beginning can be shared by several ways.
 *
 * <pre>{@code
 * var machines = NodeFilter.all().withLabels(List.of("Machine"));
 * notes.traverse(Traversal.from(ada).out("DESCRIBED").hops(1, 3).where(machines));
 * }</pre>
 *
 * <p>After each step there is a set of nodes; a node that is come to in several ways is in it once.
 *
 * @param starts where it begins; those that are not there are left out
 * @param steps in their order
 */
public record Traversal(List<NodeId> starts, List<Step> steps) {
  /** The most hops of one step. */
  public static final int MOST_HOPS = 100;

  public Traversal {
    starts = List.copyOf(starts);
    steps = List.copyOf(steps);
  }

  /** What is done with the nodes come to so far. New cases may come in a minor release. */
  public sealed interface Step {
    /** Says what it does. */
    String explain();
  }

  /**
   * Goes on to the nodes that are at least {@code least} and at most {@code most} hops away from
   * the nearest of those before.
   *
   * @param types empty for all
   */
  public record Go(Direction direction, Set<EdgeType> types, int least, int most) implements Step {
    public Go {
      types = Set.copyOf(types);
      if (least < 0 || most < least || most > MOST_HOPS) {
        throw new IllegalArgumentException(
            "expected hops from 0 to "
                + MOST_HOPS
                + ", the first number not above the second; found "
                + least
                + " to "
                + most);
      }
    }

    @Override
    public String explain() {
      String along =
          types.isEmpty()
              ? "all edges"
              : types.stream().map(EdgeType::name).sorted().collect(Collectors.joining(", "));
      String hops = least == most ? String.valueOf(most) : least + " to " + most;
      return "go "
          + hops
          + (most == 1 ? " hop " : " hops ")
          + (direction == Direction.BOTH ? "either way" : direction.code())
          + " along "
          + along;
    }
  }

  /** Keeps the nodes that a filter lets pass. */
  public record Keep(NodeFilter filter) implements Step {
    @Override
    public String explain() {
      return filter.equals(NodeFilter.all())
          ? "keep all nodes"
          : "keep nodes by " + filter.explain();
    }
  }

  /** Leaves out the nodes where it began. */
  public record WithoutStarts() implements Step {
    @Override
    public String explain() {
      return "leave out the nodes where it began";
    }
  }

  /** Begins at some nodes. */
  public static Traversal from(NodeId... starts) {
    return new Traversal(List.of(starts), List.of());
  }

  /** One hop along edges that lead away, of these types or of any. */
  public Traversal out(String... types) {
    return go(Direction.OUTGOING, types);
  }

  /** One hop along edges that lead here, of these types or of any. */
  public Traversal in(String... types) {
    return go(Direction.INCOMING, types);
  }

  /** One hop along edges whatever their direction, of these types or of any. */
  public Traversal both(String... types) {
    return go(Direction.BOTH, types);
  }

  private Traversal go(Direction direction, String... types) {
    var wanted =
        Arrays.stream(types)
            .map(type -> EdgeType.parse(type).type())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return with(new Go(direction, wanted, 1, 1));
  }

  /**
   * The last hop again and again, so many times.
   *
   * @throws IllegalStateException if the last step was no hop
   */
  public Traversal hops(int least, int most) {
    if (steps.isEmpty() || !(steps.getLast() instanceof Go last)) {
      throw new IllegalStateException("expected out, in or both before hops");
    }
    var changed = new ArrayList<>(steps.subList(0, steps.size() - 1));
    changed.add(new Go(last.direction(), last.types(), least, most));
    return new Traversal(starts, changed);
  }

  /** Only nodes that a filter lets pass go on. */
  public Traversal where(NodeFilter filter) {
    return with(new Keep(filter));
  }

  /** The nodes where it began are not among those found. */
  public Traversal withoutStarts() {
    return with(new WithoutStarts());
  }

  private Traversal with(Step step) {
    var more = new ArrayList<>(steps);
    more.add(step);
    return new Traversal(starts, more);
  }

  /** What it does, a line for each step. */
  public String explain() {
    var lines = new ArrayList<String>();
    lines.add("begin at " + starts.size() + (starts.size() == 1 ? " node" : " nodes"));
    steps.forEach(step -> lines.add(step.explain()));
    return String.join("\n", lines);
  }
}
