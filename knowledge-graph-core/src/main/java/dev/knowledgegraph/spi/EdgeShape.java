package dev.knowledgegraph.spi;

import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeId;

/** What parallel edges have in common, by their ends as stored. */
public record EdgeShape(NodeId source, EdgeType type, NodeId target) {}
