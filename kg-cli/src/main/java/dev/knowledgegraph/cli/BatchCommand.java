package dev.knowledgegraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.command.BulkCommand;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.command.CommandResult;
import dev.knowledgegraph.command.EdgeCommand;
import dev.knowledgegraph.command.GraphCommand;
import dev.knowledgegraph.command.NodeCommand;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Labels;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Tags;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kg batch}: commands as lines of JSON. */
@Command(
    name = "batch",
    description = "Carry out commands, one JSON object per line; one result per line.",
    footerHeading = "%nCommands%n",
    footer = {
      "  {\"op\":\"node.add\",\"key\":\"ada\",\"title\":\"Ada\",\"labels\":[\"Person\"],"
          + "\"properties\":{\"born\":1815}}",
      "  {\"op\":\"node.set\",\"node\":\"ada\",\"title\":\"Ada Lovelace\"}",
      "  {\"op\":\"node.tag\",\"node\":\"ada\",\"tags\":[\"math\"]}         also node.untag",
      "  {\"op\":\"node.publish\",\"node\":\"ada\"}     also node.archive, node.restore, node.rm",
      "  {\"op\":\"edge.add\",\"source\":\"ada\",\"type\":\"KNOWS\",\"target\":\"babbage\","
          + "\"weight\":0.8}",
      "  {\"op\":\"edge.rm\",\"edge\":\"0198…\"}",
      "A node is named as everywhere: by id, key or title. What is added may bring its \"id\".",
      "A line with an \"idempotencyKey\" that was carried out is not carried out again.",
    })
