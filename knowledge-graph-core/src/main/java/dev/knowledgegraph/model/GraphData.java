package dev.knowledgegraph.model;

import java.util.Objects;

/**
 * What an owner puts into a graph's settings.
 *
 * @param name 1 to 200 characters, unique among the owner's graphs
 * @param description 0 to 1,000 characters
 */
public record GraphData(
    String name, String description, Visibility visibility, ViewSettings view, Policy policy) {
  public GraphData {
    Texts.name("graph name", name, 200);
    Texts.bounded("description", description, 0, 1_000);
    Objects.requireNonNull(visibility, "visibility");
    Objects.requireNonNull(view, "view");
    Objects.requireNonNull(policy, "policy");
  }

  /** A private graph with the open policy. */
  public static GraphData named(String name) {
    return new GraphData(name, "", Visibility.PRIVATE, ViewSettings.standard(), Policy.open());
  }

  public GraphData withName(String newName) {
    return new GraphData(newName, description, visibility, view, policy);
  }

  public GraphData withDescription(String newDescription) {
    return new GraphData(name, newDescription, visibility, view, policy);
  }

  public GraphData withVisibility(Visibility newVisibility) {
    return new GraphData(name, description, newVisibility, view, policy);
  }

  public GraphData withView(ViewSettings newView) {
    return new GraphData(name, description, visibility, newView, policy);
  }

  public GraphData withPolicy(Policy newPolicy) {
    return new GraphData(name, description, visibility, view, newPolicy);
  }
}
