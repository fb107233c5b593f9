package dev.knowledgegraph.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notes that were named one by one, not by their folder: their links lead to each other. A note's
 * key is its path from the folder that all of them have in common. For one import.
 */
final class MarkdownFiles implements ImportFormat {
  private final Map<Path, String> keys = new LinkedHashMap<>();
  private @Nullable LinkIndex index;

  MarkdownFiles(List<Path> files) {
    Path root = null;
    for (Path file : files) {
      Path folder = folder(file);
      while (root != null && !folder.startsWith(root)) {
        root = root.getParent();
      }
      root = root == null ? folder : root;
    }
    for (Path file : files) {
      var key = new StringBuilder();
      for (Path part : root == null ? folder(file) : root.relativize(folder(file))) {
        key.append(part).append(part.toString().isEmpty() ? "" : "/");
      }
      keys.put(file, key + Sources.stem(file));
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().normalize().resolveSibling("");
  }

  @Override
  public String name() {
    return MarkdownFormat.NAME;
  }

  @Override
  public boolean recognizes(Path fileOrFolder, byte[] start) {
    return keys.containsKey(fileOrFolder);
  }

  @Override
  public void read(Path file, ImportOptions options, RecordSink sink) throws IOException {
    String key = keys.getOrDefault(file, "");
    try {
      var text = new MarkdownText(MarkdownFormat.counted(file, options));
      MarkdownFormat.emit(key, file.toString(), text, index(options), sink);
    } catch (IOException | IllegalArgumentException unusable) {
      sink.reject(new Place(file.toString(), 1, 1), MarkdownFormat.reason(unusable));
    }
  }

  /** Made once; a note that cannot be read is rejected when it is its turn. */
  private synchronized LinkIndex index(ImportOptions options) {
    if (index == null) {
      var aliases = new HashMap<String, List<String>>();
      keys.forEach(
          (file, key) -> {
            try {
              aliases.put(key, new MarkdownText(MarkdownFormat.load(file, options)).aliases());
            } catch (IOException | IllegalArgumentException unusable) {
              // Nothing can lead to it.
            }
          });
      index = new LinkIndex(aliases, List.of());
    }
    return index;
  }
}
