package dev.knowledgegraph.storage.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Takes rows on their way into one table; they are there after {@link #flush}. */
interface RowSink {
  /** Says what the rows that follow have in common. */
  void common(@Nullable Object... values) throws SQLException;

  void add(@Nullable Object... own) throws SQLException;

  void flush() throws SQLException;
}
