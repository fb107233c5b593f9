package dev.knowledgegraph.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Turns the data of an event, as version {@code fromVersion} of its type wrote it, into that of the
 * next version.
 */
record Upcaster(String type, int fromVersion, UnaryOperator<ObjectNode> change) {}
