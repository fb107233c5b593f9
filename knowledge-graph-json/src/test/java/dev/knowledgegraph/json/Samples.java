package dev.knowledgegraph.json;

import dev.knowledgegraph.event.CategoryEvent.CategoryAdded;
import dev.knowledgegraph.event.CategoryEvent.CategoryChanged;
import dev.knowledgegraph.event.CategoryEvent.CategoryRemoved;
import dev.knowledgegraph.event.EdgeEvent.EdgeAdded;
import dev.knowledgegraph.event.EdgeEvent.EdgePropertiesChanged;
import dev.knowledgegraph.event.EdgeEvent.EdgeRemoved;
import dev.knowledgegraph.event.EdgeEvent.EdgeRetyped;
import dev.knowledgegraph.event.EdgeEvent.EdgeReweighted;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.ImportFinished;
import dev.knowledgegraph.event.ImportEvent.ImportStarted;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.event.NodeEvent.NodeAdded;
import dev.knowledgegraph.event.NodeEvent.NodeArchived;
import dev.knowledgegraph.event.NodeEvent.NodeCategorized;
import dev.knowledgegraph.event.NodeEvent.NodeContentChanged;
import dev.knowledgegraph.event.NodeEvent.NodeKeyed;
import dev.knowledgegraph.event.NodeEvent.NodeMerged;
import dev.knowledgegraph.event.NodeEvent.NodeMoved;
import dev.knowledgegraph.event.NodeEvent.NodePropertiesChanged;
import dev.knowledgegraph.event.NodeEvent.NodePublished;
import dev.knowledgegraph.event.NodeEvent.NodeRelabelled;
import dev.knowledgegraph.event.NodeEvent.NodeRemoved;
import dev.knowledgegraph.event.NodeEvent.NodeRestored;
import dev.knowledgegraph.event.NodeEvent.NodeTagged;
import dev.knowledgegraph.event.NodeEvent.NodeUncategorized;
import dev.knowledgegraph.event.NodeEvent.NodeUnmerged;
import dev.knowledgegraph.event.NodeEvent.NodeUntagged;
import dev.knowledgegraph.event.NodeEvent.Restored;
import dev.knowledgegraph.event.SettingsEvent.GraphAutoLinkChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphCreated;
import dev.knowledgegraph.event.SettingsEvent.GraphDescribed;
import dev.knowledgegraph.event.SettingsEvent.GraphMadeDefault;
import dev.knowledgegraph.event.SettingsEvent.GraphPolicyChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphRemoved;
import dev.knowledgegraph.event.SettingsEvent.GraphRenamed;
import dev.knowledgegraph.event.SettingsEvent.GraphViewChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphVisibilityChanged;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.CategoryId;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.Coordinates;
import dev.knowledgegraph.model.Discriminator;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeStyle;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.Layout;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Policy;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.model.ViewSettings;
import dev.knowledgegraph.model.Visibility;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One event of every type, with every field away from its default. */
final class Samples {
  static final NodeId NODE = NodeId.of(uuid(1));
  static final NodeId OTHER = NodeId.of(uuid(2));
  static final EdgeId EDGE = EdgeId.of(uuid(0x11));
  static final CategoryId CATEGORY = CategoryId.of(uuid(0x21));

  static final Properties PROPERTIES =
      Properties.of(
          Map.of(
              "flag",
              true,
              "count",
              Long.MIN_VALUE,
              "ratio",
              2.0,
              "huge",
              1e300,
              "text",
              "Zürich 🌍 \"quoted\"",
              "when",
              Instant.parse("2024-02-29T12:34:56.789012Z"),
              "day",
              LocalDate.of(2024, 2, 29),
              "list",
              List.of(1, 2.5, "three", List.of()),
              "map",
              Map.of("a", 1, "b", Map.of()),
              "lookalike",
              Map.of("$instant", "not one")));

  static final NodeData FULL =
      new NodeData(
          NodeKey.of("city:zurich"),
          Labels.of("City", "Place"),
          new Content("Zürich", "# On the lake", ContentFormat.MARKDOWN),
          Tags.of("Lake", "swiss"),
          Coordinates.of(1.5, -2, 3),
          PROPERTIES,
          NodeStatus.PUBLISHED,
          "atlas.csv");

  static final EdgeData FULL_EDGE =
      new EdgeData(
          NODE,
          OTHER,
          EdgeType.SIMILAR,
          Discriminator.of("2024"),
          0.25,
          false,
          "twin",
          PROPERTIES,
          new Provenance(Origin.AUTOMATIC, "overlap", 0.75, "same lake"));

