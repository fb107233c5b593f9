package dev.knowledgegraph.model;

import java.util.Locale;
import java.util.Map;

/**
 * The type of an edge: exactly one, a name of 1 to 100 characters. The constants are well known;
 * any other name is allowed.
 */
public record EdgeType(String name) implements Comparable<EdgeType> {
  /** The longest type name, in code points. */
  public static final int MAX_LENGTH = 100;

  public static final EdgeType RELATED = new EdgeType("RELATED");
  public static final EdgeType SIMILAR = new EdgeType("SIMILAR");
  public static final EdgeType REFERENCE = new EdgeType("REFERENCE");
  public static final EdgeType HIERARCHICAL = new EdgeType("HIERARCHICAL");
  public static final EdgeType TEMPORAL = new EdgeType("TEMPORAL");
  public static final EdgeType CAUSAL = new EdgeType("CAUSAL");
  public static final EdgeType OPPOSITE = new EdgeType("OPPOSITE");

  private static final Map<String, Input> ALIASES =
      Map.ofEntries(
          alias("dependency", HIERARCHICAL, false),
          alias("parent", HIERARCHICAL, false),
          alias("child", HIERARCHICAL, true),
          alias("hierarchy", HIERARCHICAL, false),
          alias("semantic", SIMILAR, false),
          alias("similarity", SIMILAR, false),
          alias("link", REFERENCE, false),
          alias("wikilink", REFERENCE, false),
          alias("temporal", TEMPORAL, false),
          alias("causal", CAUSAL, false));

  public EdgeType {
    Texts.name("edge type", name, MAX_LENGTH);
  }

  /** Wraps a name as it is; aliases are for input and read by {@link #parse}. */
  public static EdgeType of(String name) {
    return new EdgeType(name);
  }

  /**
   * A type as a person or a file writes it.
   *
   * @param type the type that is meant
   * @param turned whether source and target change places ({@code child} is HIERARCHICAL turned
   *     round)
   */
  public record Input(EdgeType type, boolean turned) {}

  /** Reads a type name, with the aliases of {@link #aliases()} in any case. */
  public static Input parse(String text) {
    Input alias = ALIASES.get(text.toLowerCase(Locale.ROOT));
    return alias != null && !text.equals(alias.type.name) ? alias : new Input(of(text), false);
  }

  /** The aliases accepted on input, in lower case. */
  public static Map<String, Input> aliases() {
    return ALIASES;
  }

  private static Map.Entry<String, Input> alias(String alias, EdgeType type, boolean turned) {
    return Map.entry(alias, new Input(type, turned));
  }

  @Override
  public int compareTo(EdgeType other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
