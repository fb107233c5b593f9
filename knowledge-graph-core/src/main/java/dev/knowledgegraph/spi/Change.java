package dev.knowledgegraph.spi;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a commit makes of one element: {@code before} is null if it was not there, {@code after} is
 * null if it is no longer. An element occurs at most once in a commit, and they are never both
 * null.
 */
public sealed interface Change {
  record NodeChange(@Nullable Node before, @Nullable Node after) implements Change {}

  record EdgeChange(@Nullable Edge before, @Nullable Edge after) implements Change {}

  record CategoryChange(@Nullable Category before, @Nullable Category after) implements Change {}

  record GraphChange(@Nullable Graph before, @Nullable Graph after) implements Change {}
}
