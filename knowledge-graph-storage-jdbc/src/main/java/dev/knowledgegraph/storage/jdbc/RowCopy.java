package dev.knowledgegraph.storage.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
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
 * <p>The binary format of COPY: "COPY", section "File Formats", of the manual of PostgreSQL. All
 * columns are bigint, double precision, text or bytea.
 */
final class RowCopy implements RowSink {
  private static final int COPY_FROM = 40;

  /**
   * So many are sent at once: the server works on while more are encoded, but not from one COPY to
   * the next.
   */
  private static final int MANY = 50_000;

  /** In bytes. */
  private static final int PIECE = 1 << 16;

  private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(ISO_8859_1);
  private static final short NO_MORE_ROWS = -1;
  private static final int NULL = -1;

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
            .copyIn("COPY " + table.name() + " FROM STDIN (FORMAT binary)");
    try {
      var piece = new Piece(copy);
      piece.put(HEADER);
      for (@Nullable Object[] row : rows) {
        piece.putShort((short) row.length);
        for (Object value : row) {
          piece.putField(value);
        }
      }
      piece.putShort(NO_MORE_ROWS);
      piece.send();
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** The server takes in what it has while the next piece is being written here. */
  private static final class Piece {
    private final CopyIn copy;
    private final ByteBuffer bytes = ByteBuffer.allocate(PIECE);

    Piece(CopyIn copy) {
      this.copy = copy;
    }

    private void putField(@Nullable Object value) throws SQLException {
      switch (value) {
        case null -> putInt(NULL);
        case Boolean b -> putLongField(b ? 1 : 0);
        case Double d -> putLongField(Double.doubleToRawLongBits(d));
        case Number n -> putLongField(n.longValue());
        case String s -> putBytesField(s.getBytes(UTF_8));
        case byte[] b -> putBytesField(b);
        default -> throw new IllegalArgumentException("cannot copy a value of this class");
      }
    }

    private void putLongField(long value) throws SQLException {
      room(Integer.BYTES + Long.BYTES);
      bytes.putInt(Long.BYTES).putLong(value);
    }

    private void putBytesField(byte[] value) throws SQLException {
      putInt(value.length);
      put(value);
    }

    private void putInt(int value) throws SQLException {
      room(Integer.BYTES);
      bytes.putInt(value);
    }

    private void putShort(short value) throws SQLException {
      room(Short.BYTES);
      bytes.putShort(value);
    }

    private void put(byte[] value) throws SQLException {
      if (value.length > bytes.capacity()) {
        send();
        copy.writeToCopy(value, 0, value.length);
      } else {
        room(value.length);
        bytes.put(value);
      }
    }

    private void room(int length) throws SQLException {
      if (bytes.remaining() < length) {
        send();
      }
    }

    void send() throws SQLException {
      copy.writeToCopy(bytes.array(), 0, bytes.position());
      copy.flushCopy();
      bytes.clear();
    }
  }
}
