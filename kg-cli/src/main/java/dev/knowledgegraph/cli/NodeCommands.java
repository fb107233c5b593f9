package dev.knowledgegraph.cli;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.query.GraphQuery;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kg node …}. */
@Command(
    name = "node",
    description = "Nodes. A node is named by its id, its key, or a title only it has.")
final class NodeCommands {
  private final Context context;

  NodeCommands(Context context) {
    this.context = context;
  }

  /** What {@code add} and {@code set} have in common. */
  static final class Fields {
    @Option(names = "--title", description = "what it is called")
    @Nullable String title;

    @Option(names = "--body", description = "the text")
    @Nullable String body;

    @Option(names = "--body-file", paramLabel = "FILE", description = "the text, - for input")
    @Nullable String bodyFile;

    @Option(names = "--body-format", description = "text, markdown, html or json")
    @Nullable String bodyFormat;

    @Option(names = "--key", description = "your own name for it, unique in the graph")
    @Nullable String key;

    @Option(
        names = {"-l", "--label"},
        description = "what it is; can be repeated")
    @Nullable List<String> labels;

    @Option(
        names = {"-t", "--tag"},
        description = "can be repeated")
    @Nullable List<String> tags;

    @Option(
        names = {"-p", "--property"},
        paramLabel = "NAME=VALUE",
        description = "can be repeated; numbers, true, dates and JSON are understood")
    @Nullable List<String> properties;

    @Option(names = "--source", description = "where it came from")
    @Nullable String source;

    NodeData on(NodeData base, Context context) {
      Content content = base.content();
      content = title == null ? content : content.withTitle(title);
      content = body == null ? content : content.withBody(body);
      content = bodyFile == null ? content : content.withBody(read(bodyFile, context));
      content = bodyFormat == null ? content : content.withFormat(ContentFormat.parse(bodyFormat));
      NodeData data =
          base.withContent(content)
              .withProperties(Values.properties(base.properties(), properties));
      data = key == null ? data : data.withKey(NodeKey.of(key));
      data = labels == null ? data : data.withLabels(Labels.of(labels));
      data = tags == null ? data : data.withTags(Tags.of(tags));
      return source == null ? data : data.withSource(source);
    }

    private static String read(String file, Context context) {
      try {
        return file.equals("-")
            ? new String(context.in().readAllBytes(), StandardCharsets.UTF_8)
            : Files.readString(Path.of(file));
      } catch (IOException e) {
        throw Failure.file("cannot read " + file, e);
      }
    }
  }

  @Command(
      description = "Add a node.",
      footerHeading = "%nExamples%n",
      footer = {
        "  kg node add --title \"Ada Lovelace\" --label Person --tag math",
        "  kg node add --key notes --title Notes --body-file notes.md --property year=1843",
      })
  void add(@picocli.CommandLine.Mixin Fields fields) {
    context.write(
        graph -> {
          NodeData data = fields.on(NodeData.empty(), context);
          Node node = graph.find(graph.add(data)).orElseThrow();
          context.output().one(Views.node(node), "added " + node.displayName() + "  " + node.id());
        });
  }

  @Command(description = "Show one node.")
  void get(@Parameters(paramLabel = "NODE") String word) {
    context.read(graph -> context.output().one(Views.node(References.node(graph, word))));
  }

  @Command(
      description = "List nodes.",
      footerHeading = "%nExamples%n",
      footer = {
        "  kg node list --label Person --sort title",
        "  kg node list --tag idea --tag draft --any-tag --format csv",
      })
  void list(
      @Option(names = {"-l", "--label"}) @Nullable List<String> labels,
      @Option(names = {"-t", "--tag"}) @Nullable List<String> tags,
      @Option(names = "--any-tag", description = "one of the tags is enough") boolean anyTag,
      @Option(names = "--status", description = "draft, published or archived")
          @Nullable List<String> status,
      @Option(
              names = {"-p", "--property"},
              paramLabel = "NAME=VALUE")
          @Nullable List<String> properties,
      @Option(names = "--category", paramLabel = "CATEGORY") @Nullable String category,
      @Option(
              names = "--sort",
              defaultValue = "created",
              description = "created, updated, title or degree")
          String sort,
      @Option(names = "--desc", description = "the other way round") boolean descending,
      @Option(names = "--limit", defaultValue = "20") int limit,
      @Option(names = "--all", description = "no limit") boolean all) {
    context.read(
        graph -> {
          NodeFilter filter =
              NodeFilter.all()
                  .withLabels(Values.orEmpty(labels))
                  .withTags(Values.orEmpty(tags), anyTag)
                  .withStatus(Values.orEmpty(status).stream().map(NodeStatus::parse).toList())
                  .withProperties(
                      Values.properties(Properties.none(), properties).values().entrySet().stream()
                          .map(
                              p ->
                                  new NodeFilter.PropertyCondition(
                                      p.getKey(), p.getValue(), p.getValue()))
                          .toList())
                  .withCategory(
                      category == null ? null : References.category(graph, category).id());
          NodeSort order = new NodeSort(sortBy(sort), descending);
          List<Node> nodes =
              References.pages(
                  all ? Integer.MAX_VALUE : limit,
                  null,
                  page -> graph.ask(new GraphQuery.ListNodes(graph.id(), filter, order, page)));
          context
              .output()
              .many(
                  nodes.stream().map(Views::node).toList(),
                  "title",
                  "key",
                  "labels",
                  "tags",
                  "status",
                  "id");
        });
  }

