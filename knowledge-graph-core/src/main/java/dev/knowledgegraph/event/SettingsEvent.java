package dev.knowledgegraph.event;

import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.ViewSettings;
import dev.knowledgegraph.model.Visibility;

/** What happened to a graph's settings. */
public sealed interface SettingsEvent extends GraphEvent {
  /** The graph came to be; the first event of its log. */
  record GraphCreated(GraphData data) implements SettingsEvent {}

  record GraphRenamed(String name) implements SettingsEvent {}

  record GraphDescribed(String description) implements SettingsEvent {}

  record GraphVisibilityChanged(Visibility visibility) implements SettingsEvent {}

  record GraphViewChanged(ViewSettings view) implements SettingsEvent {}

  record GraphPolicyChanged(Policy policy) implements SettingsEvent {}

  record GraphAutoLinkChanged(AutoLink autoLink) implements SettingsEvent {}

  /** It became the owner's default graph; by rule the one that was it before no longer is. */
  record GraphMadeDefault() implements SettingsEvent {}

  /** The graph and all it holds ended; the last event of its log. */
  record GraphRemoved() implements SettingsEvent {}
}
