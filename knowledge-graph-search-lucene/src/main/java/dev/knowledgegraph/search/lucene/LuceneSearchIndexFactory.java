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
 * (without the password), below {@code $XDG_CACHE_HOME} or {@code ~/.cache}. All processes of one
 * user share it; nothing is lost with it.
 */
public final class LuceneSearchIndexFactory implements SearchIndexFactory {
  private static final String PREFIX = "jdbc:sqlite:";
  private static final String FOLDER = "index";
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
    return Optional.of(LuceneIndex.open(home.resolve(FOLDER), storage, SearchSettings.read(home)));
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
