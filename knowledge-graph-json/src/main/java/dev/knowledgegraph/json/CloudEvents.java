package dev.knowledgegraph.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.GraphEvent;
import dev.knowledgegraph.event.ImportEvent.EdgesImported;
import dev.knowledgegraph.event.ImportEvent.NodesImported;
import dev.knowledgegraph.model.GraphRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Events as they leave the library: CloudEvents 1.0 in structured mode, as UTF-8 JSON. In the log
 * they stand otherwise, as {@link EventCodec} says; {@code data} is what stands there under {@code
 * data}. A chunk of an import, and what is too large for its way, goes as a summary that says where
 * to fetch it: {@code {"summary":true,…,"fetch":{"graph":…,"after":…,"limit":1,"index":…}}}, the
 * arguments of {@link dev.knowledgegraph.query.GraphQuery.ReadLog} and of {@code kg log}, and which
 * event of that commit it is. {@link CloudEvent} is one that somebody received.
 */
public final class CloudEvents {
  /** The media type of {@link #encode}. */
  public static final String MEDIA_TYPE = "application/cloudevents+json";

  /** With what every type begins. */
  public static final String TYPE_PREFIX = "dev.knowledgegraph.";

  private static final String SCHEMA = "urn:knowledgegraph:event:";

  /** Version 00 of W3C Trace Context. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private CloudEvents() {}

  /** The event with what surrounds it. */
  public static byte[] encode(EventEnvelope event) {
    return encode(event, json -> writeData(json, event));
  }

  /**
   * The same without its data, for a way that has no room for them.
   *
   * @param bytes how long {@link #encode} made it
   */
  public static byte[] summary(EventEnvelope event, int bytes) {
    return encode(event, json -> writeSummary(json, event, "bytes", bytes));
  }

  /** Such as {@code dev.knowledgegraph.node.added.v1}. */
  public static String type(GraphEvent event) {
    return TYPE_PREFIX + versioned(event, ".v");
  }

  /** {@code /OWNER/GRAPH}, the owner percent-encoded. */
  public static String source(GraphRef graph) {
    String owner = URLEncoder.encode(graph.owner().value(), StandardCharsets.UTF_8);
    return "/" + owner.replace("+", "%20") + "/" + graph.id();
  }

  private static String versioned(GraphEvent event, String before) {
    String type = EventCodec.typeName(event);
    return type + before + EventCodec.version(type);
  }

  private static byte[] encode(EventEnvelope event, Json.Writer data) {
    try (var out = new ByteArrayBuilder(512);
        JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      writeAttributes(json, event);
      json.writeFieldName("data");
      data.write(json);
      json.writeEndObject();
      json.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeAttributes(JsonGenerator json, EventEnvelope event) throws IOException {
    Committed commit = event.commit();
    String element = event.stream().element();
    json.writeStringField("specversion", "1.0");
    json.writeStringField("id", event.id());
    json.writeStringField("source", source(event.graph()));
    json.writeStringField("type", type(event.event()));
    json.writeStringField("subject", element.isEmpty() ? event.graph().id().toString() : element);
    json.writeStringField("time", commit.time().toString());
    json.writeStringField("datacontenttype", "application/json");
    json.writeStringField("dataschema", SCHEMA + versioned(event.event(), ":v"));
    json.writeStringField(
        "sequence",
        String.format(Locale.ROOT, "%019d.%08d", event.place().sequence(), event.place().index()));
    json.writeStringField("partitionkey", event.graph().id() + "/" + event.stream());
    if (TRACEPARENT.matcher(commit.correlationId()).matches()) {
      json.writeStringField("traceparent", commit.correlationId());
    }
    json.writeStringField("actor", commit.actor().value());
    json.writeStringField("commandid", commit.commandId());
    writeUnlessEmpty(json, "correlationid", commit.correlationId());
    writeUnlessEmpty(json, "causationid", commit.causationId());
  }

  private static void writeUnlessEmpty(JsonGenerator json, String name, String value)
      throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private static void writeData(JsonGenerator json, EventEnvelope event) throws IOException {
    switch (event.event()) {
      case NodesImported chunk -> writeSummary(json, event, "nodes", chunk.nodes().size());
      case EdgesImported chunk -> writeSummary(json, event, "edges", chunk.edges().size());
      default -> EventData.write(json, event.event());
    }
  }

  private static void writeSummary(JsonGenerator json, EventEnvelope event, String what, int count)
      throws IOException {
    json.writeStartObject();
    json.writeBooleanField("summary", true);
    json.writeNumberField(what, count);
    json.writeObjectFieldStart("fetch");
    json.writeStringField("graph", event.graph().id().toString());
    json.writeNumberField("after", event.place().sequence() - 1);
    json.writeNumberField("limit", 1);
    json.writeNumberField("index", event.index());
    json.writeEndObject();
    json.writeEndObject();
  }
}
