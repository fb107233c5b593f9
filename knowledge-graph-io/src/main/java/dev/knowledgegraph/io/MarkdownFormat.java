package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of Markdown notes that link to each other by {@code [[name]]}, or one such note.
 *
 * <p>A note's key is its path from the folder without {@code .md}; its body is the file without the
 * front matter, whose fields become properties and whose text is kept as {@code
 * markdown.frontmatter}, so that an unchanged note is written as it was read. Symbolic links are
 * not followed.
 */
public final class MarkdownFormat implements ImportFormat, ExportFormat {
  /** The front matter as it stands in the file, with its fences. */
  public static final String FRONT_MATTER = "markdown.frontmatter";

  /** The targets of the links that lead nowhere. */
  public static final String UNRESOLVED = "markdown.unresolved";

  /** On an edge: how many links it stands for. */
  public static final String COUNT = "count";

  static final String NAME = "markdown";
  private static final String SUFFIX = ".md";
  private static final int MAX_NOTE_BYTES = 16 << 20;
  private static final int MAX_FILE_NAME = 200;
  private static final Set<String> ELSEWHERE = Set.of("title", "tags", "tag");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean recognizes(Path fileOrFolder, byte[] start) {
    if (!Files.isDirectory(fileOrFolder)) {
      return Sources.endsWith(fileOrFolder, SUFFIX, ".markdown");
    }
    try (var files = Files.walk(fileOrFolder)) {
      return files.anyMatch(file -> file.toString().endsWith(SUFFIX) && Files.isRegularFile(file));
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      return false;
    }
  }

  @Override
  public void read(Path fileOrFolder, ImportOptions options, RecordSink sink) throws IOException {
    if (!Files.isDirectory(fileOrFolder)) {
      new MarkdownFiles(List.of(fileOrFolder)).read(fileOrFolder, options, sink);
      return;
    }
    Vault vault = Vault.of(fileOrFolder);
    var aliases = new HashMap<String, List<String>>();
    var readable = new ArrayList<String>();
    for (String note : vault.notes()) {
      try {
        String key = keyOf(note);
        NodeKey.of(key);
        MarkdownText text = new MarkdownText(counted(fileOrFolder.resolve(note), options));
        aliases.put(key, text.aliases());
        readable.add(note);
      } catch (IOException | IllegalArgumentException unusable) {
        sink.reject(new Place(note, 1, 1), reason(unusable));
      }
    }
    LinkIndex index = new LinkIndex(aliases, vault.others());
    for (String note : readable) {
      MarkdownText text = new MarkdownText(counted(fileOrFolder.resolve(note), options));
      emit(keyOf(note), note, text, index, sink);
    }
  }

  /** The nodes whose links lead nowhere, by title, with what those links say. */
  public static Map<Node, List<String>> unresolved(GraphView graph) {
    var filter =
        NodeFilter.all()
            .withProperties(List.of(new NodeFilter.PropertyCondition(UNRESOLVED, null, null)));
    var found = new LinkedHashMap<Node, List<String>>();
    String after = null;
    do {
      Page<Node> page =
          graph.ask(
              new GraphQuery.ListNodes(
                  graph.id(),
                  filter,
                  new NodeSort(NodeSort.By.TITLE, false),
                  new Page.Request(Page.MAX_SIZE, after)));
      page.items().forEach(node -> found.put(node, targets(node)));
      after = page.next();
    } while (after != null);
    return found;
  }

  private static List<String> targets(Node node) {
    return node.properties().find(UNRESOLVED).stream()
        .flatMap(
            value ->
                value instanceof PropertyValue.Items items
                    ? items.values().stream()
                    : Stream.of(value))
        .map(Object::toString)
        .toList();
  }

  static String reason(Exception unusable) {
    return unusable instanceof CharacterCodingException
        ? "expected UTF-8 text, found other bytes"
        : String.valueOf(unusable.getMessage());
  }

