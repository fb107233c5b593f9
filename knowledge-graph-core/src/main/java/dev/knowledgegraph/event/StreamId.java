package dev.knowledgegraph.event;

import java.util.Objects;

/**
 * Which stream of a graph an event belongs to, within which order holds whoever receives it: {@code
 * node/…}, {@code edge/…}, {@code category/…}, each with an id, or {@code graph} for its settings.
 * A chunk of an import, and a commit that cannot be read, touch elements that nobody has counted:
 * they belong to {@link #WHOLE}, and no later event of the graph passes them.
 */
public record StreamId(String value) {
  /** The stream of what touches no one element. */
  public static final StreamId WHOLE = new StreamId("*");

  private static final StreamId GRAPH = new StreamId("graph");
  private static final int LONGEST = 100;

  public StreamId {
    Objects.requireNonNull(value, "value");
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException(
          "stream: expected 1 to " + LONGEST + " characters, found " + value.length());
    }
  }

  /** The stream of an event: of a merge, that of the node which lives on. */
  public static StreamId of(GraphEvent event) {
    return switch (event) {
      case NodeEvent e -> new StreamId("node/" + e.node());
      case EdgeEvent e -> new StreamId("edge/" + e.edge());
      case CategoryEvent e -> new StreamId("category/" + e.category());
      case SettingsEvent e -> GRAPH;
      case ImportEvent.NodesImported e -> WHOLE;
      case ImportEvent.EdgesImported e -> WHOLE;
      case ImportEvent.ImportStarted e -> GRAPH;
      case ImportEvent.ImportFinished e -> GRAPH;
    };
  }

  /** What follows the slash: the id of an element; empty for the graph and for the whole of it. */
  public String element() {
    int slash = value.indexOf('/');
    return slash < 0 ? "" : value.substring(slash + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
