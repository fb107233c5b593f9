package dev.knowledgegraph.domain;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.error.Validator;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.NodeEvent.NodeCategorized;
import dev.knowledgegraph.event.NodeEvent.NodeMerged;
import dev.knowledgegraph.event.NodeEvent.NodeUnmerged;
import dev.knowledgegraph.event.NodeEvent.Restored;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides about merging two nodes, and about taking that back exactly. */
final class MergeDecider {
  private record Identity(
      NodeId source, NodeId target, EdgeType type, Discriminator discriminator) {
    static Identity of(EdgeData data) {
      return new Identity(data.source(), data.target(), data.type(), data.discriminator());
    }
  }

  private MergeDecider() {}

  static Decision merge(Node survivor, NodeId absorbedId, Facts facts) {
    Optional<Node> found = facts.node(absorbedId);
    if (found.isEmpty()) {
      return Decision.refuse(new Rejection.NotFound("node", absorbedId.toString()));
    }
    if (absorbedId.equals(survivor.id())) {
      return Decision.refuse(
          new Rejection.RuleBroken("MERGE_WITH_ITSELF", "a node cannot absorb itself"));
    }
    NodeData mine = survivor.data();
    NodeData other = found.get().data();
    Content content =
        mine.content().title().isEmpty() && mine.content().body().isEmpty()
            ? other.content()
            : mine.content();
    var validator = new Validator();
    NodeData merged =
        validator.check("labels", () -> mine.withLabels(mine.labels().union(other.labels())));
    if (merged == null) {
      return Decision.invalid(validator.errors());
    }
    merged =
        merged
            .withContent(content)
            .withTags(mine.tags().union(other.tags()))
            .withProperties(other.properties().with(mine.properties()));
    List<FieldError> errors = PolicyRules.node(facts.graph().policy(), merged);
    return errors.isEmpty()
        ? Decision.accept(
            new NodeMerged(survivor.id(), absorbedId, merged, moved(survivor, absorbedId, facts)))
        : Decision.invalid(errors);
  }

  /** The edges of the absorbed node that neither join the two nor double an edge. */
  private static List<EdgeId> moved(Node survivor, NodeId absorbed, Facts facts) {
    Set<Identity> taken = new HashSet<>();
    facts.incident(survivor.id()).forEach(edge -> taken.add(Identity.of(edge.data())));
    var moved = new ArrayList<EdgeId>();
    for (Edge edge : facts.incident(absorbed)) {
      EdgeData data = Evolution.moved(edge.data(), absorbed, survivor.id());
      boolean joinsTheTwo = data.isSelfLoop() && !edge.data().isSelfLoop();
      if (!joinsTheTwo && taken.add(Identity.of(data))) {
        moved.add(edge.id());
      }
    }
    return moved;
  }

  static Decision unmerge(Node survivor, NodeId absorbedId, Facts facts) {
    Optional<Facts.PastMerge> found = facts.mergeOf(absorbedId);
    if (found.isEmpty() || !found.get().survivorBefore().id().equals(survivor.id())) {
      return Decision.refuse(
          new Rejection.RuleBroken(
              "NOT_MERGED", "node " + absorbedId + " was not merged into " + survivor.id()));
    }
    Facts.PastMerge past = found.get();
    NodeData absorbed = past.absorbedBefore().data();
    boolean unchanged =
        survivor.version() == past.survivorAfter()
            && past.movedAfter().stream()
                .allMatch(edge -> facts.edge(edge.id()).filter(now -> now.equals(edge)).isPresent())
            && past.edgesBefore().stream()
                .map(edge -> edge.otherEnd(absorbedId))
                .allMatch(end -> end.equals(absorbedId) || facts.node(end).isPresent())
            && (absorbed.key() == null || facts.nodeByKey(absorbed.key()).isEmpty());
    if (!unchanged) {
      return Decision.refuse(
          new Rejection.RuleBroken(
              "MERGE_CHANGED",
              "node " + survivor.id() + " or its edges have changed since the merge"));
    }
    Set<EdgeId> movedIds = new HashSet<>();
    past.movedAfter().forEach(edge -> movedIds.add(edge.id()));
    var moved = new ArrayList<EdgeAdded>();
    var ended = new ArrayList<EdgeAdded>();
    for (Edge edge : past.edgesBefore()) {
      (movedIds.contains(edge.id()) ? moved : ended).add(new EdgeAdded(edge.id(), edge.data()));
    }
    var events = new ArrayList<GraphEvent>();
    events.add(
        new NodeUnmerged(
            survivor.id(),
            absorbedId,
            new Restored(past.survivorBefore().data(), absorbed, moved, ended)));
    past.absorbedBefore().categories().stream()
        .filter(in -> facts.category(in.category()).isPresent())
        .forEach(
            in ->
                events.add(
                    new NodeCategorized(absorbedId, in.category(), in.confidence(), in.origin())));
    return Decision.accept(events);
  }
}
