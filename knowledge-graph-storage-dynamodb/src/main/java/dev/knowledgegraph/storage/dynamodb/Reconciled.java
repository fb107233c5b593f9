package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.model.GraphId;

/**
 * What was done to make one graph whole.
 *
 * @param sequence the last commit that is kept; 0 if nothing is left of the graph
 * @param takenBack how many items of later commits were deleted
 * @param writtenAgain how many items that its log makes were missing
 */
public record Reconciled(GraphId graph, long sequence, int takenBack, int writtenAgain) {}
