package dev.knowledgegraph.domain;

import dev.knowledgegraph.command.BulkCommand.ImportedCategory;
import dev.knowledgegraph.command.BulkCommand.ImportedEdge;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Decides what an imported element is: a new one, or one that is there and may differ. */
public final class ImportDecider {
  private ImportDecider() {}

  /**
   * A node with a key is the live node of that key, else the live node of its id. What an import
   * cannot know stays: a place, a source, a status other than draft.
   */
  public static Decision node(ImportedNode item, Facts facts) {
    NodeKey key = item.data().key();
    Optional<Node> known = key == null ? Optional.empty() : facts.nodeByKey(key);
    if (known.isEmpty()) {
      known = facts.node(item.id());
    }
    if (known.isEmpty()) {
      return NodeDecider.add(item.id(), item.data(), facts);
    }
    Node node = known.get();
    NodeData wanted = item.data();
    if (wanted.key() == null) {
      wanted = wanted.withKey(node.data().key());
    }
    if (wanted.status() == NodeStatus.DRAFT) {
      wanted = wanted.withStatus(node.status());
    }
    if (wanted.position() == null) {
      wanted = wanted.withPosition(node.data().position());
    }
    return NodeDecider.set(node, wanted, facts);
  }

  /** A category of a node is as it was elsewhere, where the node may have been archived since. */
  public static Decision category(ImportedCategory item, Facts facts) {
    Optional<Node> node = facts.node(item.node());
    return node.isEmpty()
        ? Decision.refuse(new Rejection.NotFound("node", item.node().toString()))
        : NodeDecider.categorize(node.get(), item.in(), facts);
  }

  /**
   * An edge is the live edge of its id, else the one with its ends, type and discriminator. Where
   * the policy allows parallel edges, one that comes without a discriminator but holds something
   * gets one made from what it holds, so that the order of the input does not matter.
   */
  public static Decision edge(ImportedEdge item, Facts facts) {
    boolean parallel = facts.graph().policy().parallelEdges();
    EdgeData wanted = parallel && !item.exact() ? told(item.data()) : item.data();
    Optional<Edge> known = facts.edge(item.id());
    if (known.isEmpty()) {
      known =
          facts.edgesBetween(wanted.source(), wanted.type(), wanted.target()).stream()
              .filter(
                  edge -> !parallel || edge.data().discriminator().equals(wanted.discriminator()))
              .findFirst();
    }
    return known.isEmpty()
        ? EdgeDecider.bring(item.id(), wanted, facts)
        : EdgeDecider.set(known.get(), wanted, facts);
  }

  private static EdgeData told(EdgeData data) {
    boolean plain = data.properties().isEmpty() && data.label().isEmpty() && data.weight() == 1;
    return plain || !data.discriminator().isNone()
        ? data
        : data.withDiscriminator(fingerprint(data));
  }

  private static Discriminator fingerprint(EdgeData data) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (data.label() + "\n" + data.weight() + "\n" + data.properties())
                      .getBytes(StandardCharsets.UTF_8));
      return Discriminator.of("#" + HexFormat.of().formatHex(digest, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
