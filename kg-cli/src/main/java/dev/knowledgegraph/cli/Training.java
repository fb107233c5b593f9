package dev.knowledgegraph.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * What the launcher does once, so that every later command starts faster: {@code Training FOLDER}
 * runs a few commands of every kind in one JVM, which then writes down what it has loaded, and
 * unpacks SQLite's native library into FOLDER, which the driver would otherwise do at every start.
 */
final class Training {
  private Training() {}

  /** Runs all commands, whatever becomes of one. */
  public static void main(String[] args) throws IOException {
    unpackLibrary(Path.of(args[0]));
    Start.main(new String[] {"version"});
    Kg.run("version", "--format", "json");
    Kg.run("--help");
    Path store = Files.createTempDirectory("kg-training");
    try {
      kg(store, "node", "add", "--title", "A", "--key", "a", "--label", "Thing", "--tag", "t");
      kg(store, "node", "add", "--title", "B", "--key", "b", "--property", "n=1");
      kg(store, "edge", "add", "a", "KNOWS", "b");
      kg(store, "node", "get", "a");
      kg(store, "node", "get", "A", "--format", "json");
      kg(store, "node", "list");
      kg(store, "neighbors", "a");
      kg(store, "path", "a", "b");
      kg(store, "stats");
      kg(store, "rank");
      kg(store, "report");
      kg(store, "search", "a", "--mode", "hybrid", "--facet", "label");
      kg(store, "node", "get", "nobody");
      Path table = Files.writeString(store.resolve("nodes.csv"), "id,title,n\na,A,1\nc,C,2\n");
      kg(store, "import", table.toString());
      kg(store, "export", "--to", "jsonl", store.resolve("all.jsonl").toString());
    } finally {
      delete(store);
    }
  }

  private static void kg(Path store, String... words) {
    var args = new ArrayList<>(List.of(words));
    args.addAll(List.of("--store", store.toString()));
    Kg.run(args.toArray(String[]::new));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void unpackLibrary(Path folder) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream library = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
      if (library == null) {
        return; // Not a platform the driver has a library for; opening a store will say so.
      }
      Files.createDirectories(folder);
      Path unfinished = folder.resolve(name + "." + ProcessHandle.current().pid());
      Files.copy(library, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
