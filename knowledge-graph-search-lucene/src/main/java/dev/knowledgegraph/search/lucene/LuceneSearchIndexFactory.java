package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.SearchIndexFactory;
import dev.knowledgegraph.spi.Storage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index of a store that is a directory in the folder {@code index} of it, and that of a
 * store on a server in a folder of this machine: {@code knowledge-graph/} and a hash of the address
 * (without the password), below {@code $XDG_CACHE_HOME} or {@code ~/.cache}. Of processes that run
 * at the same time there each has an index of its own, for each sees commits that the others do not
 * hear of; nothing is lost with them.
 */
public final class LuceneSearchIndexFactory implements SearchIndexFactory {
  private static final String PREFIX = "jdbc:sqlite:";
  private static final String FOLDER = "index";
  private static final int MOST_FOLDERS = 64;
  private static final int HASH_LENGTH = 32;

  /** Found by {@link java.util.ServiceLoader}. */
  public LuceneSearchIndexFactory() {}

  @Override
  public Optional<SearchIndex> open(String address, Storage storage) {
    String path = address.startsWith(PREFIX) ? address.substring(PREFIX.length()) : address;
    boolean isServer = path.startsWith("jdbc:") || path.startsWith("dynamodb:");
    if (!isServer && (path.contains("://") || !Files.isDirectory(Path.of(path)))) {
      return Optional.empty();
    }
    Path home = isServer ? cache(path, System.getenv("XDG_CACHE_HOME")) : Path.of(path);
    return Optional.of(open(home, storage));
  }

  /** Opens the index in {@code home}, or where others write to the store a free one there. */
  static LuceneIndex open(Path home, Storage storage) {
    LuceneSearchConfig config = SearchSettings.read(home);
    LuceneIndex index = LuceneIndex.open(home.resolve(FOLDER), storage, config);
    for (int i = 2; storage.isShared() && !index.isWritten() && i <= MOST_FOLDERS; i++) {
      index.close();
      index = LuceneIndex.open(home.resolve(FOLDER + "-" + i), storage, config);
    }
    return index;
  }

  /** The folder for a store on a server. */
  static Path cache(String address, @Nullable String cacheHome) {
    Path caches =
        cacheHome == null || cacheHome.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cacheHome);
    String known = address.replaceAll("(?<=[?&])password=[^&]*", "");
    return caches.resolve("knowledge-graph").resolve(hash(known));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
