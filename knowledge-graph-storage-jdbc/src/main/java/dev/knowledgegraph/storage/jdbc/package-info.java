/**
 * Graphs in an SQLite file: the log, the tables and the indexes. Start with {@link
 * dev.knowledgegraph.storage.jdbc.JdbcStorage}.
 */
@NullMarked
package dev.knowledgegraph.storage.jdbc;

import org.jspecify.annotations.NullMarked;
