package dev.knowledgegraph.model;

import java.util.Objects;

/**
 * What an owner puts into a graph's settings.
 *
 * @param name 1 to 200 characters, unique among the owner's graphs
 * @param description 0 to 1,000 characters
 */
public record GraphData(
    String name,
    String description,
    Visibility visibility,
    ViewSettings view,
    Policy policy,
    AutoLink autoLink) {
  public GraphData {
    Texts.name("graph name", name, 200);
    Texts.bounded("description", description, 0, 1_000);
    Objects.requireNonNull(visibility, "visibility");
    Objects.requireNonNull(view, "view");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(autoLink, "autoLink");
  }

  /** A private graph with the open policy, in which nothing is linked by itself. */
  public static GraphData named(String name) {
    return new GraphData(
        name, "", Visibility.PRIVATE, ViewSettings.standard(), Policy.open(), AutoLink.OFF);
  }

  public GraphData withName(String newName) {
    return new GraphData(newName, description, visibility, view, policy, autoLink);
  }

  public GraphData withDescription(String newDescription) {
    return new GraphData(name, newDescription, visibility, view, policy, autoLink);
  }

  public GraphData withVisibility(Visibility newVisibility) {
    return new GraphData(name, description, newVisibility, view, policy, autoLink);
  }

  public GraphData withView(ViewSettings newView) {
    return new GraphData(name, description, visibility, newView, policy, autoLink);
  }

  public GraphData withPolicy(Policy newPolicy) {
    return new GraphData(name, description, visibility, view, newPolicy, autoLink);
  }

  public GraphData withAutoLink(AutoLink newAutoLink) {
    return new GraphData(name, description, visibility, view, policy, newAutoLink);
  }
}
