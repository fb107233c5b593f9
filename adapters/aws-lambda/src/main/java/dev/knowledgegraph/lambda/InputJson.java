package dev.knowledgegraph.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.json.CloudEvent;

/** What functions are given and answer, as JSON; no message quotes it. */
final class InputJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private InputJson() {}

  static JsonNode parse(byte[] json) {
    return parse(new String(json, UTF_8), "");
  }

  static JsonNode parse(String json, String where) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      String message = "expected JSON, found something else";
      throw malformed(where.isEmpty() ? message : where + ": " + message);
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static UndeliverableException malformed(String message) {
    return new UndeliverableException(CloudEvent.MALFORMED, message, null);
  }
}
