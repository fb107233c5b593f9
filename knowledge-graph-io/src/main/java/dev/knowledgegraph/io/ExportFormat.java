package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A format that can be written. Has no state: may be used by many threads. */
public interface ExportFormat {
  /** The name users choose it by, in lower case. */
  String name();

  /**
   * Writes a graph.
   *
   * @param target the file or folder to make
   * @param notes takes one sentence for each kind of thing the format cannot hold
   * @throws IOException if the target cannot be written
   */
  void write(GraphView graph, Path target, ExportOptions options, Consumer<String> notes)
      throws IOException;
}
