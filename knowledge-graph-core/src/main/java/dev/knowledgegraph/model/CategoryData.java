package dev.knowledgegraph.model;

import org.jspecify.annotations.Nullable;

/**
 * What a person puts into a category.
 *
 * @param title 1 to 100 characters
 * @param description 0 to 500 characters
 * @param parent the category above, if any; categories are at most {@value #MAX_LEVEL} levels below
 *     a top one
 * @param color {@code #RRGGBB} in upper case, or null
 * @param icon a short name or emoji of 1 to 50 characters, or null
 */
public record CategoryData(
    String title,
    String description,
    @Nullable CategoryId parent,
    @Nullable String color,
    @Nullable String icon) {
  /** The deepest level; a category without a parent is at level 0. */
  public static final int MAX_LEVEL = 2;

  public CategoryData {
    Texts.name("category title", title, 100);
    Texts.bounded("category description", description, 0, 500);
    if (color != null) {
      color = color.toUpperCase(java.util.Locale.ROOT);
      if (!color.matches("#[0-9A-F]{6}")) {
        throw new IllegalArgumentException("color: expected #RRGGBB, found something else");
      }
    }
    if (icon != null) {
      Texts.name("icon", icon, 50);
    }
  }

  /** A top category with a title. */
  public static CategoryData of(String title) {
    return new CategoryData(title, "", null, null, null);
  }

  public CategoryData withTitle(String newTitle) {
    return new CategoryData(newTitle, description, parent, color, icon);
  }

  public CategoryData withDescription(String newDescription) {
    return new CategoryData(title, newDescription, parent, color, icon);
  }

  public CategoryData withParent(@Nullable CategoryId newParent) {
    return new CategoryData(title, description, newParent, color, icon);
  }

  public CategoryData withColor(@Nullable String newColor) {
    return new CategoryData(title, description, parent, newColor, icon);
  }

  public CategoryData withIcon(@Nullable String newIcon) {
    return new CategoryData(title, description, parent, color, newIcon);
  }
}
