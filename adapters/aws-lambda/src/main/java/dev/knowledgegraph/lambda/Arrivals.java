package dev.knowledgegraph.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.json.CloudEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The events in what Lambda gives a function: a batch of SQS, an event of EventBridge, or a
 * CloudEvent by itself; a message of a queue holds one of the last two. The shapes are those of <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Lambda with SQS</a> and of <a
 * href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html">events
 * of EventBridge</a>.
 *
 * @param isBatch whether the answer must say which messages failed
 */
record Arrivals(boolean isBatch, List<Arrival> all) {
  private static final String RECORDS = "Records";

  /** Reads the input; what is wrong with an event is told when that is read. */
  static Arrivals read(byte[] input) {
    JsonNode json;
    try {
      json = InputJson.parse(input);
    } catch (UndeliverableException e) {
      return single(
          () -> {
            throw e;
          });
    }
    JsonNode records = json.path(RECORDS);
    if (!records.isArray()) {
      return single(() -> event(json, ""));
    }
    var arrivals = new ArrayList<Arrival>();
    for (JsonNode each : records) {
      String where = RECORDS + "[" + arrivals.size() + "]";
      String id = each.path("messageId").asText();
      if (id.isEmpty()) {
        return single(
            () -> {
              throw InputJson.malformed(where + ".messageId: expected a text, found none");
            });
      }
      arrivals.add(new Arrival(id, () -> message(each, where + ".body")));
    }
    return new Arrivals(true, List.copyOf(arrivals));
  }

  private static Arrivals single(Supplier<Optional<CloudEvent>> event) {
    return new Arrivals(false, List.of(new Arrival("", event)));
  }

  private static Optional<CloudEvent> message(JsonNode record, String where) {
    JsonNode body = record.path("body");
    if (!body.isTextual()) {
      throw InputJson.malformed(where + ": expected a text, found none");
    }
    return event(InputJson.parse(body.textValue(), where), where);
  }

  private static Optional<CloudEvent> event(JsonNode json, String where) {
    if (!json.has("detail-type")) {
      return CloudEvent.parse(json.toString(), where);
    }
    String detail = where.isEmpty() ? "detail" : where + ".detail";
    if (!json.path("detail").isObject()) {
      throw InputJson.malformed(detail + ": expected an object, found none");
    }
    boolean isOurs =
        json.path("detail-type").asText().startsWith(CloudEvents.TYPE_PREFIX)
            || json.path("detail").has("specversion");
    // Others put events on the bus as well.
    return isOurs ? CloudEvent.parse(json.path("detail").toString(), detail) : Optional.empty();
  }
}
