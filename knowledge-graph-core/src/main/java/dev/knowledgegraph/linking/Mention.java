package dev.knowledgegraph.linking;

import dev.knowledgegraph.model.NodeId;

/**
 * A node's name in the body of another.
 *
 * @param name the name, as the node has it
 * @param start where it first stands in the body, in code points
 * @param length in code points
 * @param times how often it stands there
 * @param confidence from 0 to 1: how unlikely it is that a text has these words by accident
 */
public record Mention(
    NodeId target, String name, int start, int length, int times, double confidence) {}
