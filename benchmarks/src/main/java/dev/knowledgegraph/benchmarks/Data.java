package dev.knowledgegraph.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the real input is: beside the project, or where {@code -Ddata=} says. */
public final class Data {
  private Data() {}

  /** A file of WordNet. */
  public static Path wordNet(String file) {
    return find("wordnet/" + file);
  }

  static Path retrieval(String collection, String file) {
    return find("ir/" + collection + "/" + file);
  }

  static Path similarity(String file) {
    return find("sts/" + file);
  }

  static Path links(String file) {
    return find("autolink/" + file);
  }

  static Path vault(String name) {
    return find("vaults/" + name);
  }

  private static Path find(String name) {
    String given = System.getProperty("data", "");
    if (!given.isEmpty()) {
      return existing(Path.of(given, name));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/data").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    return existing(Path.of("../shared/data", name));
  }

  private static Path existing(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalStateException("there is no " + file + "; say where with -Ddata=DIRECTORY");
    }
    return file;
  }
}
