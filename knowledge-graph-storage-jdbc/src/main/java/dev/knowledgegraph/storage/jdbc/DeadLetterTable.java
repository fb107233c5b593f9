package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.event.StreamId;
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
      "INSERT INTO dead_letter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
          + " stream = excluded.stream, attempts = excluded.attempts, first_us ="
          + " excluded.first_us, last_us = excluded.last_us, reason = excluded.reason, discarded ="
          + " excluded.discarded";
  private static final String UNPARK =
      "DELETE FROM dead_letter" + OF_SUBSCRIBER + " AND seq = ? AND idx = ?";
  private static final String READ =
      "SELECT seq, idx, stream, attempts, first_us, last_us, reason, discarded FROM dead_letter"
          + OF_SUBSCRIBER
          + " AND (seq, idx) > (?, ?) ORDER BY seq, idx LIMIT ?";
  private static final String SUBSCRIBERS =
      "SELECT DISTINCT subscriber FROM dead_letter" + OF_GRAPH;

  private DeadLetterTable() {}

  static void park(Db db, String subscriber, GraphRef graph, List<DeadLetter> letters)
      throws SQLException {
    for (DeadLetter letter : letters) {
      db.update(
          PARK,
          graph.owner().value(),
          Codec.bytes(graph.id().value()),
          subscriber,
          letter.place().sequence(),
          letter.place().index(),
          letter.stream().value(),
          letter.attempts(),
          Codec.micros(letter.first()),
          Codec.micros(letter.last()),
          letter.reason(),
          letter.discarded());
    }
  }

  static void unpark(Db db, String subscriber, GraphRef graph, Collection<EventPlace> places)
      throws SQLException {
    for (EventPlace place : places) {
      db.update(
          UNPARK,
          graph.owner().value(),
          Codec.bytes(graph.id().value()),
          subscriber,
          place.sequence(),
          place.index());
    }
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
                Codec.instant(row.getLong(5)),
                Codec.instant(row.getLong(6)),
                row.getString(7),
                row.getString(8)));
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
