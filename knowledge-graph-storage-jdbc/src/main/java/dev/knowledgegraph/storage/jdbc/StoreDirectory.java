package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a directory needs to have to be a store, and how the lack of it is told. */
final class StoreDirectory {
  static final String DATABASE = "events.db";
  static final String DESCRIPTION = "kg.json";
  private static final int FORMAT = 1;

  private StoreDirectory() {}

  static void refuseFile(Path home) {
    if (Files.exists(home) && !Files.isDirectory(home)) {
      throw new StorageException(
          "STORE_UNAVAILABLE", "a file is where the directory of the store should be", false, null);
    }
  }

  /** Nothing was ever written: neither is there a store when its making was interrupted. */
  static StorageException absent() {
    return new StorageException("STORE_ABSENT", "there is no store", false, null);
  }

  static StorageException unavailable(IOException e) {
    return isDiskFull(e)
        ? new StorageException("STORE_FULL", "no room is left for the store", true, e)
        : new StorageException("STORE_UNAVAILABLE", "the store cannot be opened", false, e);
  }

  /** Java has no class of its own for it. */
  static boolean isDiskFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("not enough space");
  }

  static void describe(Path home) throws IOException {
    Path description = home.resolve(DESCRIPTION);
    if (Files.exists(description)) {
      checkFormat(description);
    } else {
      // In one move: half a description is none that anybody could read.
      Path draft = home.resolve(DESCRIPTION + ".new");
      Files.writeString(
          draft, "{\"format\": " + FORMAT + ", \"store\": \"" + UUID.randomUUID() + "\"}\n");
      Files.move(draft, description, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  static void checkFormat(Path description) throws IOException {
    if (!Files.exists(description)) {
      return;
    }
    var found =
        Pattern.compile("\"format\"\\s*:\\s*(\\d{1,9})").matcher(Files.readString(description));
    if (!found.find()) {
      throw new IntegrityException("STORE_DAMAGED", "kg.json does not say its format", null);
    }
    int format = Integer.parseInt(found.group(1));
    if (format > FORMAT) {
      throw new IntegrityException(
          "STORE_NEWER",
          "the store has format " + format + ", this version of the library knows " + FORMAT,
          null);
    }
  }
}
