package dev.knowledgegraph.tck;

import static dev.knowledgegraph.tck.Scribe.categoryId;
import static dev.knowledgegraph.tck.Scribe.edgeId;
import static dev.knowledgegraph.tck.Scribe.nodeId;

import dev.knowledgegraph.command.BulkCommand;
import dev.knowledgegraph.command.CategoryCommand;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.EdgeCommand;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand;
import dev.knowledgegraph.command.SettingsCommand;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeStyle;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.Layout;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.model.ViewSettings;
import dev.knowledgegraph.model.Visibility;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Thinks of commands of every kind about a few graphs of two owners. Ids, keys and names come from
 * small pools, so commands meet each other; many are refused, and that is meant. It does not look
 * at any store: a sequence stays a sequence when commands are left out. The same seed gives the
 * same commands. For one thread.
 */
public final class RandomCommands {
  /** Nodes have the numbers 1 to this. */
  public static final int NODES = 10;

  /** Edges have the numbers 1 to this. */
  public static final int EDGES = 14;

  /** The keys nodes may have. */
  public static final List<String> KEYS = List.of("k", "K", "caf\u00e9", "cafe\u0301", "4");

  /** The titles nodes may have. */
  public static final List<String> TITLES =
      List.of("Ada", "ada", "\ud83d\ude00 Engine", "", "\uff5e");

  private static final int GRAPHS = 3;
  private static final int CATEGORIES = 5;
  private static final List<String> NAMES = List.of("notes", "Notes", "facts");
  private static final List<String> TAGS = List.of("Old", "old", "\u00c9t\u00e9", "a \"b\\", "x");
  private static final List<EdgeType> TYPES =
      List.of(EdgeType.RELATED, EdgeType.HIERARCHICAL, EdgeType.of("drew"));
  private static final List<Object> VALUES =
      List.of(
          true,
          3L,
          -0.5,
          "text",
          Instant.parse("2024-02-29T12:00:00.000001Z"),
          LocalDate.parse("2024-02-29"),
          List.of(1L, "two"),
          Map.of("in", Map.of("deep", 1.5)));

  /** A command, who sends it and how. */
  public record Step(UserId caller, GraphCommand command, CommandOptions options) {}

  private final Random random;
  private final long world;
  private @Nullable Step last;

  /** Commands about the graphs of a world; no two worlds share a graph or an owner. */
  public RandomCommands(long seed, long world) {
    this.random = new Random(seed);
    this.world = world;
  }

  /** The graphs of this world, whether they are there or not. */
  public List<GraphRef> graphs() {
    var refs = new ArrayList<GraphRef>();
    for (int i = 0; i < GRAPHS; i++) {
      refs.add(new GraphRef(owner(i), graph(i)));
    }
    return refs;
  }

  /** The next {@code count} commands; the first ones make a graph with some nodes. */
  public List<Step> take(int count) {
    var graph = graph(0);
    var begin =
        Stream.concat(
            Stream.of(create(0)),
            IntStream.rangeClosed(1, 1 + random.nextInt(6))
                .mapToObj(i -> new NodeCommand.AddNode(graph, nodeId(i), nodeData())));
    return Stream.concat(
            begin.map(command -> new Step(owner(0), command, CommandOptions.none())),
            Stream.generate(this::next))
        .limit(count)
        .toList();
  }

  /** The next command. */
  public Step next() {
    if (last != null && chance(4)) {
      return last;
    }
    int graph = chance(70) ? 0 : random.nextInt(GRAPHS);
    var command = chance(8) ? settings(graph) : chance(15) ? bulk(graph) : element(graph(graph));
    var options = CommandOptions.none();
    if (chance(8)) {
      options = options.withIdempotencyKey("key-" + random.nextInt(6));
    }
    if (chance(8)) {
      options = options.withExpectedVersion(1L + random.nextInt(4));
    }
    last = new Step(chance(3) ? owner(graph + 1) : owner(graph), command, options);
    return last;
  }

  private GraphId graph(int number) {
    return Scribe.graphId(world * GRAPHS + number);
  }

  private UserId owner(int graph) {
    return UserId.of((graph % 2 == 0 ? "ada-" : "bob-") + world);
  }

