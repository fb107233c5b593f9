package dev.knowledgegraph.linking;

import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.model.NodeId;

/**
 * A link that was found, and what became of it.
 *
 * @param edge the id that follows from method and ends, whether there is such an edge or not
 * @param data the edge as it is, or would be, made
 */
public record Link(EdgeId edge, EdgeData data, LinkMethod method, Outcome outcome) {
  /** What became of a link. New cases may come in a minor release. */
  public sealed interface Outcome {
    /** The edge was made; in a dry run, it would be. */
    record Linked() implements Outcome {}

    /** The nodes are linked by an edge of this type already, whoever made it. */
    record Present() implements Outcome {}

    /** There was this edge, and it was removed: it is not made again. */
    record TakenBack() implements Outcome {}

    /** One of the nodes has as many links of this method as the settings allow. */
    record Full(NodeId node) implements Outcome {}

    /** A rule of the graph does not allow it. */
    record Refused(Rejection reason) implements Outcome {}
  }

  /** What links of its method are ranked by: the similarity, or the confidence of a mention. */
  public double score() {
    return data.provenance().confidence();
  }

  /** Why the nodes are linked, in words. */
  public String reason() {
    return data.provenance().reason();
  }

  public Link withOutcome(Outcome newOutcome) {
    return new Link(edge, data, method, newOutcome);
  }
}
