package dev.knowledgegraph.storage.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into one table of PostgreSQL: some as a batch of inserts, many by COPY, which
 * takes them without a statement for each.
 *
 * <p>The text format of COPY: "COPY", section "File Formats", of the manual of PostgreSQL.
 */
final class RowCopy implements RowSink {
  private static final int COPY_FROM = 40;
  private static final int MANY = 5_000;

  /** In characters. */
  private static final int PIECE = 1 << 16;

  private static final Map<TableShape, String> INSERTS = new ConcurrentHashMap<>();

  private final Db db;
  private final TableShape table;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private @Nullable Object[] common = {};

  RowCopy(Db db, TableShape table) {
    this.db = db;
    this.table = table;
  }

  @Override
  public void common(@Nullable Object... values) {
    common = values;
  }

  @Override
  public void add(@Nullable Object... own) throws SQLException {
    rows.add(table.row(common, own));
    if (rows.size() == MANY) {
      flush();
    }
  }

  @Override
  public void flush() throws SQLException {
    if (rows.size() < COPY_FROM) {
      db.updateAll(INSERTS.computeIfAbsent(table, RowCopy::insert), rows);
    } else {
      copy();
    }
    rows.clear();
  }

  private static String insert(TableShape table) {
    String places = String.join(", ", java.util.Collections.nCopies(table.columns().length(), "?"));
    return "INSERT INTO " + table.name() + " VALUES (" + places + ")";
  }

  private void copy() throws SQLException {
    CopyIn copy =
        db.connection()
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table.name() + " FROM STDIN");
    try {
      var text = new StringBuilder(PIECE * 2);
      for (@Nullable Object[] row : rows) {
        append(text, row);
        if (text.length() >= PIECE) {
          send(copy, text);
        }
      }
      send(copy, text);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** The server takes in what it has while the next piece is being written here. */
  private static void send(CopyIn copy, StringBuilder text) throws SQLException {
    byte[] bytes = text.toString().getBytes(UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    copy.flushCopy();
    text.setLength(0);
  }

  private static void append(StringBuilder text, @Nullable Object[] row) {
    for (int i = 0; i < row.length; i++) {
      if (i > 0) {
        text.append('\t');
      }
      append(text, row[i]);
    }
    text.append('\n');
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> text.append("\\N");
      case Boolean b -> text.append(b ? '1' : '0');
      case byte[] bytes -> text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
      case String s -> escape(text, s);
      default -> text.append(value);
    }
  }

  private static void escape(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }
}
