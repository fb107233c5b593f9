package dev.knowledgegraph.command;

import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.ViewSettings;
import dev.knowledgegraph.model.Visibility;

/** Wishes about a graph's settings. */
public sealed interface SettingsCommand extends GraphCommand {
  record CreateGraph(GraphId graph, GraphData data) implements SettingsCommand {}

  record RenameGraph(GraphId graph, String name) implements SettingsCommand {}

  record DescribeGraph(GraphId graph, String description) implements SettingsCommand {}

  record SetVisibility(GraphId graph, Visibility visibility) implements SettingsCommand {}

  record SetView(GraphId graph, ViewSettings view) implements SettingsCommand {}

  /** Elements that break the new policy stay; it holds for what comes after. */
  record SetPolicy(GraphId graph, Policy policy) implements SettingsCommand {}

  /** Nodes that were there before are linked with what comes after, but not by themselves. */
  record SetAutoLink(GraphId graph, AutoLink autoLink) implements SettingsCommand {}

  record MakeDefault(GraphId graph) implements SettingsCommand {}

  /** Ends the graph and all it holds. */
  record RemoveGraph(GraphId graph) implements SettingsCommand {}
}