final class BatchCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "else standard input")
  String file = "-";

  @Option(names = "--atomic", description = "all or nothing")
  boolean atomic;

  /** Keys of nodes that an atomic batch has asked for and the graph does not have yet. */
  private final Map<String, NodeId> added = new HashMap<>();

  BatchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    int[] refused = {0};
    context.write(
        graph -> {
          try (var lines = reader()) {
            refused[0] = atomic ? together(graph, lines) : oneByOne(graph, lines);
          } catch (IOException e) {
            throw Failure.file("cannot read " + file, e);
          }
        });
    return refused[0] == 0 ? ExitCode.DONE : ExitCode.IN_PART;
  }

  private BufferedReader reader() throws IOException {
    return file.equals("-")
        ? new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8))
        : Files.newBufferedReader(Path.of(file));
  }

  private int oneByOne(GraphView graph, BufferedReader lines) throws IOException {
    int refused = 0;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        JsonNode json = parse(line);
        GraphCommand command = command(graph, json);
        CommandResult.Accepted accepted = graph.send(command, options(json)).orThrow();
        print(accepted(number, command).put("position", accepted.position().sequence()));
      } catch (KnowledgeGraphException e) {
        refused++;
        print(refused(number, e.code(), String.valueOf(e.getMessage())));
      } catch (Failure e) {
        refused++;
        print(refused(number, e.code(), String.valueOf(e.getMessage())));
      } catch (IllegalArgumentException e) {
        refused++;
        print(refused(number, "INVALID", String.valueOf(e.getMessage())));
      }
    }
    return refused;
  }

  private int together(GraphView graph, BufferedReader lines) throws IOException {
    var commands = new ArrayList<GraphCommand>();
    var numbers = new ArrayList<Integer>();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        JsonNode json = parse(line);
        if (json.has("idempotencyKey")) {
          throw Failure.usage("an atomic batch is one command: its lines have no idempotencyKey");
        }
        commands.add(command(graph, json));
        numbers.add(number);
      }
    }
    if (commands.isEmpty()) {
      return 0;
    }
    var accepted = graph.send(new BulkCommand.Batch(graph.id(), commands, true)).orThrow();
    for (int i = 0; i < commands.size(); i++) {
      print(
          accepted(numbers.get(i), commands.get(i))
              .put("position", accepted.position().sequence()));
    }
    return 0;
  }

  private void print(ObjectNode result) {
    context.output().line(result, result.toString());
  }

  private static ObjectNode accepted(int line, GraphCommand command) {
    ObjectNode json = Output.json().put("line", line).put("ok", true);
    if (command instanceof NodeCommand node) {
      json.put("node", node.node().toString());
    } else if (command instanceof EdgeCommand edge) {
      json.put("edge", edge.edge().toString());
    }
    return json;
  }

  private static ObjectNode refused(int line, String code, String message) {
    ObjectNode json = Output.json().put("line", line).put("ok", false);
    json.putObject("error").put("code", code).put("message", message);
    return json;
  }

  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw Failure.invalid("not JSON: " + e.getOriginalMessage());
    }
  }

  private static CommandOptions options(JsonNode json) {
    return json.has("idempotencyKey")
        ? CommandOptions.none().withIdempotencyKey(text(json, "idempotencyKey"))
        : CommandOptions.none();
  }

  private GraphCommand command(GraphView graph, JsonNode json) {
    String op = text(json, "op");
    return switch (op) {
      case "node.add" -> {
        NodeId id = json.has("id") ? NodeId.parse(text(json, "id")) : graph.newNodeId();
        NodeData data = data(NodeData.empty(), json);
        NodeKey key = data.key();
        if (atomic && key != null) {
          added.put(key.value(), id);
        }
        yield new NodeCommand.AddNode(graph.id(), id, data);
      }
      case "node.set" -> {
        var node = References.node(graph, text(json, "node"));
        yield new NodeCommand.SetNode(graph.id(), node.id(), data(node.data(), json));
      }
      case "node.tag" ->
          new NodeCommand.Tag(graph.id(), node(graph, json, "node"), Tags.of(texts(json, "tags")));
      case "node.untag" ->
          new NodeCommand.Untag(
              graph.id(), node(graph, json, "node"), Tags.of(texts(json, "tags")));
      case "node.publish" -> new NodeCommand.Publish(graph.id(), node(graph, json, "node"));
      case "node.archive" -> new NodeCommand.Archive(graph.id(), node(graph, json, "node"));
      case "node.restore" -> new NodeCommand.Restore(graph.id(), node(graph, json, "node"));
      case "node.rm" -> new NodeCommand.RemoveNode(graph.id(), node(graph, json, "node"));
      case "edge.add" -> edge(graph, json);
      case "edge.rm" -> new EdgeCommand.RemoveEdge(graph.id(), EdgeId.parse(text(json, "edge")));
      default -> throw Failure.invalid("there is no op \"" + op + "\"; see kg batch --help");
    };
  }

  private GraphCommand edge(GraphView graph, JsonNode json) {
    NodeId source = node(graph, json, "source");
    NodeId target = node(graph, json, "target");
    EdgeType.Input type = EdgeType.parse(text(json, "type"));
    EdgeData data =
        type.turned()
            ? EdgeData.edge(target, type.type(), source)
            : EdgeData.edge(source, type.type(), target);
    data =
        data.withWeight(json.path("weight").asDouble(1))
            .withLabel(json.path("label").asText(""))
            .withProperties(properties(Properties.none(), json));
    EdgeId id = json.has("id") ? EdgeId.parse(text(json, "id")) : graph.newEdgeId();
    return new EdgeCommand.AddEdge(graph.id(), id, data);
  }

  private NodeId node(GraphView graph, JsonNode json, String field) {
    String word = text(json, field);
    NodeId planned = added.get(word);
    if (planned != null) {
      return planned;
    }
    // A repeated line may be about a node that it has removed the first time.
    return json.has("idempotencyKey") && References.isId(word)
        ? NodeId.parse(word)
        : References.node(graph, word).id();
  }

  private static NodeData data(NodeData base, JsonNode json) {
    NodeData data = base;
    if (json.has("title")) {
      data = data.withContent(data.content().withTitle(text(json, "title")));
    }
    if (json.has("body")) {
      data = data.withContent(data.content().withBody(text(json, "body")));
    }
    if (json.has("key")) {
      data = data.withKey(NodeKey.of(text(json, "key")));
    }
    if (json.has("labels")) {
      data = data.withLabels(Labels.of(texts(json, "labels")));
    }
    if (json.has("tags")) {
      data = data.withTags(Tags.of(texts(json, "tags")));
    }
    return data.withProperties(properties(data.properties(), json));
  }

  private static Properties properties(Properties base, JsonNode json) {
    Properties properties = base;
    for (Map.Entry<String, JsonNode> field : json.path("properties").properties()) {
      properties =
          field.getValue().isNull()
              ? properties.without(field.getKey())
              : properties.with(field.getKey(), Values.value(field.getValue()));
    }
    return properties;
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw Failure.invalid("expected a text as \"" + field + "\"");
    }
    return value.asText();
  }

  private static List<String> texts(JsonNode json, String field) {
    var texts = new ArrayList<String>();
    json.path(field).forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
