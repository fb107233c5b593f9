package dev.knowledgegraph.command;

import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import java.util.List;

/**
 * Many wishes in one commit, each with its own result. One with more than {@link #MAX_ITEMS} is
 * answered with {@link dev.knowledgegraph.error.Rejection.Invalid}, whatever it holds.
 */
public sealed interface BulkCommand extends GraphCommand {
  /** The most items of one command. */
  int MAX_ITEMS = 10_000;

  /** How many items it has. */
  int size();

  /**
   * Carries out node, edge and category commands in order: the one bulk form of adding, changing
   * and removing. Each sees what those before it did.
   *
   * @param atomic whether one refused item refuses all; otherwise the others are carried out
   */
  record Batch(GraphId graph, List<GraphCommand> commands, boolean atomic) implements BulkCommand {
    public Batch {
      commands = List.copyOf(commands);
    }

    @Override
    public int size() {
      return commands.size();
    }
  }

  /**
   * Brings nodes in: one with a key is the live node of that key, else the live node of its id;
   * what differs is changed, what is missing is added. Refused items do not hold back the others.
   */
  record ImportNodes(GraphId graph, List<ImportedNode> nodes) implements BulkCommand {
    public ImportNodes {
      nodes = List.copyOf(nodes);
    }

    @Override
    public int size() {
      return nodes.size();
    }
  }

  /** A node to bring in; {@code id} is used if it is not there yet. */
  record ImportedNode(NodeId id, NodeData data) {}

  /**
   * Brings edges in. An edge is known again by {@code id} if a live edge has it, else by its ends,
   * type and discriminator. An edge that comes without a discriminator where several join the same
   * ends is known again by what it holds; parallel ones get a discriminator made from that.
   */
  record ImportEdges(GraphId graph, List<ImportedEdge> edges) implements BulkCommand {
    public ImportEdges {
      edges = List.copyOf(edges);
    }

    @Override
    public int size() {
      return edges.size();
    }
  }

  /**
   * An edge to bring in; {@code id} is used if it is not there yet.
   *
   * @param exact whether an empty discriminator is meant to be empty, not to be made
   */
  record ImportedEdge(EdgeId id, EdgeData data, boolean exact) {
    /** An edge whose source may not tell parallel ones apart. */
    public ImportedEdge(EdgeId id, EdgeData data) {
      this(id, data, false);
    }
  }

  /** Files nodes under categories as they were elsewhere, also nodes that were archived since. */
  record ImportCategories(GraphId graph, List<ImportedCategory> categories) implements BulkCommand {
    public ImportCategories {
      categories = List.copyOf(categories);
    }

    @Override
    public int size() {
      return categories.size();
    }
  }

  /** A category that a node is to be in. */
  record ImportedCategory(NodeId node, Categorization in) {}

  /** Notes that an import began. */
  record StartImport(GraphId graph, String job, String format, String source)
      implements BulkCommand {
    @Override
    public int size() {
      return 1;
    }
  }

  /** Notes that an import read all its input. */
  record FinishImport(GraphId graph, String job, long nodes, long edges) implements BulkCommand {
    @Override
    public int size() {
      return 1;
    }
  }
}
