package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One connection that writes, if this process may, and some that read. */
final class SqliteConnections implements Connections {
  private static final int POOL = 8;

  private final Path file;
  private final boolean immutable;
  private final @Nullable StoreLock lock;
  private final @Nullable Db writer;
  private final UnaryOperator<Connection> watch;
  private final ReentrantLock writing = new ReentrantLock();
  private final ConcurrentLinkedDeque<Db> readers = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  private SqliteConnections(
      Path file,
      boolean immutable,
      @Nullable StoreLock lock,
      @Nullable Db writer,
      UnaryOperator<Connection> watch) {
    this.file = file;
    this.immutable = immutable;
    this.lock = lock;
    this.writer = writer;
    this.watch = watch;
  }

  /** Those of the one process that writes; both are closed with them. */
  static SqliteConnections writing(
      Path file, StoreLock lock, Db writer, UnaryOperator<Connection> watch) {
    return new SqliteConnections(file, false, lock, writer, watch);
  }

  /**
   * Those of a process that reads.
   *
   * @param immutable whether nobody can be writing meanwhile
   */
  static SqliteConnections reading(Path file, boolean immutable) {
    return new SqliteConnections(file, immutable, null, null, UnaryOperator.identity());
  }

  @Override
  public Dialect dialect() {
    return SqliteDialect.INSTANCE;
  }

  @Override
  public boolean isReadOnly() {
    return writer == null;
  }

  @Override
  public boolean isAlone() {
    return writer != null;
  }

  @Override
  public void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the storage is closed");
    }
  }

  /** A connection that reads and is not one of the pool. */
  Db reader() throws SQLException {
    checkOpen();
    return SqliteDialect.reader(file, immutable, watch);
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return one(
        db -> {
          db.begin();
          try {
            return work.run(db);
          } finally {
            db.commit();
          }
        });
  }

  @Override
  public <T extends @Nullable Object> T one(Work<T> work) {
    checkOpen();
    Db db = readers.poll();
    boolean sound = false;
    try {
      if (db == null) {
        db = reader();
      }
      T result = work.run(db);
      sound = true;
      return result;
    } catch (SQLException e) {
      throw dialect().translate(e);
    } finally {
      if (db != null) {
        if (sound && !closed && readers.size() < POOL) {
          readers.push(db);
        } else {
          db.close();
        }
      }
    }
  }

  @Override
  public <T> T write(Writing<T> work, Consumer<T> committed) {
    writing.lock();
    try {
      checkOpen();
      if (writer == null) {
        throw new StorageException("STORE_READ_ONLY", "the store is open for reading", false, null);
      }
      boolean done = false;
      try {
        writer.begin();
        T result = work.run(writer, false);
        writer.commit();
        done = true;
        committed.accept(result);
        return result;
      } catch (SQLException e) {
        throw dialect().translate(e);
      } finally {
        if (!done) {
          rollback(writer);
        }
      }
    } finally {
      writing.unlock();
    }
  }

  private static void rollback(Db db) {
    try {
      if (!db.connection().isClosed()) {
        db.rollback();
      }
    } catch (SQLException e) {
      // SQLite rolled back by itself.
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      for (Db db = readers.poll(); db != null; db = readers.poll()) {
        db.close();
      }
      if (writer != null) {
        writer.close();
      }
      if (lock != null) {
        lock.close();
      }
    } finally {
      writing.unlock();
    }
  }
}
