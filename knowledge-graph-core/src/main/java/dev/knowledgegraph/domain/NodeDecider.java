package dev.knowledgegraph.domain;

import dev.knowledgegraph.command.NodeCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.Archive;
import dev.knowledgegraph.command.NodeCommand.Categorize;
import dev.knowledgegraph.command.NodeCommand.ChangeContent;
import dev.knowledgegraph.command.NodeCommand.ChangeProperties;
import dev.knowledgegraph.command.NodeCommand.MergeNodes;
import dev.knowledgegraph.command.NodeCommand.Move;
import dev.knowledgegraph.command.NodeCommand.Publish;
import dev.knowledgegraph.command.NodeCommand.Relabel;
import dev.knowledgegraph.command.NodeCommand.RemoveNode;
import dev.knowledgegraph.command.NodeCommand.Restore;
import dev.knowledgegraph.command.NodeCommand.SetKey;
import dev.knowledgegraph.command.NodeCommand.SetNode;
import dev.knowledgegraph.command.NodeCommand.Tag;
import dev.knowledgegraph.command.NodeCommand.Uncategorize;
import dev.knowledgegraph.command.NodeCommand.UnmergeNode;
import dev.knowledgegraph.command.NodeCommand.Untag;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.event.NodeEvent;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.NodeEvent.NodeArchived;
import dev.knowledgegraph.event.NodeEvent.NodeCategorized;
import dev.knowledgegraph.event.NodeEvent.NodeContentChanged;
import dev.knowledgegraph.event.NodeEvent.NodeKeyed;
import dev.knowledgegraph.event.NodeEvent.NodeMoved;
import dev.knowledgegraph.event.NodeEvent.NodePropertiesChanged;
import dev.knowledgegraph.event.NodeEvent.NodePublished;
import dev.knowledgegraph.event.NodeEvent.NodeRelabelled;
import dev.knowledgegraph.event.NodeEvent.NodeRemoved;
import dev.knowledgegraph.event.NodeEvent.NodeRestored;
import dev.knowledgegraph.event.NodeEvent.NodeTagged;
import dev.knowledgegraph.event.NodeEvent.NodeUncategorized;
import dev.knowledgegraph.event.NodeEvent.NodeUntagged;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides about nodes. */
public final class NodeDecider {
  private NodeDecider() {}

  public static Decision decide(NodeCommand command, Facts facts) {
    if (command instanceof AddNode add) {
      return add(add.node(), add.data(), facts);
    }
    Optional<Node> found = facts.node(command.node());
    if (found.isEmpty()) {
      return Decision.refuse(new Rejection.NotFound("node", command.node().toString()));
    }
    Node node = found.get();
    NodeData data = node.data();
    return switch (command) {
      case AddNode c -> throw new AssertionError(c);
      case SetNode c -> set(node, c.data(), facts);
      case ChangeContent c -> set(node, data.withContent(c.content()), facts);
      case Relabel c -> set(node, data.withLabels(c.labels()), facts);
      case Tag c -> set(node, data.withTags(data.tags().union(c.tags())), facts);
      case Untag c -> set(node, data.withTags(data.tags().minus(c.tags())), facts);
      case Move c -> set(node, data.withPosition(c.position()), facts);
      case ChangeProperties c -> set(node, data.withProperties(c.properties()), facts);
      case Publish c -> publish(node, facts);
      case Archive c -> set(node, data.withStatus(NodeStatus.ARCHIVED), facts);
      case Restore c ->
          data.status() == NodeStatus.ARCHIVED
              ? set(node, data.withStatus(NodeStatus.DRAFT), facts)
              : Decision.accept();
      case SetKey c -> set(node, data.withKey(c.key()), facts);
      case RemoveNode c -> open(node, Decision.accept(new NodeRemoved(node.id())));
      case Categorize c -> {
        var wanted = new Categorization(c.category(), c.confidence(), c.origin());
        Decision decision = categorize(node, wanted, facts);
        yield node.categories().contains(wanted) ? decision : open(node, decision);
      }
      case Uncategorize c ->
          node.categories().stream().anyMatch(in -> in.category().equals(c.category()))
              ? open(node, Decision.accept(new NodeUncategorized(node.id(), c.category())))
              : Decision.accept();
      case MergeNodes c -> open(node, MergeDecider.merge(node, c.absorbed(), facts));
      case UnmergeNode c -> open(node, MergeDecider.unmerge(node, c.absorbed(), facts));
    };
  }

