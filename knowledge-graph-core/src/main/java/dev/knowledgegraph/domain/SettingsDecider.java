package dev.knowledgegraph.domain;

import dev.knowledgegraph.command.SettingsCommand;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.command.SettingsCommand.DescribeGraph;
import dev.knowledgegraph.command.SettingsCommand.MakeDefault;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.command.SettingsCommand.RenameGraph;
import dev.knowledgegraph.command.SettingsCommand.SetAutoLink;
import dev.knowledgegraph.command.SettingsCommand.SetPolicy;
import dev.knowledgegraph.command.SettingsCommand.SetView;
import dev.knowledgegraph.command.SettingsCommand.SetVisibility;
import dev.knowledgegraph.event.SettingsEvent;
import dev.knowledgegraph.event.SettingsEvent.GraphAutoLinkChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphDescribed;
import dev.knowledgegraph.event.SettingsEvent.GraphMadeDefault;
import dev.knowledgegraph.event.SettingsEvent.GraphPolicyChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphRemoved;
import dev.knowledgegraph.event.SettingsEvent.GraphRenamed;
import dev.knowledgegraph.event.SettingsEvent.GraphViewChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphVisibilityChanged;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphData;

/** Decides about a graph's settings. */
public final class SettingsDecider {
  private SettingsDecider() {}

  /** Decides about a graph that is there. */
  public static Decision decide(SettingsCommand command, Graph graph) {
    GraphData data = graph.data();
    return switch (command) {
      case CreateGraph c ->
          Decision.refuse(
              new dev.knowledgegraph.error.Rejection.IdTaken("graph", c.graph().toString()));
      case RenameGraph c ->
          unless(c.name().equals(data.name()), new GraphRenamed(data.withName(c.name()).name()));
      case DescribeGraph c ->
          unless(
              c.description().equals(data.description()),
              new GraphDescribed(data.withDescription(c.description()).description()));
      case SetVisibility c ->
          unless(c.visibility() == data.visibility(), new GraphVisibilityChanged(c.visibility()));
      case SetView c -> unless(c.view().equals(data.view()), new GraphViewChanged(c.view()));
      case SetPolicy c ->
          unless(c.policy().equals(data.policy()), new GraphPolicyChanged(c.policy()));
      case SetAutoLink c ->
          unless(c.autoLink() == data.autoLink(), new GraphAutoLinkChanged(c.autoLink()));
      case MakeDefault c -> unless(graph.isDefault(), new GraphMadeDefault());
      case RemoveGraph c -> Decision.accept(new GraphRemoved());
    };
  }

  private static Decision unless(boolean same, SettingsEvent event) {
    return same ? Decision.accept() : Decision.accept(event);
  }
}
