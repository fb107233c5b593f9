package dev.knowledgegraph.io;

import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A node as read from a file.
 *
 * @param id the id the file gives it, if any
 */
public record NodeRecord(@Nullable NodeId id, NodeData data, Place place) {}
