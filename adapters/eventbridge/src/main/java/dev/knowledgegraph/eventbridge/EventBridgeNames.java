package dev.knowledgegraph.eventbridge;

import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.json.CloudEvents;

/** The names under which events are on a bus, for rules to match. They never change. */
public final class EventBridgeNames {
  /** The bus that every account has. */
  public static final String DEFAULT_BUS = "default";

  /** The source of every entry. */
  public static final String SOURCE = "dev.knowledgegraph";

  private EventBridgeNames() {}

  /** The detail type: the type of the CloudEvent, such as dev.knowledgegraph.node.added.v1. */
  public static String detailType(GraphEvent event) {
    return CloudEvents.type(event);
  }
}
