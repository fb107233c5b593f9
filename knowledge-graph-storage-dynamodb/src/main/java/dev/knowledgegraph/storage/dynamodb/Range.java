package dev.knowledgegraph.storage.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Items of one partition between two sort keys, both inclusive.
 *
 * @param limit at most so many; 0 for all
 * @param attributes which are read besides the key; empty for all
 */
record Range(
    String partition,
    String from,
    String to,
    boolean descending,
    int limit,
    List<String> attributes) {

  static Range of(String partition, String from, String to) {
    return new Range(partition, from, to, false, 0, List.of());
  }

  /** All items of a partition. */
  static Range all(String partition) {
    return of(partition, "\u0001", Keys.END);
  }

  /** The last of them only. */
  Range last() {
    return new Range(partition, from, to, true, 1, attributes);
  }

  Range first(int newLimit) {
    return new Range(partition, from, to, descending, newLimit, attributes);
  }

  /** With these attributes only. */
  Range only(List<String> newAttributes) {
    return new Range(partition, from, to, descending, limit, newAttributes);
  }

  QueryRequest.Builder request(String table) {
    var names = new HashMap<String, String>();
    names.put("#p", DynamoDbTable.PARTITION_KEY);
    names.put("#s", DynamoDbTable.SORT_KEY);
    var request =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .scanIndexForward(!descending)
            .keyConditionExpression("#p = :p AND #s BETWEEN :from AND :to")
            .expressionAttributeValues(
                Map.of(
                    ":p", AttributeValue.fromS(partition),
                    ":from", AttributeValue.fromS(from),
                    ":to", AttributeValue.fromS(to)));
    if (limit > 0) {
      request.limit(limit);
    }
    if (!attributes.isEmpty()) {
      var shown = new ArrayList<>(List.of("#p", "#s"));
      for (String attribute : attributes) {
        names.put("#" + attribute, attribute);
        shown.add("#" + attribute);
      }
      request.projectionExpression(String.join(", ", shown));
    }
    return request.expressionAttributeNames(names);
  }
}
