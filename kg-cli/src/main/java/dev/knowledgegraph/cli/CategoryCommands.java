package dev.knowledgegraph.cli;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.command.CategoryCommand;
import dev.knowledgegraph.command.NodeCommand;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.query.GraphQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kg category …}. */
@Command(name = "category", description = "Categories, up to three levels deep.")
final class CategoryCommands {
  private final Context context;

  CategoryCommands(Context context) {
    this.context = context;
  }

  @Command(description = "Add a category.")
  void add(
      @Parameters(paramLabel = "TITLE") String title,
      @Option(names = "--parent", paramLabel = "CATEGORY") @Nullable String parent,
      @Option(names = "--description", defaultValue = "") String description,
      @Option(names = "--display-color") @Nullable String color,
      @Option(names = "--icon") @Nullable String icon) {
    context.write(
        graph -> {
          CategoryData data =
              CategoryData.of(title)
                  .withDescription(description)
                  .withParent(parent == null ? null : References.category(graph, parent).id())
                  .withColor(color)
                  .withIcon(icon);
          CategoryId id = CategoryId.of(graph.newNodeId().value());
          graph.send(new CategoryCommand.AddCategory(graph.id(), id, data)).orThrow();
          show(graph, id, "added category ");
        });
  }

  @Command(description = "List the categories.")
  void list() {
    context.read(
        graph ->
            context
                .output()
                .many(
                    graph.ask(new GraphQuery.ListCategories(graph.id())).stream()
                        .map(Views::category)
                        .toList(),
                    "title",
                    "description",
                    "parent",
                    "id"));
  }

  @Command(description = "Change a category.")
  void set(
      @Parameters(paramLabel = "CATEGORY") String word,
      @Option(names = "--title") @Nullable String title,
      @Option(names = "--parent", paramLabel = "CATEGORY") @Nullable String parent,
      @Option(names = "--no-parent") boolean noParent,
      @Option(names = "--description") @Nullable String description,
      @Option(names = "--display-color") @Nullable String color,
      @Option(names = "--icon") @Nullable String icon) {
    context.write(
        graph -> {
          Category category = References.category(graph, word);
          CategoryData data = category.data();
          data = title == null ? data : data.withTitle(title);
          data = description == null ? data : data.withDescription(description);
          data = parent == null ? data : data.withParent(References.category(graph, parent).id());
          data = noParent ? data.withParent(null) : data;
          data = color == null ? data : data.withColor(color);
          data = icon == null ? data : data.withIcon(icon);
          graph.send(new CategoryCommand.ChangeCategory(graph.id(), category.id(), data)).orThrow();
          show(graph, category.id(), "changed category ");
        });
  }

  @Command(description = "End a category.")
  void rm(@Parameters(paramLabel = "CATEGORY") String word) {
    context.write(
        graph -> {
          CategoryId id = References.category(graph, word).id();
          graph.send(new CategoryCommand.RemoveCategory(graph.id(), id)).orThrow();
          context
              .output()
              .one(Output.json().put("removed", id.toString()), "removed category " + word);
        });
  }

  @Command(description = "Put a node into a category.")
  void assign(
      @Parameters(paramLabel = "NODE") String word,
      @Parameters(paramLabel = "CATEGORY") String category,
      @Option(names = "--confidence", defaultValue = "1") double confidence) {
    context.write(
        graph -> {
          Node node = References.node(graph, word);
          CategoryId id = References.category(graph, category).id();
          graph
              .send(
                  new NodeCommand.Categorize(graph.id(), node.id(), id, confidence, Origin.MANUAL))
              .orThrow();
          Node changed = graph.find(node.id()).orElseThrow();
          context.output().one(Views.node(changed), node.displayName() + " is now in " + category);
        });
  }

  @Command(description = "Take a node out of a category.")
  void unassign(
      @Parameters(paramLabel = "NODE") String word,
      @Parameters(paramLabel = "CATEGORY") String category) {
    context.write(
        graph -> {
          Node node = References.node(graph, word);
          CategoryId id = References.category(graph, category).id();
          graph.send(new NodeCommand.Uncategorize(graph.id(), node.id(), id)).orThrow();
          Node changed = graph.find(node.id()).orElseThrow();
          context
              .output()
              .one(Views.node(changed), node.displayName() + " is no longer in " + category);
        });
  }

  @Command(description = "Categories that fit a node or a text.")
  void suggest(
      @Parameters(paramLabel = "NODE", arity = "0..1") @Nullable String word,
      @Option(names = "--text") @Nullable String text,
      @Option(names = "--limit", defaultValue = "5") int limit) {
    if ((word == null) == (text == null)) {
      throw Failure.usage("give a node or --text");
    }
    context.read(
        graph -> {
          String about = text;
          if (word != null) {
            Node node = References.node(graph, word);
            about = node.title() + "\n" + node.body();
          }
          var query =
              new GraphQuery.SuggestCategories(graph.id(), about == null ? "" : about, limit);
          context
              .output()
              .many(
                  graph.ask(query).stream()
                      .map(
                          found -> {
                            var item = Output.json();
                            item.set("category", Views.category(found.category()));
                            return item.put("confidence", found.confidence())
                                .put("reason", found.reason());
                          })
                      .toList(),
                  "category.title",
                  "confidence",
                  "reason");
        });
  }

  private void show(GraphView graph, CategoryId id, String done) {
    List<Category> all = graph.ask(new GraphQuery.ListCategories(graph.id()));
    Category category = all.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    context.output().one(Views.category(category), done + category.title());
  }
}
