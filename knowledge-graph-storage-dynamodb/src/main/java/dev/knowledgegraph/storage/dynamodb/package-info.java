/** Graphs in a table of DynamoDB. */
@NullMarked
package dev.knowledgegraph.storage.dynamodb;

import org.jspecify.annotations.NullMarked;
