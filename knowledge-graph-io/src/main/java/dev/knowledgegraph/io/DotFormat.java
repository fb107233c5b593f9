package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The language of Graphviz, to have a graph drawn: {@code dot -Tsvg graph.dot}. Nodes go by their
 * ids and show what they are called, edges show their types. An edge without a direction has no
 * arrow. What else there is to an element is left out.
 */
public final class DotFormat implements ExportFormat {
  private static final List<LeftOut> LEFT_OUT =
      List.of(
          LeftOut.KEYS,
          LeftOut.LABELS,
          LeftOut.TEXTS,
          LeftOut.TAGS,
          LeftOut.POSITIONS,
          LeftOut.PROPERTIES,
          LeftOut.STATUSES,
          LeftOut.SOURCES,
          LeftOut.CATEGORIES,
          LeftOut.DISCRIMINATORS,
          LeftOut.ORIGINS);

  @Override
  public String name() {
    return "dot";
  }

  @Override
  public void write(GraphView graph, Path target, ExportOptions options, Consumer<String> notes)
      throws IOException {
    GraphView still = graph.at(graph.position());
    LeftOut.note(still, LEFT_OUT, options, notes);
    try (Writer out = Sources.writer(target)) {
      out.write("digraph " + quoted(still.graph().name()) + " {\n");
      out.write("  node [shape=box, style=rounded, fontname=\"Helvetica\"];\n");
      out.write("  edge [fontname=\"Helvetica\", fontsize=10];\n");
      still.forEachNode(node -> write(out, line(node)));
      still.forEachEdge(edge -> write(out, line(edge)));
      out.write("}\n");
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void write(Writer out, String line) {
    try {
      out.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(Node node) {
    return "  \"" + node.id() + "\" [label=" + quoted(node.displayName()) + "];\n";
  }

  private static String line(Edge edge) {
    EdgeData data = edge.data();
    String type = data.type().name();
    return "  \""
        + data.source()
        + "\" -> \""
        + data.target()
        + "\" [label="
        + quoted(data.label().isEmpty() ? type : type + "\n" + data.label())
        + (data.weight() == 1 ? "" : ", weight=\"" + data.weight() + '"')
        + (data.directed() ? "" : ", dir=none")
        + "];\n";
  }

  /**
   * A text as Graphviz shows it unchanged. In a label a backslash begins an escape and an ampersand
   * a character's name; Graphviz reads C strings and lines.
   */
  static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '&' -> out.append("&amp;");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append(' ');
        default -> out.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return out.append('"').toString();
  }
}
