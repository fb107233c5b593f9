package dev.knowledgegraph.internal.adjacency;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file beside a store with what follows from it: losing it costs time and nothing else, so no
 * failure with it fails anybody. It is replaced as a whole; of several processes that do so at once
 * one wins.
 */
public final class KeptFile {
  private static final Logger LOG = LoggerFactory.getLogger(KeptFile.class);
  private static final String PART = ".part";
  private static final int MOST_PARTS = 100;

  private final Path folder;
  private final Path file;

  /** The file of this name in the folder for such files of a store. */
  public KeptFile(Path directory, String name) {
    this.folder = directory.resolve("shapes");
    this.file = folder.resolve(name);
  }

  /** Writes to a stream that it does not close. */
  @FunctionalInterface
  public interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** Reads from a stream that it does not close, of so many bytes. */
  @FunctionalInterface
  public interface Reading<T> {
    Optional<T> from(InputStream in, long size) throws IOException;
  }

  public boolean exists() {
    return Files.isRegularFile(file);
  }

  /**
   * Replaces what it holds; where that cannot be, as in a folder that may only be read, nothing.
   */
  public void write(Writing content) {
    Path part = null;
    try {
      Files.createDirectories(folder);
      part = newPart();
      sweep(part);
      try (var out = Files.newOutputStream(part)) {
        content.to(out);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("{} could not be kept", file.getFileName(), e);
      delete(part);
    }
  }

  /** A file of nobody else's; who may read the store may read it, unlike a temporary file. */
  private Path newPart() throws IOException {
    for (int number = 0; ; number++) {
      try {
        return Files.createFile(folder.resolve(file.getFileName() + "." + number + PART));
      } catch (FileAlreadyExistsException e) {
        if (number == MOST_PARTS) {
          throw e;
        }
      }
    }
  }

  /** Deletes what processes left that were killed while they wrote. */
  private void sweep(Path mine) throws IOException {
    Instant old = Files.getLastModifiedTime(mine).toInstant().minus(Duration.ofDays(1));
    try (var parts = Files.newDirectoryStream(folder, "*" + PART)) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(old)) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static void delete(@Nullable Path part) {
    try {
      if (part != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      LOG.debug("a part of a file stays", e);
    }
  }

  /** What can be made of it; nothing if it is not there, damaged or of something else. */
  public <T> Optional<T> read(Reading<T> reading) {
    if (!exists()) {
      return Optional.empty();
    }
    try (var in = Files.newInputStream(file)) {
      return reading.from(in, Files.size(file));
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} is of no use and made anew: {}", file.getFileName(), e.toString());
      return Optional.empty();
    }
  }
}