  static Decision add(NodeId id, NodeData data, Facts facts) {
    if (facts.isUsed(id)) {
      return Decision.refuse(new Rejection.IdTaken("node", id.toString()));
    }
    Policy policy = facts.graph().policy();
    List<FieldError> errors = PolicyRules.node(policy, data);
    if (!errors.isEmpty()) {
      return Decision.invalid(errors);
    }
    if (facts.nodeCount() >= policy.maxNodes()) {
      return Decision.refuse(
          new Rejection.LimitExceeded("nodes", policy.maxNodes(), facts.nodeCount() + 1));
    }
    Rejection taken = taken(id, data, null, facts);
    return taken != null ? Decision.refuse(taken) : Decision.accept(new NodeAdded(id, data));
  }

  private static Decision publish(Node node, Facts facts) {
    return node.status() == NodeStatus.ARCHIVED
        ? archived(node)
        : set(node, node.data().withStatus(NodeStatus.PUBLISHED), facts);
  }

  /** One event for each part in which {@code wanted} differs. */
  static Decision set(Node node, NodeData wanted, Facts facts) {
    NodeData now = node.data();
    var events = new ArrayList<NodeEvent>();
    NodeId id = node.id();
    boolean restores =
        now.status() == NodeStatus.ARCHIVED && wanted.status() != NodeStatus.ARCHIVED;
    if (restores) {
      events.add(new NodeRestored(id));
    }
    if (!Objects.equals(now.key(), wanted.key())) {
      events.add(new NodeKeyed(id, wanted.key()));
    }
    if (!now.labels().equals(wanted.labels())) {
      events.add(new NodeRelabelled(id, wanted.labels()));
    }
    if (!now.content().equals(wanted.content())) {
      events.add(new NodeContentChanged(id, wanted.content()));
    }
    Tags lost = now.tags().minus(wanted.tags());
    if (!lost.isEmpty()) {
      events.add(new NodeUntagged(id, lost));
    }
    Tags got = wanted.tags().minus(now.tags());
    if (!got.isEmpty()) {
      events.add(new NodeTagged(id, got));
    }
    if (!Objects.equals(now.position(), wanted.position())) {
      events.add(new NodeMoved(id, wanted.position()));
    }
    if (!now.properties().equals(wanted.properties())) {
      events.add(new NodePropertiesChanged(id, wanted.properties()));
    }
    NodeStatus from = restores ? NodeStatus.DRAFT : now.status();
    if (from != wanted.status()) {
      switch (wanted.status()) {
        case PUBLISHED -> events.add(new NodePublished(id));
        case ARCHIVED -> events.add(new NodeArchived(id));
        case DRAFT -> {
          return Decision.refuse(
              new Rejection.RuleBroken(
                  "STATUS_ORDER",
                  "a published node does not become a draft again; archive and restore it"));
        }
      }
    }
    if (events.isEmpty()) {
      return Decision.accept();
    }
    if (now.status() == NodeStatus.ARCHIVED && !restores) {
      return archived(node);
    }
    List<FieldError> errors = PolicyRules.node(facts.graph().policy(), wanted);
    if (!errors.isEmpty()) {
      return Decision.invalid(errors);
    }
    Rejection taken = taken(id, wanted, now, facts);
    return taken != null ? Decision.refuse(taken) : Decision.accept(events);
  }

  static Decision categorize(Node node, Categorization wanted, Facts facts) {
    if (facts.category(wanted.category()).isEmpty()) {
      return Decision.refuse(new Rejection.NotFound("category", wanted.category().toString()));
    }
    return node.categories().contains(wanted)
        ? Decision.accept()
        : Decision.accept(
            new NodeCategorized(
                node.id(), wanted.category(), wanted.confidence(), wanted.origin()));
  }

  private static @Nullable Rejection taken(
      NodeId id, NodeData wanted, @Nullable NodeData now, Facts facts) {
    NodeKey key = wanted.key();
    if (key != null && (now == null || !key.equals(now.key()))) {
      Optional<Node> holder = facts.nodeByKey(key);
      if (holder.isPresent()) {
        return new Rejection.KeyTaken(key, holder.get().id().toString());
      }
    }
    String title = wanted.content().title();
    boolean titleIsNew = now == null || !title.equals(now.content().title());
    return titleIsNew && facts.graph().policy().uniqueTitles() && facts.isTitleTaken(title, id)
        ? new Rejection.RuleBroken(
            "TITLE_TAKEN", "the graph's policy wants unique titles; another node has this one")
        : null;
  }

  private static Decision open(Node node, Decision decision) {
    return node.status() == NodeStatus.ARCHIVED ? archived(node) : decision;
  }

  private static Decision archived(Node node) {
    return Decision.refuse(
        new Rejection.RuleBroken(
            "NODE_ARCHIVED", "node " + node.id() + " is archived; restore it first"));
  }
}
