package dev.knowledgegraph.spi;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One command's outcome on its way into a store.
 *
 * @param expectedHead the sequence number the log must stand at: all facts were read at it, so this
 *     is the whole append condition
 * @param entry the row of the log; its sequence number is {@code expectedHead + 1}
 * @param changes what becomes of the elements, ordered graph, categories, nodes, edges
 * @param head the totals after this commit
 * @param receipt what a repeated idempotency key is answered with, or null
 */
public record Commit(
    GraphRef graph,
    long expectedHead,
    Committed entry,
    List<Change> changes,
    GraphHead head,
    @Nullable Receipt receipt) {
  public Commit {
    changes = List.copyOf(changes);
  }
}