  static final CategoryData FULL_CATEGORY =
      new CategoryData("Lakes", "Water", CategoryId.of(uuid(0x22)), "#00AAFF", "drop");

  static final GraphData FULL_GRAPH =
      new GraphData(
          "Atlas",
          "All of it",
          Visibility.PUBLIC_READ,
          new ViewSettings(Layout.GRID, "dark", 1.5, EdgeStyle.CURVED, false, true),
          Policy.notebook(),
          AutoLink.OFF);

  private Samples() {}

  static UUID uuid(long low) {
    return new UUID(0x0190a4f000007000L, 0x8000000000000000L | low);
  }

  static List<GraphEvent> events() {
    EdgeData plain = EdgeData.edge(NODE, EdgeType.RELATED, OTHER);
    return List.of(
        new GraphCreated(FULL_GRAPH),
        new GraphRenamed("Map"),
        new GraphDescribed(""),
        new GraphVisibilityChanged(Visibility.PUBLIC_READ),
        new GraphViewChanged(ViewSettings.standard()),
        new GraphPolicyChanged(Policy.open()),
        new GraphAutoLinkChanged(AutoLink.SIMILARITY),
        new GraphMadeDefault(),
        new GraphRemoved(),
        new NodeAdded(NODE, FULL),
        new NodeContentChanged(NODE, new Content("t", "{}", ContentFormat.JSON)),
        new NodeRelabelled(NODE, Labels.of("A", "B")),
        new NodeTagged(NODE, Tags.of("x", "Y")),
        new NodeUntagged(NODE, Tags.of("x")),
        new NodeMoved(NODE, Coordinates.of(0.1, 1e9)),
        new NodePropertiesChanged(NODE, PROPERTIES),
        new NodePublished(NODE),
        new NodeArchived(NODE),
        new NodeRestored(NODE),
        new NodeKeyed(NODE, NodeKey.of("k")),
        new NodeRemoved(NODE),
        new NodeCategorized(NODE, CATEGORY, 0.5, Origin.AUTOMATIC),
        new NodeUncategorized(NODE, CATEGORY),
        new NodeMerged(NODE, OTHER, FULL, List.of(EDGE)),
        new NodeUnmerged(
            NODE,
            OTHER,
            new Restored(
                FULL,
                NodeData.empty(),
                List.of(new EdgeAdded(EDGE, FULL_EDGE)),
                List.of(new EdgeAdded(EdgeId.of(uuid(0x12)), plain)))),
        new EdgeAdded(EDGE, FULL_EDGE),
        new EdgeReweighted(EDGE, -0.125),
        new EdgeRetyped(EDGE, EdgeType.of("knows")),
        new EdgePropertiesChanged(EDGE, PROPERTIES, "label", false),
        new EdgeRemoved(EDGE),
        new CategoryAdded(CATEGORY, FULL_CATEGORY),
        new CategoryChanged(CATEGORY, CategoryData.of("Seas")),
        new CategoryRemoved(CATEGORY),
        new ImportStarted("job-1", "csv", "atlas.csv"),
        new ImportFinished("job-1", Long.MAX_VALUE, 0),
        new NodesImported(
            List.of(
                new NodeAdded(NODE, FULL),
                new NodeAdded(OTHER, NodeData.empty()),
                new NodeAdded(NodeId.of(uuid(9)), NodeData.node("nine")))),
        new EdgesImported(
            List.of(new EdgeAdded(EDGE, FULL_EDGE), new EdgeAdded(EdgeId.of(uuid(0x13)), plain))));
  }

  /** Events whose fields all hold their defaults. */
  static List<GraphEvent> bareEvents() {
    return List.of(
        new GraphCreated(GraphData.named("g")),
        new NodeAdded(NODE, NodeData.empty()),
        new NodeContentChanged(NODE, Content.empty()),
        new NodeRelabelled(NODE, Labels.none()),
        new NodeMoved(NODE, null),
        new NodePropertiesChanged(NODE, Properties.none()),
        new NodeKeyed(NODE, null),
        new NodeMerged(NODE, OTHER, NodeData.empty(), List.of()),
        new EdgePropertiesChanged(EDGE, Properties.none(), "", true),
        new NodesImported(List.of()),
        new EdgesImported(List.of()));
  }
}
