package dev.knowledgegraph.lambda;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.command.EdgeCommand.AddEdge;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand.AddNode;
import dev.knowledgegraph.command.NodeCommand.Archive;
import dev.knowledgegraph.command.NodeCommand.ChangeContent;
import dev.knowledgegraph.command.SettingsCommand.CreateGraph;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.tck.Scribe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files with recorded events, and the graph that they are about. */
final class Recorded {
  static final UserId ADA = UserId.of("ada");
  static final UserId BOB = UserId.of("bob");
  static final GraphId GRAPH = Scribe.graphId(1);

  private static final Path EVENTS = Path.of("src/test/resources/events");

  private Recorded() {}

  static Path file(String function, String name) {
    return EVENTS.resolve(function).resolve(name + ".json");
  }

  static byte[] event(String function, String name) {
    return read(file(function, name));
  }

  /** All files of a function, by name. */
  static Map<String, byte[]> of(String function) {
    try (Stream<Path> files = Files.list(EVENTS.resolve(function))) {
      return files.collect(Collectors.toMap(Path::toString, Recorded::read));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the graph, commit by commit as the files say. */
  static GraphView write(KnowledgeGraph store) {
    store
        .as(ADA)
        .send(new CreateGraph(GRAPH, GraphData.named("machines").withAutoLink(AutoLink.OFF)))
        .orThrow();
    GraphView graph = store.as(ADA).graph(GRAPH);
    commands().forEach(command -> graph.send(command).orThrow());
    return graph;
  }

  private static List<GraphCommand> commands() {
    return List.of(
        add(1, "Analytical Engine", "A machine of brass, planned by Charles Babbage."),
        add(2, "Ada Lovelace", "She wrote programs for the Analytical Engine."),
        add(3, "Charles Babbage", "He planned the Difference Engine and the Analytical Engine."),
        add(4, "Difference Engine", "A machine of brass that computes tables."),
        new ChangeContent(
            GRAPH,
            Scribe.nodeId(4),
            new Content(
                "Difference Engine",
                "A machine of brass that Charles Babbage never finished.",
                ContentFormat.MARKDOWN)),
        new ImportNodes(
            GRAPH,
            List.of(
                new ImportedNode(
                    Scribe.nodeId(5),
                    NodeData.node("Jacquard loom").body("It wove what cards said.")),
                new ImportedNode(
                    Scribe.nodeId(6),
                    NodeData.node("Punched card")
                        .body("First for the Jacquard loom, then for the Analytical Engine.")))),
        edge(1, 3, "CREATED", 4),
        edge(2, 4, "RELATED", 5),
        new Archive(GRAPH, Scribe.nodeId(4)));
  }

  private static AddNode add(long number, String title, String body) {
    return new AddNode(GRAPH, Scribe.nodeId(number), NodeData.node(title).body(body));
  }

  private static AddEdge edge(long number, long source, String type, long target) {
    return new AddEdge(
        GRAPH,
        Scribe.edgeId(number),
        EdgeData.edge(Scribe.nodeId(source), EdgeType.of(type), Scribe.nodeId(target)));
  }
}