  /**
   * Passes a note on.
   *
   * @param note how its file is called when something in it is wrong
   */
  static void emit(String key, String note, MarkdownText text, LinkIndex index, RecordSink sink) {
    var found = new LinkedHashMap<String, List<MarkdownText.Link>>();
    var missing = new LinkedHashSet<String>();
    for (MarkdownText.Link link : text.links()) {
      if (link.query()) {
        continue;
      }
      LinkIndex.Target target = index.resolve(key, link.raw());
      String targetKey = target.key();
      if (target.status() == LinkIndex.Status.UNRESOLVED) {
        missing.add(LinkIndex.written(link.raw()));
        sink.unresolved(new Place(note, link.line(), link.column()), link.raw());
      } else if (target.status() == LinkIndex.Status.RESOLVED
          && targetKey != null
          && !targetKey.equals(key)) {
        found.computeIfAbsent(targetKey, any -> new ArrayList<>()).add(link);
      }
    }
    Place start = new Place(note, 1, 1);
    if (sink.wantsNodes()) {
      NodeData data;
      try {
        data = node(key, text);
        if (!missing.isEmpty()) {
          data = data.property(UNRESOLVED, missing);
        }
      } catch (IllegalArgumentException invalid) {
        sink.reject(start, reason(invalid));
        return;
      }
      sink.node(new NodeRecord(null, data, start));
    }
    if (sink.wantsEdges()) {
      EndRef source = new EndRef.ByKey(NodeKey.of(key));
      found.forEach(
          (target, links) -> {
            MarkdownText.Link first = links.get(0);
            sink.edge(
                new EdgeRecord(
                    null,
                    source,
                    new EndRef.ByKey(NodeKey.of(target)),
                    EdgeType.REFERENCE,
                    null,
                    1,
                    true,
                    "",
                    Properties.of(COUNT, links.size()),
                    Provenance.imported(),
                    new Place(note, first.line(), first.column())));
          });
    }
    sink.progress(start);
  }

  /** What the file of a note says, its links aside. */
  private static NodeData node(String key, MarkdownText text) {
    Properties fields = FrontMatter.read(text.frontMatter());
    var properties = new TreeMap<>(fields.values());
    properties.keySet().removeAll(ELSEWHERE);
    if (!text.header().isEmpty()) {
      properties.put(FRONT_MATTER, new PropertyValue.Text(text.header()));
    }
    String title =
        fields.text("title").filter(given -> !given.isBlank()).orElseGet(() -> title(key, text));
    return NodeData.empty()
        .withKey(NodeKey.of(key))
        .withContent(new Content(title, text.body(), ContentFormat.MARKDOWN))
        .withTags(tags(text.tags()))
        .withProperties(Properties.of(properties));
  }

  private static String title(String key, MarkdownText text) {
    String heading = text.heading();
    return heading != null ? heading : key.substring(key.lastIndexOf('/') + 1);
  }

  private static Tags tags(List<String> names) {
    return Tags.of(
        names.stream()
            .filter(name -> !name.isBlank() && name.chars().noneMatch(Character::isISOControl))
            .toList());
  }

  private static String keyOf(String note) {
    return note.substring(0, note.length() - SUFFIX.length());
  }

  static String counted(Path file, ImportOptions options) throws IOException {
    String text = load(file, options);
    Meter.count(Files.size(file));
    return text;
  }

