package dev.knowledgegraph.command;

import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.GraphId;

/** Wishes about a category. */
public sealed interface CategoryCommand extends GraphCommand {
  /** The category it is about. */
  CategoryId category();

  record AddCategory(GraphId graph, CategoryId category, CategoryData data)
      implements CategoryCommand {}

  record ChangeCategory(GraphId graph, CategoryId category, CategoryData data)
      implements CategoryCommand {}

  /** Ends the category; its members leave it. Refused while it has categories below it. */
  record RemoveCategory(GraphId graph, CategoryId category) implements CategoryCommand {}
}
