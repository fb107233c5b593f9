package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.StreamId;
import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.DeadLetter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes of the table of dead letters. */
final class DeadLetterTable {
  private static final String OF_GRAPH = " WHERE owner = ? AND graph = ?";
  private static final String OF_SUBSCRIBER = OF_GRAPH + " AND subscriber = ?";
  private static final String PARK =
      "INSERT INTO dead_letter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (owner, graph,"
          + " subscriber, seq, idx) DO UPDATE SET stream = excluded.stream, attempts ="
          + " excluded.attempts, first_us = excluded.first_us, last_us = excluded.last_us, reason ="
          + " excluded.reason, discarded = excluded.discarded";
  private static final String UNPARK =
      "DELETE FROM dead_letter" + OF_SUBSCRIBER + " AND seq = ? AND idx = ?";
  private static final String READ =
      "SELECT seq, idx, stream, attempts, first_us, last_us, reason, discarded FROM dead_letter"
          + OF_SUBSCRIBER
          + " AND (seq, idx) > (?, ?) ORDER BY seq, idx LIMIT ?";
  private static final String SUBSCRIBERS =
      "SELECT DISTINCT subscriber FROM dead_letter" + OF_GRAPH;

  private DeadLetterTable() {}

  /** Writes letters, and returns how many. */
  static int park(Db db, String subscriber, GraphRef graph, List<DeadLetter> letters)
      throws SQLException {
    var rows = new ArrayList<@Nullable Object[]>();
    for (DeadLetter letter : letters) {
      rows.add(
          new @Nullable Object[] {
            graph.owner().value(),
            Codec.bytes(graph.id().value()),
            subscriber,
            letter.place().sequence(),
            letter.place().index(),
            letter.stream().value(),
            letter.attempts(),
            LogFormat.micros(letter.first()),
            LogFormat.micros(letter.last()),
            letter.reason(),
            Codec.stored(letter.discarded())
          });
    }
    db.updateAll(PARK, rows);
    return rows.size();
  }

  /** Removes letters, those that are there, and returns how many were asked for. */
  static int unpark(Db db, String subscriber, GraphRef graph, Collection<EventPlace> places)
      throws SQLException {
    var rows = new ArrayList<@Nullable Object[]>();
    for (EventPlace place : places) {
      rows.add(
          new @Nullable Object[] {
            graph.owner().value(),
            Codec.bytes(graph.id().value()),
            subscriber,
            place.sequence(),
            place.index()
          });
    }
    db.updateAll(UNPARK, rows);
    return rows.size();
  }

  static List<DeadLetter> read(
      Db db, String subscriber, GraphRef graph, @Nullable EventPlace after, int limit)
      throws SQLException {
    var letters = new ArrayList<DeadLetter>();
    try (var row =
        db.bind(
                READ,
                graph.owner().value(),
                Codec.bytes(graph.id().value()),
                subscriber,
                after == null ? 0L : after.sequence(),
                after == null ? 0 : after.index(),
                limit)
            .executeQuery()) {
      while (row.next()) {
        letters.add(
            new DeadLetter(
                new EventPlace(row.getLong(1), row.getInt(2)),
                new StreamId(row.getString(3)),
                row.getInt(4),
                LogFormat.instant(row.getLong(5)),
                LogFormat.instant(row.getLong(6)),
                row.getString(7),
                Codec.text(row.getString(8))));
      }
    }
    return letters;
  }

  static List<String> subscribers(Db db, GraphRef graph) throws SQLException {
    var names = new ArrayList<String>();
    try (var row =
        db.bind(SUBSCRIBERS, graph.owner().value(), Codec.bytes(graph.id().value()))
            .executeQuery()) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }
}
