package dev.knowledgegraph.tck;

import static dev.knowledgegraph.tck.Scribe.categoryId;
import static dev.knowledgegraph.tck.Scribe.nodeId;

import dev.knowledgegraph.command.CategoryCommand.AddCategory;
import dev.knowledgegraph.command.NodeCommand.Categorize;
import dev.knowledgegraph.command.NodeCommand.MergeNodes;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.spi.Commit;
import java.util.List;

/** Small graphs, drawn. */
public final class GraphSamples {
  private GraphSamples() {}

  /**
   * Six elements, all of one kind.
   *
   * <pre>
   *   1 ──1─▶ 2 ──2─▶ 3      4
   *   └──────3───────▲
   * </pre>
   */
  public static List<Commit> triangle(Scribe scribe) {
    return List.of(
        scribe.create("triangle"),
        scribe.node(1, "Ada"),
        scribe.node(2, "Engine"),
        scribe.node(3, "Babbage"),
        scribe.node(4, "Byron"),
        scribe.edge(1, 1, 2),
        scribe.edge(2, 2, 3),
        scribe.edge(3, 1, 3));
  }

  /**
   * A life: every commit changes the graph in another way, until little is left.
   *
   * <pre>
   *   1 ──1─▶ 2 ──2 drew─▶ 3      then 2 becomes "engine" without key,
   *   1 ◀─3── 4 ──4─▶ 4           4 is absorbed by 1, 3 is removed
   * </pre>
   */
  public static List<Commit> life(Scribe scribe) {
    var graph = scribe.ref().id();
    return List.of(
        scribe.create("life"),
        scribe.write(new AddCategory(graph, categoryId(0), CategoryData.of("People"))),
        scribe.node(1, NodeData.node("Ada").key("k").label("Person").tag("Old").at(1, 2)),
        scribe.node(2, NodeData.node("Engine").key("K").label("Machine").property("n", 1)),
        scribe.edge(1, 1, 2),
        scribe.node(3, NodeData.node("ada").label("Person")),
        scribe.edge(2, EdgeData.edge(nodeId(2), EdgeType.of("drew"), nodeId(3)).withWeight(0.5)),
        scribe.write(new Categorize(graph, nodeId(1), categoryId(0), 0.5, Origin.MANUAL)),
        scribe.set(2, NodeData.node("engine").label("Machine").property("n", 2)),
        scribe.node(4, NodeData.node("Countess").tag("old").tag("x")),
        scribe.edge(3, 4, 1),
        scribe.edge(4, 4, 4),
        scribe.write(new MergeNodes(graph, nodeId(1), nodeId(4))),
        scribe.removeNode(3));
  }
}
