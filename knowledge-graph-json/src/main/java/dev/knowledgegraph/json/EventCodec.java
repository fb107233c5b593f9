package dev.knowledgegraph.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.knowledgegraph.error.IntegrityException;
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
import dev.knowledgegraph.event.SettingsEvent.GraphAutoLinkChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphCreated;
import dev.knowledgegraph.event.SettingsEvent.GraphDescribed;
import dev.knowledgegraph.event.SettingsEvent.GraphMadeDefault;
import dev.knowledgegraph.event.SettingsEvent.GraphPolicyChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphRemoved;
import dev.knowledgegraph.event.SettingsEvent.GraphRenamed;
import dev.knowledgegraph.event.SettingsEvent.GraphViewChanged;
import dev.knowledgegraph.event.SettingsEvent.GraphVisibilityChanged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a commit as they are stored: a JSON array of {@code
 * {"type":"node.added","v":1,"data":{…}}}. Type names and versions never change their meaning; an
 * event this release does not know is refused, never skipped.
 */
public final class EventCodec {
  /** The changes of form since the first release. */
  private static final Upcasters UPCASTERS = new Upcasters(List.of());

  private EventCodec() {}

  /** The events as UTF-8 JSON. */
  public static byte[] encode(List<GraphEvent> events) {
    try (var out = new ByteArrayBuilder(256);
        JsonGenerator generator = Json.FACTORY.createGenerator(out)) {
      generator.writeStartArray();
      for (GraphEvent event : events) {
        String type = typeName(event);
        generator.writeStartObject();
        generator.writeStringField("type", type);
        generator.writeNumberField("v", UPCASTERS.currentVersion(type));
        generator.writeFieldName("data");
        EventData.write(generator, event);
        generator.writeEndObject();
      }
      generator.writeEndArray();
      generator.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What {@link #encode} wrote, in this release or an earlier one.
   *
   * @throws IntegrityException {@code EVENT_UNKNOWN} if a newer release wrote it, {@code
   *     EVENT_DAMAGED} if none did
   */
  public static List<GraphEvent> decode(byte[] json) {
    return decode(json, UPCASTERS);
  }

  static List<GraphEvent> decode(byte[] json, Upcasters upcasters) {
    try (JsonParser parser = Json.FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException("expected an array of events");
      }
      var events = new ArrayList<GraphEvent>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        events.add(event(parser, upcasters));
      }
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("expected one array of events, found more after it");
      }
      return List.copyOf(events);
    } catch (IOException e) {
      throw damaged("expected JSON, found " + Json.describe(e), e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private static GraphEvent event(JsonParser parser, Upcasters upcasters) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("expected an event, found something else");
    }
    String type = null;
    int version = 0;
    GraphEvent event = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "type" -> type = parser.getText();
        case "v" -> version = parser.getIntValue();
        case "data" -> event = data(parser, type, version, upcasters);
        default -> throw new IllegalArgumentException("expected type, v, data in an event");
      }
    }
    if (event == null) {
      throw new IllegalArgumentException("data: expected a value, found none");
    }
    return event;
  }

  private static GraphEvent data(
      JsonParser parser, @Nullable String type, int version, Upcasters upcasters)
      throws IOException {
    if (type == null || version < 1) {
      throw new IllegalArgumentException("expected the type and version of an event before data");
    }
    if (version > upcasters.currentVersion(type)) {
      throw unknown(type, version);
    }
    if (version == upcasters.currentVersion(type)) {
      GraphEvent chunk = EventData.readChunk(type, parser);
      if (chunk != null) {
        return chunk;
      }
    }
    JsonNode data = Json.tree(parser);
    if (!data.isObject()) {
      throw Json.expected("data", "an object", data);
    }
    GraphEvent event = EventData.read(type, upcasters.upcast(type, version, data));
    if (event == null) {
      throw unknown(type, version);
    }
    return event;
  }

  /** The version in which events of a type are written. */
  static int version(String type) {
    return UPCASTERS.currentVersion(type);
  }

  private static IntegrityException unknown(String type, int version) {
    return new IntegrityException(
        "EVENT_UNKNOWN",
        "unknown event "
            + type
            + " version "
            + version
            + "; a newer release wrote it: read it with that one",
        null);
  }

  private static IntegrityException damaged(String why, Exception cause) {
    return new IntegrityException("EVENT_DAMAGED", "stored events are damaged: " + why, cause);
  }

  /** The stable name of the event's type, such as {@code node.added}. */
  public static String typeName(GraphEvent event) {
    return switch (event) {
      case GraphCreated e -> "graph.created";
      case GraphRenamed e -> "graph.renamed";
      case GraphDescribed e -> "graph.described";
      case GraphVisibilityChanged e -> "graph.visibility-changed";
      case GraphViewChanged e -> "graph.view-changed";
      case GraphPolicyChanged e -> "graph.policy-changed";
      case GraphAutoLinkChanged e -> "graph.auto-link-changed";
      case GraphMadeDefault e -> "graph.made-default";
      case GraphRemoved e -> "graph.removed";
      case NodeAdded e -> "node.added";
      case NodeContentChanged e -> "node.content-changed";
      case NodeRelabelled e -> "node.relabelled";
      case NodeTagged e -> "node.tagged";
      case NodeUntagged e -> "node.untagged";
      case NodeMoved e -> "node.moved";
      case NodePropertiesChanged e -> "node.properties-changed";
      case NodePublished e -> "node.published";
      case NodeArchived e -> "node.archived";
      case NodeRestored e -> "node.restored";
      case NodeKeyed e -> "node.keyed";
      case NodeRemoved e -> "node.removed";
      case NodeCategorized e -> "node.categorized";
      case NodeUncategorized e -> "node.uncategorized";
      case NodeMerged e -> "node.merged";
      case NodeUnmerged e -> "node.unmerged";
      case EdgeAdded e -> "edge.added";
      case EdgeReweighted e -> "edge.reweighted";
      case EdgeRetyped e -> "edge.retyped";
      case EdgePropertiesChanged e -> "edge.properties-changed";
      case EdgeRemoved e -> "edge.removed";
      case CategoryAdded e -> "category.added";
      case CategoryChanged e -> "category.changed";
      case CategoryRemoved e -> "category.removed";
      case ImportStarted e -> "import.started";
      case ImportFinished e -> "import.finished";
      case NodesImported e -> "nodes.imported";
      case EdgesImported e -> "edges.imported";
    };
  }
}
