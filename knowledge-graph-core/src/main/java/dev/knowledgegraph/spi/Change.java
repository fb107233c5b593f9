package dev.knowledgegraph.spi;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What a commit makes of one element: {@code before} is null if it was not there, {@code after} is
 * null if it is no longer. An element occurs at most once in a commit, and they are never both
 * null: what one commit both adds and removes has passed. It was never there for a reader and has
 * no history, but its id is used.
 */
public sealed interface Change {
  record NodeChange(@Nullable Node before, @Nullable Node after) implements Change {}

  record NodePassed(NodeId id) implements Change {}

  record EdgeChange(@Nullable Edge before, @Nullable Edge after) implements Change {}

  record EdgePassed(EdgeId id) implements Change {}

  record CategoryChange(@Nullable Category before, @Nullable Category after) implements Change {}

  record GraphChange(@Nullable Graph before, @Nullable Graph after) implements Change {}
}
