package dev.knowledgegraph.event;

import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;

/** What happened to a category. */
public sealed interface CategoryEvent extends GraphEvent {
  /** The category it happened to. */
  CategoryId category();

  record CategoryAdded(CategoryId category, CategoryData data) implements CategoryEvent {}

  record CategoryChanged(CategoryId category, CategoryData data) implements CategoryEvent {}

  /** It ended; its members left it in the same commit, each with its own event. */
  record CategoryRemoved(CategoryId category) implements CategoryEvent {}
}
