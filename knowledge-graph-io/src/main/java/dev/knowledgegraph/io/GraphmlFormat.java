package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * GraphML.
 *
 * <p>In a file of another program, a node's id is its key; {@code labelV}, {@code labels}, {@code
 * title}, {@code name}, {@code label}, {@code x}, {@code y} and {@code z} of nodes and {@code
 * labelE}, {@code label} and {@code weight} of edges have a meaning, and all else is properties. An
 * edge without a type is RELATED; the id of an edge is its discriminator.
 *
 * <p>A file of this library declares the key {@code kg.version}. Its data are those of the keys
 * {@code kg.…}, and properties under keys {@code p.number.type}, with the property's name as {@code
 * attr.name}. Labels and tags are one a line; lists and maps are JSON, in which a moment is <code>
 * {"@instant":"…"}</code>, a day <code>{"@date":"…"}</code>, and a name that starts with {@code @}
 * has one more. A text that XML cannot hold starts with a backslash and {@code e:}; in it, two
 * backslashes stand for one, and a backslash, {@code u} and four hexadecimal digits for the
 * character of that number.
 */
public final class GraphmlFormat implements ImportFormat, ExportFormat {
  private static final List<String> UNUSED_LIMITS =
      List.of(
          "jdk.xml.entityExpansionLimit",
          "jdk.xml.maxGeneralEntitySizeLimit",
          "jdk.xml.totalEntitySizeLimit");

  private static final Pattern DECLARED =
      Pattern.compile("<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z][\\w.:-]{0,40})[\"']");

  @Override
  public String name() {
    return "graphml";
  }

  @Override
  public boolean recognizes(Path fileOrFolder, byte[] start) {
    return (start.length > 0 && Sources.endsWith(fileOrFolder, ".graphml"))
        || new String(start, StandardCharsets.ISO_8859_1).contains("<graphml");
  }

  @Override
  public void read(Path fileOrFolder, ImportOptions options, RecordSink sink) throws IOException {
    String file = fileOrFolder.toString();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    // The parser counts &amp; and the like, too; a file has no entities of its own here.
    for (String limit : UNUSED_LIMITS) {
      if (factory.isPropertySupported(limit)) {
        factory.setProperty(limit, "0");
      }
    }
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are not read");
        });
    // Of bytes that it cannot decode the parser would write to the standard error.
    try (Reader in = characters(fileOrFolder, options)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      try {
        new GraphmlReader(xml, file, options.limits(), sink).read();
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      var location = e.getLocation();
      Place place =
          location == null
              ? new Place(file, 0, 0)
              : new Place(
                  file,
                  Math.max(0, location.getLineNumber()),
                  Math.max(0, location.getColumnNumber()));
      sink.reject(place, "the rest cannot be read: " + plainMessage(e));
    }
  }

  private static Reader characters(Path file, ImportOptions options) throws IOException {
    String name = encoding(Sources.start(file));
    if (name.equalsIgnoreCase("UTF-8")) {
      return Sources.reader(file, options);
    }
    if (!Charset.isSupported(name)) {
      throw new IllegalArgumentException("expected UTF-8, found the unknown encoding " + name);
    }
    InputStream in = Sources.open(file, options.limits().fileBytes());
    return new InputStreamReader(in, Charset.forName(name).newDecoder());
  }

  /** The encoding that a document says, or shows by how its first character is written. */
  private static String encoding(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00fe\u00ff") || text.startsWith("\u00ff\u00fe")) {
      return "UTF-16";
    }
    if (text.startsWith("<\0")) {
      return "UTF-16LE";
    }
    Matcher declared = DECLARED.matcher(text);
    return text.startsWith("\0<")
        ? "UTF-16BE"
        : declared.lookingAt() ? declared.group(1) : StandardCharsets.UTF_8.name();
  }

  /** The parser's message without the place, which it starts with. */
  private static String plainMessage(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int start = message.indexOf("Message: ");
    return start < 0 ? message : message.substring(start + "Message: ".length());
  }

  @Override
  public void write(GraphView graph, Path target, ExportOptions options, Consumer<String> notes)
      throws IOException {
    GraphView still = graph.at(graph.position());
    try (Writer out = Sources.writer(target)) {
      write(still::forEachNode, still::forEachEdge, out, notes);
    }
  }

  static void write(
      MarkdownFormat.Each<Node> nodes,
      MarkdownFormat.Each<Edge> edges,
      Writer out,
      Consumer<String> notes)
      throws IOException {
    new GraphmlWriter(out).write(nodes, edges, notes);
  }
}
