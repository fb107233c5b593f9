package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.json.EventCodec;
import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads of the log and of what goes with its entries. */
final class LogReads {
  private LogReads() {}

  static List<Committed> after(Db db, long gid, GraphId graph, long after, int limit)
      throws SQLException {
    var entries = new ArrayList<Committed>();
    try (var row = db.bind(Sql.READ_LOG, gid, after, limit).executeQuery()) {
      while (row.next()) {
        entries.add(entry(row, graph));
      }
    }
    return entries;
  }

  static Optional<Receipt> receipt(Db db, long gid, String idempotencyKey, Instant notBefore)
      throws SQLException {
    try (var row =
        db.bind(
                "SELECT hash, seq, events, time_us FROM receipt WHERE gid = ? AND key = ?",
                gid,
                idempotencyKey)
            .executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      var receipt =
          new Receipt(
              idempotencyKey,
              row.getString(1),
              row.getLong(2),
              row.getInt(3),
              LogFormat.instant(row.getLong(4)));
      return receipt.time().isBefore(notBefore) ? Optional.empty() : Optional.of(receipt);
    }
  }

  private static Committed entry(ResultSet row, GraphId graph) throws SQLException {
    byte[] payload = row.getBytes(9);
    long sequence = row.getLong(1);
    if (LogFormat.crc32c(payload) != row.getLong(8)) {
      throw new IntegrityException(
          "EVENT_DAMAGED", "log entry " + sequence + " of a graph is damaged", null);
    }
    return new Committed(
        new Position(graph, sequence),
        LogFormat.instant(row.getLong(2)),
        new UserId(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        EventCodec.decode(
            row.getInt(7) == Codec.DEFLATED
                ? LogFormat.inflate(payload, "EVENT_DAMAGED")
                : payload));
  }
}
