package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** That this process is the one that writes; the operating system frees it if the process dies. */
final class StoreLock implements AutoCloseable {
  /**
   * The locks of this process. Opening and closing a file that is locked already would free it: a
   * POSIX lock goes with the first descriptor that its process closes, whichever it is.
   */
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;

  private StoreLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static StoreLock acquire(Path directory) throws IOException {
    Path file = directory.toRealPath().resolve("lock");
    String text =
        "pid "
            + ProcessHandle.current().pid()
            + ", since "
            + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String mine = HELD.putIfAbsent(file, text);
    if (mine != null) {
      throw locked("this process", mine);
    }
    boolean done = false;
    try {
      var lock = new StoreLock(file, lock(file, text));
      done = true;
      return lock;
    } finally {
      if (!done) {
        HELD.remove(file);
      }
    }
  }

  private static FileChannel lock(Path file, String text) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean done = false;
    try {
      if (tryLock(channel) == null) {
        throw locked("another process", Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)), 0);
      done = true;
      return channel;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private static StorageException locked(String where, String holder) {
    return new StorageException(
        "STORE_LOCKED",
        "the store is open for writing in " + where + (holder.isEmpty() ? "" : " (" + holder + ")"),
        true,
        null);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process at the latest.
    } finally {
      HELD.remove(file);
    }
  }
}
