package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.StorageException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;

/** What can go wrong with files, as the library tells it. */
final class Failures {
  private Failures() {}

  static KnowledgeGraphException unavailable(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("No space left")
        ? new StorageException("STORE_FULL", "no room is left for the search index", true, cause)
        : new StorageException(
            "INDEX_UNAVAILABLE",
            "the search index cannot be read or written: " + cause.getClass().getSimpleName(),
            true,
            cause);
  }

  /** Whether the index itself is the matter, so that a new one helps. */
  static boolean isDamage(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof CorruptIndexException
          || each instanceof IndexFormatTooOldException
          || each instanceof IndexFormatTooNewException
          || each instanceof IndexNotFoundException
          || each instanceof NoSuchFileException
          || each instanceof FileNotFoundException
          || each instanceof EOFException) {
        return true;
      }
    }
    return false;
  }
}
