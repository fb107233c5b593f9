package dev.knowledgegraph.search.lucene;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of an index: {@code gen-1}, {@code gen-2} … of which the file {@code current} names
 * the one in use. A folder that cannot be written to gets an index in memory, as does no folder at
 * all.
 */
final class Generations {
  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
  private static final String CURRENT = "current";

  private static final String PREFIX = "gen-";

  /** Small segments stay in memory until a commit: many are merged away before. */
  private static final double MERGED_MEGABYTES = 4;

  private static final double CACHED_MEGABYTES = 32;

  private final @Nullable Path folder;

  Generations(@Nullable Path folder) {
    this.folder = folder;
  }

  /** The name of the one in use; null if there is none. */
  @Nullable String current() throws IOException {
    if (folder == null || !Files.exists(folder.resolve(CURRENT))) {
      return null;
    }
    String name = Files.readString(folder.resolve(CURRENT)).strip();
    return name.matches(PREFIX + "\\d{1,9}") && Files.isDirectory(folder.resolve(name))
        ? name
        : null;
  }

  /** A directory for a new one, beside those that are there; null if one cannot be written. */
  @Nullable String create() throws IOException {
    if (folder == null) {
      return null;
    }
    try {
      Files.createDirectories(folder);
      int last = 0;
      for (Path each : all()) {
        String number = each.getFileName().toString().substring(PREFIX.length());
        last = Math.max(last, number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0);
      }
      String name = PREFIX + (last + 1);
      Files.createDirectory(folder.resolve(name));
      return name;
    } catch (AccessDeniedException | ReadOnlyFileSystemException e) {
      LOG.info("the folder of the search index cannot be written; it is made in memory");
      return null;
    }
  }

  Directory open(@Nullable String name) throws IOException {
    return folder == null || name == null
        ? new ByteBuffersDirectory()
        : new NRTCachingDirectory(
            FSDirectory.open(folder.resolve(name)), MERGED_MEGABYTES, CACHED_MEGABYTES);
  }

  /** Makes one the one in use, in one move. */
  void use(@Nullable String name) throws IOException {
    if (folder != null && name != null) {
      Path draft = folder.resolve(CURRENT + ".new");
      Files.writeString(draft, name + "\n");
      Files.move(
          draft,
          folder.resolve(CURRENT),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Deletes all but one; what cannot be deleted now is deleted another time. */
  void deleteAllBut(@Nullable String name) throws IOException {
    for (Path each : all()) {
      if (!each.getFileName().toString().equals(name)) {
        delete(each);
      }
    }
  }

  private List<Path> all() throws IOException {
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(PREFIX)).toList();
    }
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      LOG.debug("an old search index cannot be deleted now", e);
    }
  }
}
