package dev.knowledgegraph.command;

import dev.knowledgegraph.model.GraphId;

/**
 * A wish of a caller about one graph. A command carries the ids of what it creates, so sending it
 * twice cannot add two. New cases may come in a minor release.
 */
public sealed interface GraphCommand
    permits SettingsCommand, NodeCommand, EdgeCommand, CategoryCommand, BulkCommand {
  /** The graph it is about. */
  GraphId graph();
}
