package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.query.Analysis.Report;
import dev.knowledgegraph.query.GraphQuery.MakeReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * One page to look at: the graph drawn, and what a person would want to know of it. The page needs
 * no network, and its security policy forbids it any. Of a large graph the nodes with most edges
 * are drawn, and of a long text the beginning is shown.
 */
public final class HtmlFormat implements ExportFormat {
  /** The most nodes that a page draws. */
  public static final int MAX_NODES = 2_000;

  /** How much of each kind a report on a page has. */
  private static final int REPORTED = 10;

  private static final List<LeftOut> LEFT_OUT =
      List.of(
          LeftOut.PROPERTIES,
          LeftOut.STATUSES,
          LeftOut.SOURCES,
          LeftOut.CATEGORIES,
          LeftOut.DISCRIMINATORS,
          LeftOut.ORIGINS);

  @Override
  public String name() {
    return "html";
  }

  @Override
  public void write(GraphView graph, Path target, ExportOptions options, Consumer<String> notes)
      throws IOException {
    GraphView still = graph.at(graph.position());
    PageData data = PageData.of(still, still.ask(new MakeReport(still.id(), REPORTED)));
    data.omissions().forEach(what -> Notes.leftOut(what, options, notes));
    LeftOut.note(still, LEFT_OUT, options, notes);
    write(data, target);
  }

  /**
   * Writes the page with a report that has been made.
   *
   * @param notes told if not every node is drawn
   * @throws IOException if the target cannot be written
   */
  public static void write(GraphView graph, Report report, Path target, Consumer<String> notes)
      throws IOException {
    PageData data = PageData.of(graph, report);
    data.nodesLeftOut().ifPresent(notes);
    write(data, target);
  }

  private static void write(PageData data, Path target) throws IOException {
    String style = resource("page.css");
    String drawing = inScript(resource("d3/d3.min.js"));
    String script = inScript(resource("page.js"));
    String page =
        resource("page.html")
            .replace("{{style-hash}}", hash(style))
            .replace("{{drawing-hash}}", hash(drawing))
            .replace("{{script-hash}}", hash(script))
            .replace("{{license}}", resource("d3/LICENSE").replace("--", "- -").strip());
    try (Writer out = Sources.writer(target)) {
      // What is put in last may hold anything, so nothing is looked for in it.
      int rest = 0;
      for (Part part :
          List.of(
              new Part("{{title}}", text(data.title())),
              new Part("{{style}}", style),
              new Part("{{data}}", data.json()),
              new Part("{{drawing}}", drawing),
              new Part("{{script}}", script))) {
        int place = page.indexOf(part.mark(), rest);
        out.write(page, rest, place - rest);
        out.write(part.text());
        rest = place + part.mark().length();
      }
      out.write(page, rest, page.length() - rest);
    }
  }

  /** What takes the place of a mark in the template; in the order of the marks. */
  private record Part(String mark, String text) {}

  private static String resource(String name) {
    try (InputStream in = HtmlFormat.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the page's " + name + " is not in the archive");
      }
      // As a browser reads it, for it compares the hash.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A script that cannot end its element; none of ours has a reason to. */
  private static String inScript(String script) {
    if (script.contains("</script") || script.contains("<!--")) {
      throw new IllegalStateException("a script of the page would end its element");
    }
    return script;
  }

  private static String text(String title) {
    return title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** By which the page's security policy knows a script or style of its own. */
  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
