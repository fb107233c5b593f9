package dev.knowledgegraph.domain;

import dev.knowledgegraph.command.CategoryCommand;
import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.CategoryCommand.ChangeCategory;
import dev.knowledgegraph.command.CategoryCommand.RemoveCategory;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.event.CategoryEvent.CategoryAdded;
import dev.knowledgegraph.event.CategoryEvent.CategoryChanged;
import dev.knowledgegraph.event.CategoryEvent.CategoryRemoved;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.NodeEvent.NodeUncategorized;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides about categories. */
public final class CategoryDecider {
  private CategoryDecider() {}

  public static Decision decide(CategoryCommand command, Facts facts) {
    Optional<Category> found = facts.category(command.category());
    if (command instanceof AddCategory add) {
      if (found.isPresent()) {
        return Decision.refuse(new Rejection.IdTaken("category", add.category().toString()));
      }
      Rejection broken = place(add.category(), add.data(), facts);
      return broken != null
          ? Decision.refuse(broken)
          : Decision.accept(new CategoryAdded(add.category(), add.data()));
    }
    if (found.isEmpty()) {
      return Decision.refuse(new Rejection.NotFound("category", command.category().toString()));
    }
    Category category = found.get();
    return switch (command) {
      case AddCategory c -> throw new AssertionError(c);
      case ChangeCategory c -> change(category, c.data(), facts);
      case RemoveCategory c -> remove(category, facts);
    };
  }

  private static Decision change(Category category, CategoryData wanted, Facts facts) {
    if (wanted.equals(category.data())) {
      return Decision.accept();
    }
    Rejection broken = place(category.id(), wanted, facts);
    return broken != null
        ? Decision.refuse(broken)
        : Decision.accept(new CategoryChanged(category.id(), wanted));
  }

  private static Decision remove(Category category, Facts facts) {
    if (height(category.id(), facts) > 0) {
      return Decision.refuse(
          new Rejection.RuleBroken(
              "CATEGORY_HAS_CHILDREN",
              "category " + category.id() + " has categories below it; remove those first"));
    }
    var events = new ArrayList<GraphEvent>();
    facts
        .members(category.id())
        .forEach(node -> events.add(new NodeUncategorized(node.id(), category.id())));
    events.add(new CategoryRemoved(category.id()));
    return Decision.accept(events);
  }

  private static @Nullable Rejection place(CategoryId id, CategoryData data, Facts facts) {
    for (Category other : facts.categories()) {
      if (!other.id().equals(id) && other.title().equals(data.title())) {
        return new Rejection.RuleBroken(
            "CATEGORY_EXISTS", "there is a category with this title already: " + other.id());
      }
    }
    int level = 0;
    for (CategoryId up = data.parent(); up != null; level++) {
      if (up.equals(id)) {
        return new Rejection.RuleBroken("CATEGORY_CYCLE", "a category cannot be below itself");
      }
      Optional<Category> parent = facts.category(up);
      if (parent.isEmpty()) {
        return new Rejection.NotFound("category", up.toString());
      }
      up = parent.get().data().parent();
    }
    int deepest = level + height(id, facts);
    return deepest > CategoryData.MAX_LEVEL
        ? new Rejection.LimitExceeded("category level", CategoryData.MAX_LEVEL, deepest)
        : null;
  }

  /** How many levels there are below a category. */
  private static int height(CategoryId id, Facts facts) {
    return facts.categories().stream()
        .filter(child -> id.equals(child.data().parent()))
        .mapToInt(child -> 1 + height(child.id(), facts))
        .max()
        .orElse(0);
  }
}
