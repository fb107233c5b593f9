package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.query.GraphQuery;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the log of a graph: all that ever happened to it, when, and who did it. {@link LogImport}
 * makes the same graph of it, with the same history. Memory does not grow with the log.
 */
public final class LogExport {
  /** A commit can be large: an import puts 10,000 elements into one. */
  private static final int PAGE = 8;

  private LogExport() {}

  /**
   * Writes the log up to the moment of the view, one JSON object a line.
   *
   * @param file packed if its name ends in .gz; {@code -} is standard output
   * @throws IOException if the file cannot be written
   */
  public static void write(GraphView graph, Path file) throws IOException {
    var lines = new LogLines();
    long end = graph.position();
    try (BufferedWriter out = Sources.writer(file)) {
      line(out, lines.write(new LogLines.Header(graph.id(), graph.graph().data(), end)));
      for (long position = 0; position < end; ) {
        int limit = (int) Math.min(PAGE, end - position);
        List<Committed> page = graph.ask(new GraphQuery.ReadLog(graph.id(), position, limit));
        for (Committed entry : page) {
          line(out, lines.write(entry));
        }
        position += page.size();
      }
    }
  }

  private static void line(BufferedWriter out, String line) throws IOException {
    out.write(line);
    out.write('\n');
  }
}
