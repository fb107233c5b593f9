package dev.knowledgegraph.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An event of this library as whoever receives it sees it: what {@link CloudEvents} made, read
 * again. It may come late, twice and out of order, so it says what happened where, and the state is
 * to be read from the store.
 *
 * @param graph whose log it is from, by {@code source} and {@code id}, which must agree
 * @param place where it stands in that log
 * @param type without prefix and version, such as {@code node.added}; that of a newer release may
 *     be unknown here
 * @param subject the id of the node, edge or category, else of the graph
 * @param correlationId what it belongs to; empty if nothing was said
 * @param isSummary whether its data say only where to fetch them
 * @param json the whole of it
 */
public record CloudEvent(
    GraphRef graph,
    EventPlace place,
    String type,
    String subject,
    String correlationId,
    boolean isSummary,
    String json) {
  /** The code of the error if an event is not one that {@link CloudEvents} made. */
  public static final String MALFORMED = "EVENT_MALFORMED";

  private static final String SUMMARY = "summary";
  private static final int LONGEST_CORRELATION = 200;
  private static final Pattern ID = Pattern.compile("([^/]{36})/(\\d{1,18}/\\d{1,9})");
  private static final Pattern SOURCE = Pattern.compile("/([^/]+)/([^/]{36})");
  private static final Pattern TYPE =
      Pattern.compile(Pattern.quote(CloudEvents.TYPE_PREFIX) + "([a-z.-]{1,64})\\.v\\d{1,9}");

  /**
   * Reads one.
   *
   * @param where it stands, for messages, such as {@code detail}; empty if it is the whole input
   * @return empty if its type is none of this library
   * @throws UndeliverableException {@link #MALFORMED} if it is one of this library and yet not as
   *     {@link CloudEvents} makes them; the message names the attribute and what was expected
   */
  public static Optional<CloudEvent> parse(String json, String where) {
    try {
      return read(Json.parse(json));
    } catch (IllegalArgumentException e) {
      // Without its cause, whose message may quote the text.
      throw new UndeliverableException(
          MALFORMED, (where.isEmpty() ? "" : where + ": ") + e.getMessage(), null);
    }
  }

  private static Optional<CloudEvent> read(JsonNode event) {
    Json.object("the event", event);
    String fullType = Json.text(event, "type");
    var type = TYPE.matcher(fullType);
    if (!type.matches()) {
      return Optional.empty();
    }
    if (!Json.text(event, "specversion").equals("1.0")) {
      throw new IllegalArgumentException("specversion: expected 1.0, found another");
    }
    var id = ID.matcher(Json.text(event, "id"));
    if (!id.matches()) {
      throw new IllegalArgumentException("id: expected GRAPH/SEQUENCE/INDEX");
    }
    GraphRef graph = graph(Json.text(event, "source"));
    if (!graph.id().toString().equals(id.group(1))) {
      throw new IllegalArgumentException("id: expected the graph that source names, found another");
    }
    JsonNode data = Json.getObject(event, "data");
    return Optional.of(
        new CloudEvent(
            graph,
            place(id.group(2)),
            type.group(1),
            Json.text(event, "subject"),
            correlation(event),
            Json.flag(data, SUMMARY, false),
            event.toString()));
  }

  /** No longer than any that a log has. */
  private static String correlation(JsonNode event) {
    String id = Json.text(event, "correlationid", "");
    if (id.length() > LONGEST_CORRELATION) {
      throw new IllegalArgumentException("correlationid: expected at most 200 characters");
    }
    return id;
  }

  private static EventPlace place(String text) {
    try {
      return EventPlace.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("id: expected a commit from 1 and an event from 0", e);
    }
  }

  /** Exactly what {@link CloudEvents#source} writes: no owner has two sources. */
  private static GraphRef graph(String source) {
    var parts = SOURCE.matcher(source);
    if (parts.matches()) {
      try {
        String owner = URLDecoder.decode(parts.group(1), StandardCharsets.UTF_8);
        var graph = new GraphRef(UserId.of(owner), GraphId.parse(parts.group(2)));
        if (CloudEvents.source(graph).equals(source)) {
          return graph;
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("source: expected /OWNER/GRAPH", e);
      }
    }
    throw new IllegalArgumentException("source: expected /OWNER/GRAPH");
  }

  /** The same in every delivery. */
  public String id() {
    return graph.id() + "/" + place;
  }

  /** The whole with data that say only where to fetch them, for a way that has no room. */
  public String summary() {
    if (isSummary) {
      return json;
    }
    var event = (ObjectNode) Json.parse(json);
    ObjectNode data = Json.NODES.objectNode();
    data.put(SUMMARY, true).put("bytes", json.getBytes(StandardCharsets.UTF_8).length);
    data.putObject("fetch")
        .put("graph", graph.id().toString())
        .put("after", place.sequence() - 1)
        .put("limit", 1)
        .put("index", place.index());
    event.set("data", data);
    return event.toString();
  }

  /** Its id: what it holds stays out of logs. */
  @Override
  public String toString() {
    return id();
  }
}
