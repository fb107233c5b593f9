package dev.knowledgegraph.model;

import java.util.Objects;

/**
 * How a graph is drawn.
 *
 * @param theme a name of 1 to 50 characters
 * @param nodeSize a positive, finite factor; 1 is usual
 */
public record ViewSettings(
    Layout layout,
    String theme,
    double nodeSize,
    EdgeStyle edgeStyle,
    boolean showLabels,
    boolean showWeights) {
  private static final ViewSettings DEFAULT =
      new ViewSettings(Layout.FORCE, "light", 1, EdgeStyle.STRAIGHT, true, false);

  public ViewSettings {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(edgeStyle, "edgeStyle");
    Texts.name("theme", theme, 50);
    if (!(nodeSize > 0 && Double.isFinite(nodeSize))) {
      throw new IllegalArgumentException(
          "node size: expected a positive number, found " + nodeSize);
    }
  }

  /** Force-directed, light, labels shown. */
  public static ViewSettings standard() {
    return DEFAULT;
  }
}
