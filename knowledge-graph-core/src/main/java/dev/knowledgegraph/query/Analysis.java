package dev.knowledgegraph.query;

import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Views.Statistics;
import dev.knowledgegraph.query.Views.TimelineBucket;
import java.util.List;

/** What is found by looking at a graph as a whole. New kinds may come in a minor release. */
public sealed interface Analysis {
  /** A node and what it is ranked by. */
  record RankedNode(Node node, double score) implements Analysis {}

  /** Nodes by a metric, highest first, ties by id. */
  record Ranking(Metric metric, List<RankedNode> nodes) implements Analysis {
    public Ranking {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Nodes that are linked more densely with each other than with the rest.
   *
   * @param id stays with a community from one question to the next, as long as it keeps most of its
   *     members; from 1
   * @param name its most distinctive words
   * @param cohesion which share of the weight of its edges is inside, 0 to 1
   * @param central the member with the most weight inside
   * @param members by id
   */
  record Community(long id, String name, double cohesion, Node central, List<NodeId> members)
      implements Analysis {
    public Community {
      members = List.copyOf(members);
    }

    /** How many members there are. */
    public int size() {
      return members.size();
    }
  }

  /** All communities, largest first; each node is in one. */
  record Communities(double modularity, List<Community> communities) implements Analysis {
    public Communities {
      communities = List.copyOf(communities);
    }
  }

  /** Nodes that are connected, by id. */
  record Component(List<NodeId> members) implements Analysis {
    public Component {
      members = List.copyOf(members);
    }
  }

  /**
   * A path along heavy edges.
   *
   * @param crossed how many communities it passes through
   */
  record Chain(List<Node> nodes, double weight, int crossed) implements Analysis {
    public Chain {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Chains from a node, those first that pass through most communities, then the longest.
   *
   * @param cut whether there may be more than could be looked at
   */
  record Chains(List<Chain> chains, boolean cut) implements Analysis {
    public Chains {
      chains = List.copyOf(chains);
    }
  }

  /** How hard the removal of another node hits a node. */
  enum Tier implements Analysis {
    /** It loses half of the weight of its edges or more, or is cut off. */
    WILL_BREAK,
    /** It loses a fifth or more. */
    LIKELY_AFFECTED,
    /** It loses less. */
    MAY_AFFECT
  }

  /** How dangerous a removal is. */
  enum Risk implements Analysis {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }

  /**
   * A node that a removal hits.
   *
   * @param distance in hops from the removed node
   * @param lost which share of the weight of its edges it loses, 0 to 1
   * @param cutOff whether it ends up in another part than most
   */
  record Affected(Node node, int distance, double lost, boolean cutOff, Tier tier)
      implements Analysis {}

  /**
   * What the removal of a node would do within three hops.
   *
   * @param affected hardest hit first
   * @param total how many are hit, though fewer may be listed
   * @param communities the names of the communities that are touched
   */
  record Impact(Node node, Risk risk, long total, List<Affected> affected, List<String> communities)
      implements Analysis {
    public Impact {
      affected = List.copyOf(affected);
      communities = List.copyOf(communities);
    }
  }

  /** What a common neighbor of two nodes is worth. */
  enum LinkMeasure implements Analysis {
    /** One over the logarithm of its degree. */
    ADAMIC_ADAR,
    /** One over the number of all neighbors of the two. */
    JACCARD,
    /** One over its degree. */
    RESOURCE_ALLOCATION
  }

  /** Two nodes that are not linked and might be. */
  record PossibleLink(Node source, Node target, double score, String reason) implements Analysis {}

  /** An edge that says something, with its ends. */
  record NotableEdge(Node source, Edge edge, Node target, String reason) implements Analysis {}

  /**
   * What a person would want to know of a graph.
   *
   * @param statistics the graph in numbers
   * @param hubs the nodes with most edges
   * @param central the nodes with the highest PageRank
   * @param communities the largest communities
   * @param bridges edges without which the larger parts of the graph fall apart
   * @param surprising edges between communities that hardly anything else connects
   * @param orphans some of the nodes without an edge
   * @param suggestions nodes that have much in common and are not linked
   * @param growth by month
   */
  record Report(
      Statistics statistics,
      List<RankedNode> hubs,
      List<RankedNode> central,
      Communities communities,
      List<NotableEdge> bridges,
      List<NotableEdge> surprising,
      List<Node> orphans,
      List<PossibleLink> suggestions,
      List<TimelineBucket> growth)
      implements Analysis {
    public Report {
      hubs = List.copyOf(hubs);
      central = List.copyOf(central);
      bridges = List.copyOf(bridges);
      surprising = List.copyOf(surprising);
      orphans = List.copyOf(orphans);
      suggestions = List.copyOf(suggestions);
      growth = List.copyOf(growth);
    }
  }
}