  @Command(description = "Change a node; labels and tags given replace those it has.")
  void set(
      @Parameters(paramLabel = "NODE") String word,
      @picocli.CommandLine.Mixin Fields fields,
      @Option(names = "--no-property", paramLabel = "NAME") @Nullable List<String> without,
      @Option(names = "--no-key", description = "take its key away") boolean noKey,
      @Option(names = "--version", description = "only if it is still at this version")
          @Nullable Long version) {
    context.write(
        graph -> {
          Node node = References.node(graph, word);
          NodeData data = fields.on(node.data(), context);
          for (String name : Values.orEmpty(without)) {
            data = data.withProperties(data.properties().without(name));
          }
          data = noKey ? data.withKey(null) : data;
          graph
              .send(
                  new NodeCommand.SetNode(graph.id(), node.id(), data),
                  CommandOptions.none()
                      .withExpectedVersion(
                          version == null ? Long.valueOf(node.version()) : version))
              .orThrow();
          show(graph, node.id(), "changed ");
        });
  }

  @Command(description = "Give a node a place.")
  void mv(
      @Parameters(paramLabel = "NODE") String word,
      @Parameters(paramLabel = "X") double x,
      @Parameters(paramLabel = "Y") double y,
      @Parameters(paramLabel = "Z", arity = "0..1", defaultValue = "0") double z) {
    change(
        List.of(word),
        node -> new NodeCommand.Move(node.graph(), node.id(), Coordinates.of(x, y, z)),
        "moved ");
  }

  @Command(description = "Give a node tags.")
  void tag(
      @Parameters(paramLabel = "NODE") String word,
      @Parameters(paramLabel = "TAG", arity = "1..*") List<String> tags) {
    change(
        List.of(word),
        node -> new NodeCommand.Tag(node.graph(), node.id(), Tags.of(tags)),
        "tagged ");
  }

  @Command(description = "Take tags from a node.")
  void untag(
      @Parameters(paramLabel = "NODE") String word,
      @Parameters(paramLabel = "TAG", arity = "1..*") List<String> tags) {
    change(
        List.of(word),
        node -> new NodeCommand.Untag(node.graph(), node.id(), Tags.of(tags)),
        "untagged ");
  }

  @Command(description = "Publish drafts.")
  void publish(@Parameters(paramLabel = "NODE", arity = "1..*") List<String> words) {
    change(words, node -> new NodeCommand.Publish(node.graph(), node.id()), "published ");
  }

  @Command(description = "Put nodes away; they stay where they are.")
  void archive(@Parameters(paramLabel = "NODE", arity = "1..*") List<String> words) {
    change(words, node -> new NodeCommand.Archive(node.graph(), node.id()), "archived ");
  }

  @Command(description = "Take nodes out of the archive.")
  void restore(@Parameters(paramLabel = "NODE", arity = "1..*") List<String> words) {
    change(words, node -> new NodeCommand.Restore(node.graph(), node.id()), "restored ");
  }

  @Command(description = "End nodes and all their edges.")
  void rm(@Parameters(paramLabel = "NODE", arity = "1..*") List<String> words) {
    context.write(
        graph -> {
          List<Node> nodes = References.nodes(graph, words);
          Batches.send(
              graph,
              nodes.stream()
                  .map(n -> (GraphCommand) new NodeCommand.RemoveNode(graph.id(), n.id()))
                  .toList());
          var removed = Output.json();
          nodes.forEach(node -> removed.withArray("removed").add(node.id().toString()));
          context
              .output()
              .one(
                  removed,
                  "removed " + String.join(", ", nodes.stream().map(Node::displayName).toList()));
        });
  }

  @Command(description = "What happened to a node.")
  void history(@Parameters(paramLabel = "NODE") String word) {
    new AskCommands.History(context).show(word);
  }

  private void change(List<String> words, Function<Node, GraphCommand> command, String done) {
    context.write(
        graph -> {
          List<Node> nodes = References.nodes(graph, words);
          Batches.send(graph, nodes.stream().map(command).toList());
          nodes.forEach(node -> show(graph, node.id(), done));
        });
  }

  private void show(GraphView graph, NodeId id, String done) {
    Node node = graph.find(id).orElseThrow();
    context.output().one(Views.node(node), done + node.displayName());
  }

  private static NodeSort.By sortBy(String word) {
    try {
      return NodeSort.By.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("--sort is created, updated, title or degree; found " + word);
    }
  }
}
