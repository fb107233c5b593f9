package dev.knowledgegraph.model;

import java.util.Objects;

/**
 * That a node belongs to a category.
 *
 * @param confidence from 0 to 1
 * @param origin who said so
 */
public record Categorization(CategoryId category, double confidence, Origin origin) {
  public Categorization {
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(origin, "origin");
    confidence = Texts.unit("confidence", confidence);
  }
}
