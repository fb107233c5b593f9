package dev.knowledgegraph.domain;

import dev.knowledgegraph.command.EdgeCommand;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.EdgeCommand.ChangeEdge;
import dev.knowledgegraph.command.EdgeCommand.RemoveEdge;
import dev.knowledgegraph.command.EdgeCommand.Retype;
import dev.knowledgegraph.command.EdgeCommand.Reweight;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.event.EdgeEvent;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.EdgeEvent.EdgePropertiesChanged;
import dev.knowledgegraph.event.EdgeEvent.EdgeRemoved;
import dev.knowledgegraph.event.EdgeEvent.EdgeRetyped;
import dev.knowledgegraph.event.EdgeEvent.EdgeReweighted;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides about edges. */
public final class EdgeDecider {
  private EdgeDecider() {}

  public static Decision decide(EdgeCommand command, Facts facts) {
    if (command instanceof AddEdge add) {
      return add(add.edge(), add.data(), facts);
    }
    Optional<Edge> found = facts.edge(command.edge());
    if (found.isEmpty()) {
      return Decision.refuse(new Rejection.NotFound("edge", command.edge().toString()));
    }
    Edge edge = found.get();
    EdgeData data = edge.data();
    return switch (command) {
      case AddEdge c -> throw new AssertionError(c);
      case Reweight c -> set(edge, data.withWeight(c.weight()), facts);
      case Retype c -> set(edge, data.withType(c.type()), facts);
      case ChangeEdge c ->
          set(
              edge,
              data.withProperties(c.properties()).withLabel(c.label()).withDirected(c.directed()),
              facts);
      case RemoveEdge c -> Decision.accept(new EdgeRemoved(edge.id()));
    };
  }

  private static Decision add(EdgeId id, EdgeData data, Facts facts) {
    for (NodeId end : List.of(data.source(), data.target())) {
      if (facts.node(end).filter(node -> node.status() == NodeStatus.ARCHIVED).isPresent()) {
        return Decision.refuse(
            new Rejection.RuleBroken(
                "NODE_ARCHIVED", "node " + end + " is archived; restore it first"));
      }
    }
    return bring(id, data, facts);
  }

  /** Adds an edge as it was elsewhere, where its ends may have been archived after it came. */
  static Decision bring(EdgeId id, EdgeData data, Facts facts) {
    if (facts.isUsed(id)) {
      return Decision.refuse(new Rejection.IdTaken("edge", id.toString()));
    }
    Policy policy = facts.graph().policy();
    if (facts.edgeCount() >= policy.maxEdges()) {
      return Decision.refuse(
          new Rejection.LimitExceeded("edges", policy.maxEdges(), facts.edgeCount() + 1));
    }
    List<FieldError> errors = PolicyRules.weight(policy, data.weight());
    if (!errors.isEmpty()) {
      return Decision.invalid(errors);
    }
    Rejection broken = ends(data, policy, facts);
    if (broken == null) {
      broken = shape(id, data, policy, facts);
    }
    return broken != null ? Decision.refuse(broken) : Decision.accept(new EdgeAdded(id, data));
  }

  /** One event for each part in which {@code given} differs; ends and discriminator stay. */
  static Decision set(Edge edge, EdgeData given, Facts facts) {
    EdgeData now = edge.data();
    EdgeData wanted =
        given.withEnds(now.source(), now.target()).withDiscriminator(now.discriminator());
    var events = new ArrayList<EdgeEvent>();
    if (!now.type().equals(wanted.type())) {
      events.add(new EdgeRetyped(edge.id(), wanted.type()));
      Rejection broken = shape(edge.id(), wanted, facts.graph().policy(), facts);
      if (broken != null) {
        return Decision.refuse(broken);
      }
    }
    if (now.weight() != wanted.weight()) {
      events.add(new EdgeReweighted(edge.id(), wanted.weight()));
      List<FieldError> errors = PolicyRules.weight(facts.graph().policy(), wanted.weight());
      if (!errors.isEmpty()) {
        return Decision.invalid(errors);
      }
    }
    if (!now.properties().equals(wanted.properties())
        || !now.label().equals(wanted.label())
        || now.directed() != wanted.directed()) {
      events.add(
          new EdgePropertiesChanged(
              edge.id(), wanted.properties(), wanted.label(), wanted.directed()));
    }
    return Decision.accept(events);
  }

  private static @Nullable Rejection ends(EdgeData data, Policy policy, Facts facts) {
    for (NodeId end : List.of(data.source(), data.target())) {
      Optional<Node> node = facts.node(end);
      if (node.isEmpty()) {
        return new Rejection.NotFound("node", end.toString());
      }
      if (policy.maxDegree() != Policy.UNLIMITED && facts.degree(end) >= policy.maxDegree()) {
        return new Rejection.LimitExceeded(
            "edges of node " + end, policy.maxDegree(), policy.maxDegree() + 1L);
      }
    }
    return null;
  }

  private static @Nullable Rejection shape(EdgeId id, EdgeData data, Policy policy, Facts facts) {
    if (data.isSelfLoop() && !policy.selfLoops()) {
      return new Rejection.RuleBroken(
          "SELF_LOOP", "the graph's policy allows no edge from a node to itself");
    }
    for (Edge other : facts.edgesBetween(data.source(), data.type(), data.target())) {
      boolean doubles =
          !other.id().equals(id)
              && (!policy.parallelEdges()
                  || other.data().discriminator().equals(data.discriminator()));
      if (doubles) {
        return new Rejection.RuleBroken(
            "EDGE_EXISTS",
            "edge "
                + other.id()
                + " joins the same nodes with the same type"
                + (policy.parallelEdges() ? "; give this one another discriminator" : ""));
      }
    }
    boolean closesCycle =
        policy.acyclicHierarchy()
            && data.type().equals(EdgeType.HIERARCHICAL)
            && facts.isAbove(data.target(), data.source());
    return closesCycle
        ? new Rejection.RuleBroken(
            "HIERARCHY_CYCLE", "a HIERARCHICAL edge from here to there would close a cycle")
        : null;
  }
}
