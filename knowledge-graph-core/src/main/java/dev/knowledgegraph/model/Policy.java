package dev.knowledgegraph.model;

/**
 * What a graph allows: data on the graph, and the only place where its limits live. {@link
 * #UNLIMITED} stands for no limit. The three presets are {@link #open()}, {@link #notebook()} and
 * {@link #strict()}; a graph may have any other values.
 *
 * @param name what the policy is called, 1 to 50 characters
 * @param maxNodes nodes in the graph
 * @param maxEdges edges in the graph
 * @param maxDegree edges at one node, both directions together
 * @param titleRequired whether a node must have a visible title
 * @param maxTitle longest title in code points
 * @param maxBody longest body in code points
 * @param uniqueTitles whether no two live nodes may have the same title
 * @param parallelEdges whether one type may join the same two nodes in the same direction more than
 *     once
 * @param selfLoops whether an edge may start and end at the same node
 * @param minWeight least edge weight, {@code -Double.MAX_VALUE} for any
 * @param maxWeight greatest edge weight, {@code Double.MAX_VALUE} for any
 * @param maxTags tags on a node
 * @param maxTagLength longest tag in code points
 * @param maxCoordinate greatest distance from zero on each axis, {@code Double.MAX_VALUE} for any
 * @param acyclicHierarchy whether HIERARCHICAL edges must not close a cycle
 */
public record Policy(
    String name,
    long maxNodes,
    long maxEdges,
    int maxDegree,
    boolean titleRequired,
    int maxTitle,
    int maxBody,
    boolean uniqueTitles,
    boolean parallelEdges,
    boolean selfLoops,
    double minWeight,
    double maxWeight,
    int maxTags,
    int maxTagLength,
    double maxCoordinate,
    boolean acyclicHierarchy) {
  /** No limit, for {@code maxNodes}, {@code maxEdges} and {@code maxDegree}. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final Policy OPEN =
      new Policy(
          "open",
          UNLIMITED,
          UNLIMITED,
          UNLIMITED,
          false,
          1_000,
          1_000_000,
          false,
          true,
          true,
          -Double.MAX_VALUE,
          Double.MAX_VALUE,
          1_000,
          200,
          Double.MAX_VALUE,
          false);
  private static final Policy NOTEBOOK =
      new Policy(
          "notebook",
          10_000,
          50_000,
          50,
          true,
          200,
          50_000,
          false,
          false,
          false,
          0,
          1,
          20,
          50,
          10_000,
          true);
  private static final Policy STRICT =
      new Policy(
          "strict", 5_000, 25_000, 30, true, 200, 20_000, true, false, false, 0, 1, 20, 50, 10_000,
          true);

  public Policy {
    Texts.name("policy name", name, 50);
    positive("maxNodes", maxNodes);
    positive("maxEdges", maxEdges);
    positive("maxDegree", maxDegree);
    positive("maxTitle", maxTitle);
    positive("maxBody", maxBody);
    positive("maxTags", maxTags);
    positive("maxTagLength", maxTagLength);
    if (!(minWeight <= maxWeight) || Double.isInfinite(minWeight) || Double.isInfinite(maxWeight)) {
      throw new IllegalArgumentException(
          "weight range: expected finite bounds in order, found " + minWeight + " to " + maxWeight);
    }
    if (!(maxCoordinate > 0 && Double.isFinite(maxCoordinate))) {
      throw new IllegalArgumentException(
          "maxCoordinate: expected a positive number, found " + maxCoordinate);
    }
  }

  private static void positive(String what, long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(what + ": expected at least 1, found " + limit);
    }
  }

  /** The default: as few rules as a graph can have. */
  public static Policy open() {
    return OPEN;
  }

  /** For a person's notes: titles, modest sizes, no cycles in the hierarchy. */
  public static Policy notebook() {
    return NOTEBOOK;
  }

  /** Like {@link #notebook()}, smaller, with unique titles. */
  public static Policy strict() {
    return STRICT;
  }

  /**
   * A preset by name.
   *
   * @throws IllegalArgumentException if it is none of open, notebook, strict
   */
  public static Policy preset(String name) {
    return switch (name) {
      case "open" -> OPEN;
      case "notebook" -> NOTEBOOK;
      case "strict" -> STRICT;
      default ->
          throw new IllegalArgumentException("policy: expected one of open, notebook, strict");
    };
  }
}
