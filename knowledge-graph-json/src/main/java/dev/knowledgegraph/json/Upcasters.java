package dev.knowledgegraph.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** All upcasters there are; a type is at the version its last one leads to, or at 1. */
final class Upcasters {
  private record Key(String type, int fromVersion) {}

  private final Map<Key, UnaryOperator<ObjectNode>> changes = new HashMap<>();
  private final Map<String, Integer> current = new HashMap<>();

  Upcasters(List<Upcaster> upcasters) {
    for (Upcaster upcaster : upcasters) {
      changes.put(new Key(upcaster.type(), upcaster.fromVersion()), upcaster.change());
      current.merge(upcaster.type(), upcaster.fromVersion() + 1, Math::max);
    }
  }

  int currentVersion(String type) {
    return current.getOrDefault(type, 1);
  }

  /** The data as the current version would have written it. */
  JsonNode upcast(String type, int version, JsonNode data) {
    JsonNode upcasted = data;
    for (int from = version; from < currentVersion(type); from++) {
      UnaryOperator<ObjectNode> change = changes.get(new Key(type, from));
      if (change == null || !(upcasted instanceof ObjectNode object)) {
        throw new IllegalArgumentException(
            "expected data that version " + from + " of the type can be read from");
      }
      upcasted = change.apply(object);
    }
    return upcasted;
  }
}