  private GraphCommand create(int graph) {
    var policy = pick(List.of(Policy.open(), Policy.open(), Policy.notebook(), Policy.strict()));
    return new SettingsCommand.CreateGraph(
        graph(graph), GraphData.named(pick(NAMES)).withPolicy(policy));
  }

  private GraphCommand settings(int number) {
    var graph = graph(number);
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> create(number);
      case 3 -> new SettingsCommand.RenameGraph(graph, pick(NAMES));
      case 4 -> new SettingsCommand.DescribeGraph(graph, pick(TITLES));
      case 5 -> new SettingsCommand.SetVisibility(graph, pick(List.of(Visibility.values())));
      case 6 ->
          new SettingsCommand.SetView(
              graph,
              new ViewSettings(
                  pick(List.of(Layout.values())),
                  "dark",
                  1.5,
                  pick(List.of(EdgeStyle.values())),
                  chance(50),
                  chance(50)));
      case 7 ->
          new SettingsCommand.SetPolicy(
              graph, pick(List.of(Policy.open(), Policy.notebook(), Policy.strict())));
      case 8 -> new SettingsCommand.MakeDefault(graph);
      default ->
          chance(10)
              ? new SettingsCommand.RemoveGraph(graph)
              : new SettingsCommand.MakeDefault(graph);
    };
  }

  private GraphCommand bulk(int number) {
    var graph = graph(number);
    return switch (random.nextInt(7)) {
      case 0, 1 -> new BulkCommand.Batch(graph, batch(number), chance(50));
      case 2 ->
          new BulkCommand.ImportNodes(
              graph, several(() -> new BulkCommand.ImportedNode(nodeId(node()), nodeData())));
      case 3, 4 ->
          new BulkCommand.ImportEdges(
              graph,
              several(() -> new BulkCommand.ImportedEdge(edgeId(edge()), edgeData(), chance(50))));
      case 5 -> new BulkCommand.ImportCategories(graph, several(this::categorized));
      default ->
          chance(50)
              ? new BulkCommand.StartImport(graph, "job", "csv", "file")
              : new BulkCommand.FinishImport(graph, "job", 1, 2);
    };
  }

  private GraphCommand batched(int number) {
    return chance(3)
        ? new SettingsCommand.DescribeGraph(graph(number), "in a batch")
        : element(graph(chance(3) ? number + 1 : number));
  }

  private GraphCommand element(GraphId graph) {
    return chance(55) ? nodeCommand(graph) : chance(75) ? edgeCommand(graph) : category(graph);
  }

  private NodeCommand nodeCommand(GraphId graph) {
    var node = nodeId(node());
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4, 5 -> new NodeCommand.AddNode(graph, node, nodeData());
      case 6, 7 -> new NodeCommand.SetNode(graph, node, nodeData());
      case 8 -> new NodeCommand.ChangeContent(graph, node, content());
      case 9 -> new NodeCommand.Relabel(graph, node, labels());
      case 10 -> new NodeCommand.Tag(graph, node, tags());
      case 11 -> new NodeCommand.Untag(graph, node, tags());
      case 12 -> new NodeCommand.Move(graph, node, position());
      case 13 -> new NodeCommand.ChangeProperties(graph, node, properties());
      case 14 -> new NodeCommand.Publish(graph, node);
      case 15 -> new NodeCommand.Archive(graph, node);
      case 16 -> new NodeCommand.Restore(graph, node);
      case 17 -> new NodeCommand.SetKey(graph, node, key());
      case 18 -> new NodeCommand.RemoveNode(graph, node);
      case 19, 20 ->
          new NodeCommand.Categorize(
              graph,
              node,
              categoryId(random.nextInt(CATEGORIES)),
              0.5,
              pick(List.of(Origin.values())));
      case 21 -> new NodeCommand.Uncategorize(graph, node, categoryId(random.nextInt(CATEGORIES)));
      case 22 -> new NodeCommand.MergeNodes(graph, node, nodeId(node()));
      default -> mergeOrItsReverse(graph);
    };
  }

  // An unmerge means something only after the merge of the same two.
  private NodeCommand mergeOrItsReverse(GraphId graph) {
    return last != null
            && last.command() instanceof NodeCommand.MergeNodes merge
            && merge.graph().equals(graph)
        ? new NodeCommand.UnmergeNode(graph, merge.node(), merge.absorbed())
        : new NodeCommand.UnmergeNode(graph, nodeId(node()), nodeId(node()));
  }

  private EdgeCommand edgeCommand(GraphId graph) {
    var edge = edgeId(edge());
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3, 4, 5 -> new EdgeCommand.AddEdge(graph, edge, edgeData());
      case 6 -> new EdgeCommand.Reweight(graph, edge, weight());
      case 7 -> new EdgeCommand.Retype(graph, edge, pick(TYPES));
      case 8 -> new EdgeCommand.ChangeEdge(graph, edge, properties(), "label", chance(50));
      default -> new EdgeCommand.RemoveEdge(graph, edge);
    };
  }

  private CategoryCommand category(GraphId graph) {
    var category = categoryId(random.nextInt(CATEGORIES));
    return switch (random.nextInt(5)) {
      case 0, 1 -> new CategoryCommand.AddCategory(graph, category, categoryData());
      case 2, 3 -> new CategoryCommand.ChangeCategory(graph, category, categoryData());
      default -> new CategoryCommand.RemoveCategory(graph, category);
    };
  }

  private CategoryData categoryData() {
    var data =
        CategoryData.of("Category " + random.nextInt(4)).withColor(chance(50) ? "#a0b1C2" : null);
    return chance(40) ? data.withParent(categoryId(random.nextInt(CATEGORIES))) : data;
  }

  private NodeData nodeData() {
    return NodeData.empty()
        .withContent(content())
        .withKey(chance(40) ? key() : null)
        .withLabels(labels())
        .withTags(tags())
        .withPosition(position())
        .withProperties(properties())
        .withStatus(chance(85) ? NodeStatus.DRAFT : pick(List.of(NodeStatus.values())))
        .withSource(chance(20) ? "import.csv" : null);
  }

  private EdgeData edgeData() {
    return EdgeData.edge(nodeId(node()), pick(TYPES), nodeId(node()))
        .withDiscriminator(Discriminator.of(pick(List.of("", "", "1", "B", "b"))))
        .withWeight(weight())
        .withDirected(chance(75))
        .withProperties(properties())
        .withProvenance(
            chance(60) ? Provenance.manual() : new Provenance(Origin.AUTOMATIC, "m", 0.25, "why"));
  }

  private Content content() {
    var title = pick(TITLES);
    return new Content(
        title, chance(50) ? "" : "body\n" + title, pick(List.of(ContentFormat.values())));
  }

  private Labels labels() {
    return Labels.of(some(List.of("Person", "person", "Machine")));
  }

  private Tags tags() {
    return Tags.of(some(TAGS));
  }

  private @Nullable Coordinates position() {
    return chance(70) ? null : Coordinates.of(random.nextInt(12) * 1_000.5, -0.0, 2);
  }

  private Properties properties() {
    var properties = Properties.none();
    while (chance(35)) {
      properties = properties.with(pick(List.of("a", "A", "n")), pick(VALUES));
    }
    return properties;
  }

  private @Nullable NodeKey key() {
    return chance(20) ? null : NodeKey.of(pick(KEYS));
  }

  private double weight() {
    return pick(List.of(1.0, 0.5, 0.25, -1.0, 3.0));
  }

  private int node() {
    return 1 + random.nextInt(NODES);
  }

  private int edge() {
    return 1 + random.nextInt(EDGES);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private <T> List<T> some(List<T> from) {
    return from.stream().filter(each -> chance(30)).toList();
  }

  private BulkCommand.ImportedCategory categorized() {
    return new BulkCommand.ImportedCategory(
        nodeId(node()),
        new Categorization(
            categoryId(random.nextInt(CATEGORIES)), 0.5, pick(List.of(Origin.values()))));
  }

  /** Commands of which some take back a merge that one before them may have done. */
  private List<GraphCommand> batch(int number) {
    var commands = new ArrayList<GraphCommand>();
    for (GraphCommand command : several(() -> batched(number))) {
      commands.add(command);
      if (command instanceof NodeCommand.MergeNodes merge && chance(60)) {
        commands.add(new NodeCommand.UnmergeNode(merge.graph(), merge.node(), merge.absorbed()));
      }
    }
    return commands;
  }

  private <T> List<T> several(Supplier<T> make) {
    return Stream.generate(make).limit(1L + random.nextInt(5)).toList();
  }
}