  static String load(Path file, ImportOptions options) throws IOException {
    int most = (int) Math.min(MAX_NOTE_BYTES, options.limits().fileBytes());
    byte[] bytes;
    try (InputStream in = open(file)) {
      bytes = in.readNBytes(most + 1);
    }
    if (bytes.length > most) {
      throw new IOException("expected at most " + most + " bytes, found more");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** As it is, for an unchanged note is written as it was read; unpacked if its name says so. */
  private static InputStream open(Path file) throws IOException {
    return Sources.name(file).endsWith(".gz")
        ? Sources.open(file, MAX_NOTE_BYTES)
        : Files.newInputStream(file);
  }

  /** The files below a folder, by their paths from it. */
  private record Vault(List<String> notes, List<String> others) {
    static Vault of(Path root) throws IOException {
      var notes = new ArrayList<String>();
      var others = new ArrayList<String>();
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                var path = new StringBuilder();
                for (Path part : root.relativize(file)) {
                  path.append(path.isEmpty() ? "" : "/").append(part);
                }
                (file.toString().endsWith(SUFFIX) ? notes : others).add(path.toString());
              }
              return FileVisitResult.CONTINUE;
            }
          });
      notes.sort(LinkIndex.BY_CODE_POINT);
      return new Vault(notes, others);
    }
  }

  @Override
  public void write(GraphView graph, Path target, ExportOptions options, Consumer<String> notes)
      throws IOException {
    GraphView still = graph.at(graph.position());
    write(still::forEachNode, still::forEachEdge, target, notes);
  }

  /** Something whose elements can be had one at a time, again and again. */
  interface Each<T> {
    void forEach(Consumer<T> action);
  }

  static void write(Each<Node> nodes, Each<Edge> edges, Path target, Consumer<String> notes)
      throws IOException {
    Files.createDirectories(target);
    Names names = Names.of(nodes, target, notes);
    var writer = new NoteWriter(target, names);
    nodes.forEach(writer::write);
    IOException failure = writer.failure;
    if (failure != null) {
      throw failure;
    }
    writer.report(notes);
    reportEdges(nodes, edges, names, notes);
  }

  private static void reportEdges(
      Each<Node> nodes, Each<Edge> edges, Names names, Consumer<String> notes) {
    var aliases = new HashMap<String, List<String>>();
    nodes.forEach(
        node -> aliases.put(names.of(node), new MarkdownText(fileText(node, names)).aliases()));
    LinkIndex index = new LinkIndex(aliases, List.of());
    Map<String, Set<String>> written = new HashMap<>();
    nodes.forEach(
        node -> {
          String key = names.of(node);
          var targets = new HashSet<String>();
          for (MarkdownText.Link link : new MarkdownText(fileText(node, names)).links()) {
            String found = link.query() ? null : index.resolve(key, link.raw()).key();
            if (found != null && !found.equals(key)) {
              targets.add(found);
            }
          }
          written.put(key, targets);
        });
    var left = new TreeMap<String, Long>();
    edges.forEach(
        edge -> {
          String from = names.of(edge.source());
          String to = names.of(edge.target());
          boolean there =
              edge.type().equals(EdgeType.REFERENCE)
                  && edge.directed()
                  && edge.data().discriminator().isNone()
                  && written.getOrDefault(from, Set.of()).contains(to);
          if (!there) {
            left.merge(edge.type().name(), 1L, Long::sum);
          }
        });
    left.forEach(
        (type, count) ->
            notes.accept(
                count + " edges of type " + type + " are left out: no link in a note says them"));
  }

  /** The whole text of the file of a node. */
  private static String fileText(Node node, Names names) {
    String kept = node.properties().text(FRONT_MATTER).orElse("");
    String key = names.of(node);
    String same = kept + node.body();
    MarkdownText parsed = new MarkdownText(same);
    boolean whole = parsed.header().equals(kept) && parsed.body().equals(node.body());
    if (whole && says(parsed, key, node)) {
      return same;
    }
    var fields = new LinkedHashMap<String, Object>();
    MarkdownText body = new MarkdownText("---\n---\n" + node.body());
    if (!node.title().equals(title(key, body)) && !node.title().isBlank()) {
      fields.put("title", node.title());
    }
    Tags inBody = tags(body.bodyTags());
    List<String> more = node.tags().names().stream().filter(tag -> !inBody.contains(tag)).toList();
    if (!more.isEmpty()) {
      fields.put("tags", more);
    }
    node.properties()
        .values()
        .forEach(
            (name, value) -> {
              if (!name.equals(FRONT_MATTER)
                  && !name.equals(UNRESOLVED)
                  && !ELSEWHERE.contains(name)) {
                fields.put(name, FrontMatter.plain(value));
              }
            });
    String header = fields.isEmpty() ? "" : "---\n" + FrontMatter.write(fields) + "---\n";
    // A body that starts like front matter needs some before it.
    boolean needed = header.isEmpty() && !new MarkdownText(node.body()).header().isEmpty();
    return (needed ? "---\n---\n" : header) + node.body();
  }

  /** Whether reading the text gives the node again. */
  private static boolean says(MarkdownText text, String key, Node node) {
    try {
      NodeData read = node(key, text);
      return read.content().title().equals(node.title())
          && read.tags().equals(node.tags())
          && read.properties().equals(node.properties().without(UNRESOLVED));
    } catch (IllegalArgumentException invalid) {
      return false;
    }
  }

  /** Which file, without {@code .md}, each node is written to. */
  private record Names(Map<NodeId, String> byId) {
    static Names of(Each<Node> nodes, Path target, Consumer<String> notes) {
      var byId = new HashMap<NodeId, String>();
      Set<String> taken = new HashSet<>();
      var moved = new ArrayList<NodeId>();
      nodes.forEach(
          node -> {
            NodeKey key = node.data().key();
            if (key != null) {
              if (inside(target, key.value()) && taken.add(fold(key.value()))) {
                byId.put(node.id(), key.value());
              } else {
                moved.add(node.id());
                byId.put(node.id(), node.id().toString());
              }
            }
          });
      nodes.forEach(
          node -> {
            if (node.data().key() == null) {
              String title = fileName(node.title());
              boolean usable = !title.isEmpty() && inside(target, title) && taken.add(fold(title));
              byId.put(node.id(), usable ? title : node.id().toString());
            }
          });
      if (!moved.isEmpty()) {
        notes.accept(
            moved.size()
                + " nodes are written under their ids: their keys cannot be paths of files, such"
                + " as that of node "
                + moved.get(0));
      }
      return new Names(byId);
    }

    String of(Node node) {
      return of(node.id());
    }

    String of(NodeId node) {
      return byId.getOrDefault(node, node.toString());
    }

    private static String fold(String text) {
      return text.toLowerCase(Locale.ROOT);
    }

    private static String fileName(String title) {
      String name = title.replaceAll("[\\p{Cc}/\\\\:*?\"<>|#^\\[\\]]+", " ").strip();
      int end = Math.min(name.length(), MAX_FILE_NAME / 3);
      if (end > 0 && Character.isHighSurrogate(name.charAt(end - 1))) {
        end--;
      }
      return name.substring(MarkdownText.leading(name, ". ")).isEmpty()
          ? ""
          : name.substring(Math.min(MarkdownText.leading(name, ". "), end), end).strip();
    }

    /** Whether the key names a file below the folder, and is its own shortest form. */
    private static boolean inside(Path target, String key) {
      if (key.indexOf('\\') >= 0 || key.indexOf('\0') >= 0) {
        return false;
      }
      for (String part : key.split("/", -1)) {
        boolean tooLong = part.getBytes(StandardCharsets.UTF_8).length > MAX_FILE_NAME + 50;
        if (part.isEmpty() || part.equals(".") || part.equals("..") || tooLong) {
          return false;
        }
      }
      try {
        Path folder = target.toAbsolutePath().normalize();
        return folder.resolve(key + SUFFIX).normalize().startsWith(folder);
      } catch (InvalidPathException impossible) {
        return false;
      }
    }
  }

  /** Writes one file for each node. */
  private static final class NoteWriter {
    private final Path target;
    private final Names names;
    private @Nullable IOException failure;
    private final Map<String, Long> lost = new TreeMap<>();

    NoteWriter(Path target, Names names) {
      this.target = target;
      this.names = names;
    }

    void write(Node node) {
      if (failure != null) {
        return;
      }
      Path file = target.resolve(names.of(node) + SUFFIX);
      try {
        refuseSymbolicLinks(file);
        Path folder = file.getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.writeString(file, fileText(node, names));
      } catch (IOException e) {
        failure = e;
      }
      count("labels", !node.labels().isEmpty());
      count("positions", node.position().isPresent());
      count("status", node.status() != NodeStatus.DRAFT);
      count("sources", node.source().isPresent());
      count("categories", !node.categories().isEmpty());
    }

    /** So that no link that is there already leads out of the folder. */
    private void refuseSymbolicLinks(Path file) throws IOException {
      Path at = target;
      for (Path part : target.relativize(file)) {
        at = at.resolve(part);
        if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && Files.isSymbolicLink(at)) {
          throw new IOException("expected a folder without symbolic links, found one: " + part);
        }
      }
    }

    private void count(String what, boolean there) {
      if (there) {
        lost.merge(what, 1L, Long::sum);
      }
    }

    void report(Consumer<String> notes) {
      lost.forEach((what, count) -> notes.accept(what + " of " + count + " nodes are left out"));
    }
  }
}
