package dev.knowledgegraph.functions;

import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.model.NodeId;

/** What an event is about. */
final class Subjects {
  private Subjects() {}

  /**
   * The node.
   *
   * @throws UndeliverableException if the subject is none
   */
  static NodeId node(CloudEvent event) {
    try {
      return NodeId.parse(event.subject());
    } catch (IllegalArgumentException e) {
      throw new UndeliverableException(
          CloudEvent.MALFORMED, "subject: expected the id of a node", null);
    }
  }
}
