package dev.knowledgegraph.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Analysis;
import java.util.List;

/** What was found by looking at a graph as a whole, as the JSON shapes that scripts rely on. */
public final class AnalysisShapes {
  private AnalysisShapes() {}

  /** Nodes by a metric. */
  public static ObjectNode ranking(Analysis.Ranking ranking) {
    ObjectNode json = object().put("metric", ranking.metric().code());
    ranked(json.putArray("nodes"), ranking.nodes());
    return json;
  }

  private static void ranked(ArrayNode array, List<Analysis.RankedNode> nodes) {
    for (var ranked : nodes) {
      ObjectNode item = array.addObject();
      item.set("node", Shapes.node(ranked.node()));
      item.put("score", ranked.score());
    }
  }

  /** A division into communities. */
  public static ObjectNode communities(Analysis.Communities found) {
    ObjectNode json = object();
    json.put("modularity", found.modularity());
    json.put("count", found.communities().size());
    ArrayNode array = json.putArray("communities");
    found.communities().forEach(community -> array.add(community(community)));
    return json;
  }

  /** One community. */
  public static ObjectNode community(Analysis.Community community) {
    ObjectNode json = object();
    json.put("id", community.id());
    json.put("name", community.name());
    json.put("size", community.size());
    json.put("cohesion", community.cohesion());
    json.set("central", Shapes.node(community.central()));
    ids(json.putArray("members"), community.members());
    return json;
  }

  /** One component. */
  public static ObjectNode component(Analysis.Component component) {
    ObjectNode json = object().put("size", component.members().size());
    ids(json.putArray("members"), component.members());
    return json;
  }

  private static void ids(ArrayNode array, List<NodeId> ids) {
    ids.forEach(id -> array.add(id.toString()));
  }

  /** Chains from a node. */
  public static ObjectNode chains(Analysis.Chains chains) {
    ObjectNode json = object();
    ArrayNode array = json.putArray("chains");
    for (var chain : chains.chains()) {
      ObjectNode item = array.addObject();
      item.put("hops", chain.nodes().size() - 1);
      item.put("weight", chain.weight());
      item.put("crossed", chain.crossed());
      nodes(item.putArray("nodes"), chain.nodes());
    }
    return json.put("cut", chains.cut());
  }

  private static void nodes(ArrayNode array, List<Node> nodes) {
    nodes.forEach(node -> array.add(Shapes.node(node)));
  }

  /** What a removal would do. */
  public static ObjectNode impact(Analysis.Impact impact) {
    ObjectNode json = object();
    json.set("node", Shapes.node(impact.node()));
    json.put("risk", impact.risk().name());
    json.put("total", impact.total());
    ArrayNode array = json.putArray("affected");
    for (var affected : impact.affected()) {
      ObjectNode item = array.addObject();
      item.set("node", Shapes.node(affected.node()));
      item.put("distance", affected.distance());
      item.put("lost", affected.lost());
      item.put("cutOff", affected.cutOff());
      item.put("tier", affected.tier().name());
    }
    ArrayNode communities = json.putArray("communities");
    impact.communities().forEach(communities::add);
    return json;
  }

  /** Links that might be made. */
  public static ObjectNode possibleLink(Analysis.PossibleLink link) {
    ObjectNode json = object();
    json.set("source", Shapes.node(link.source()));
    json.set("target", Shapes.node(link.target()));
    return json.put("score", link.score()).put("reason", link.reason());
  }

  private static ObjectNode notable(Analysis.NotableEdge notable) {
    ObjectNode json = object();
    json.set("source", Shapes.node(notable.source()));
    json.put("type", notable.edge().type().name());
    json.set("target", Shapes.node(notable.target()));
    return json.put("reason", notable.reason());
  }

  /** What a person would want to know of a graph. */
  public static ObjectNode report(GraphId graph, Analysis.Report report) {
    ObjectNode json = object();
    json.set("stats", Shapes.stats(graph, report.statistics()));
    ranked(json.putArray("hubs"), report.hubs());
    ranked(json.putArray("central"), report.central());
    json.put("modularity", report.communities().modularity());
    ArrayNode communities = json.putArray("communities");
    report.communities().communities().forEach(each -> communities.add(community(each)));
    ArrayNode bridges = json.putArray("bridges");
    report.bridges().forEach(edge -> bridges.add(notable(edge)));
    ArrayNode surprising = json.putArray("surprising");
    report.surprising().forEach(edge -> surprising.add(notable(edge)));
    nodes(json.putArray("orphans"), report.orphans());
    ArrayNode suggestions = json.putArray("suggestions");
    report.suggestions().forEach(link -> suggestions.add(possibleLink(link)));
    ArrayNode growth = json.putArray("growth");
    for (var bucket : report.growth()) {
      growth
          .addObject()
          .put("start", bucket.start().toString())
          .put("nodesAdded", bucket.nodesAdded())
          .put("nodesRemoved", bucket.nodesRemoved())
          .put("edgesAdded", bucket.edgesAdded())
          .put("edgesRemoved", bucket.edgesRemoved());
    }
    return json;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
