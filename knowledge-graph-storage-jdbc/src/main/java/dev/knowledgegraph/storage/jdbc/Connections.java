package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.model.GraphId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a store to its database. Each call has one for itself. What a database fails
 * with comes out as an exception that callers of the library know; after {@link #close} every call
 * is an {@link IllegalStateException}.
 */
interface Connections extends AutoCloseable {
  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run(Db db) throws SQLException;
  }

  /** What is written with a connection. */
  @FunctionalInterface
  interface Writing<T> {
    /**
     * Writes.
     *
     * @param isUnsure whether this may be committed already, by a call before whose answer was lost
     */
    T run(Db db, boolean isUnsure) throws SQLException;
  }

  Dialect dialect();

  /** Whether nothing can be written. */
  boolean isReadOnly();

  /** Whether nobody but this process writes, so that it may remember what it read. */
  boolean isAlone();

  /** Refuses what is asked of a closed store. */
  void checkOpen();

  /** Reads with any number of statements, all on one state of the store. */
  <T extends @Nullable Object> T read(Work<T> work);

  /** Reads with one statement. */
  <T extends @Nullable Object> T one(Work<T> work);

  /**
   * Writes in a transaction.
   *
   * @param work may be done again from the start, if another writer was in the way or the answer to
   *     the commit was lost
   * @param committed gets what {@code work} returned, when it is durable and before the next writer
   *     of this process begins
   */
  <T> T write(Writing<T> work, Consumer<T> committed);

  /**
   * Has other processes wait with what they append to a graph while this works, if there are any.
   */
  default void undisturbed(GraphId graph, Runnable work) {
    work.run();
  }

  /** Has what this transaction appends to graphs wait for those that are not to be disturbed. */
  default void await(Db db, Collection<GraphId> graphs) throws SQLException {}

  /** Hears how many nodes and edges a write has changed, once it is committed. */
  default void changed(int nodes, int edges) {}

  @Override
  void close();
}
