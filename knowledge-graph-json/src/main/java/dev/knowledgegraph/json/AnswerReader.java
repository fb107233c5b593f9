package dev.knowledgegraph.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeId;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Analysis;
import dev.knowledgegraph.query.Metric;
import dev.knowledgegraph.query.Views;
import dev.knowledgegraph.spi.CachedAnswer;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphHead;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the fields of one record of an answer, in the order in which {@link AnswerWriter} wrote
 * them. A field too many or too few is refused as one of another type is, by an {@link
 * IllegalArgumentException}.
 */
final class AnswerReader {
  private static final String ANSWER = "answer";
  private static final int FINGERPRINT_DIGITS = 64;

  private final Iterator<JsonNode> fields;

  private AnswerReader(JsonNode json) {
    if (!json.isArray()) {
      throw Json.expected(ANSWER, "an array", json);
    }
    this.fields = json.iterator();
  }

  static CachedAnswer kept(JsonNode json) {
    try {
      var in = new AnswerReader(json);
      var kept = new CachedAnswer(in.value(GraphHead.class), answer(in.next()));
      in.end();
      return kept;
    } catch (DateTimeException e) {
      // Without its cause, whose message quotes the text.
      throw new IllegalArgumentException(ANSWER + ": expected ISO 8601, found something else");
    }
  }

  private static Object answer(JsonNode json) {
    var in = new AnswerReader(json);
    return switch (in.text()) {
      case "optional" -> in.optional();
      case "list" -> in.rest();
      default -> value(json);
    };
  }

  private Optional<Object> optional() {
    var found = fields.hasNext() ? Optional.of(value(next())) : Optional.empty();
    end();
    return found;
  }

  private List<Object> rest() {
    var all = new ArrayList<>();
    while (fields.hasNext()) {
      all.add(value(next()));
    }
    return List.copyOf(all);
  }

  private static Object value(JsonNode json) {
    var in = new AnswerReader(json);
    Object value = in.named(in.text());
    in.end();
    return value;
  }

  // The arguments of a constructor are evaluated from left to right, in the order of the fields.
  private Object named(String name) {
    return switch (name) {
      case "head" -> new GraphHead(integer(), time(), integer(), integer(), fingerprint());
      case "node" ->
          new Node(
              id(NodeId::parse),
              id(GraphId::parse),
              ValueJson.readNodeData(object()),
              ValueJson.readCategorizations(next()),
              time(),
              time(),
              integer());
      case "edge" ->
          new Edge(
              id(EdgeId::parse),
              id(GraphId::parse),
              ValueJson.readEdgeData(object()),
              time(),
              time(),
              integer());
      case "neighbor" -> new Views.Neighbor(node(), small());
      case "neighborhood" ->
          new Views.Neighborhood(node(), small(), integer(), list(Views.Neighbor.class));
      case "route" -> new Views.Route(list(Node.class), list(Edge.class), number());
      case "subgraph" -> new Views.Subgraph(list(Node.class), list(Edge.class), flag());
      case "pattern" ->
          new Views.Pattern(constant(Views.PatternKind.class), list(Node.class), number());
      case "statistics" ->
          new Views.Statistics(
              integer(), integer(), integer(), counts(), counts(), counts(), integer(), integer(),
              number(), number(), integer());
      case "bucket" ->
          new Views.TimelineBucket(
              LocalDate.parse(text()), integer(), integer(), integer(), integer(), integer());
      case "ranked" -> new Analysis.RankedNode(node(), number());
      case "ranking" ->
          new Analysis.Ranking(constant(Metric.class), list(Analysis.RankedNode.class));
      case "community" ->
          new Analysis.Community(integer(), text(), number(), node(), texts(NodeId::parse));
      case "communities" -> new Analysis.Communities(number(), list(Analysis.Community.class));
      case "component" -> new Analysis.Component(texts(NodeId::parse));
      case "chain" -> new Analysis.Chain(list(Node.class), number(), small());
      case "chains" -> new Analysis.Chains(list(Analysis.Chain.class), flag());
      case "affected" ->
          new Analysis.Affected(node(), small(), number(), flag(), constant(Analysis.Tier.class));
      case "impact" ->
          new Analysis.Impact(
              node(),
              constant(Analysis.Risk.class),
              integer(),
              list(Analysis.Affected.class),
              texts(Function.identity()));
      case "link" -> new Analysis.PossibleLink(node(), node(), number(), text());
      case "notable" -> new Analysis.NotableEdge(node(), value(Edge.class), node(), text());
      case "report" ->
          new Analysis.Report(
              value(Views.Statistics.class),
              list(Analysis.RankedNode.class),
              list(Analysis.RankedNode.class),
              value(Analysis.Communities.class),
              list(Analysis.NotableEdge.class),
              list(Analysis.NotableEdge.class),
              list(Node.class),
              list(Analysis.PossibleLink.class),
              list(Views.TimelineBucket.class));
      default -> throw new IllegalArgumentException("expected an answer, found an unknown name");
    };
  }

  private JsonNode next() {
    if (!fields.hasNext()) {
      throw new IllegalArgumentException("expected one more field of an answer, found none");
    }
    return fields.next();
  }

  private void end() {
    if (fields.hasNext()) {
      throw new IllegalArgumentException("expected the end of an answer, found one more field");
    }
  }

  private String text() {
    return Json.text(ANSWER, next());
  }

  private long integer() {
    return Json.integer(ANSWER, next());
  }

  private int small() {
    return Json.smallInteger(ANSWER, next());
  }

  private double number() {
    return Json.number(ANSWER, next());
  }

  private boolean flag() {
    return Json.flag(ANSWER, next());
  }

  private JsonNode object() {
    return Json.object(ANSWER, next());
  }

  private Instant time() {
    return Instant.parse(text());
  }

  private <T> T id(Function<String, T> parser) {
    return parser.apply(text());
  }

  private <E extends Enum<E>> E constant(Class<E> type) {
    return Enum.valueOf(type, text());
  }

  private Fingerprint fingerprint() {
    String hex = text();
    if (hex.length() != FINGERPRINT_DIGITS) {
      throw new IllegalArgumentException(
          "fingerprint: expected " + FINGERPRINT_DIGITS + " digits, found " + hex.length());
    }
    return Fingerprint.of(HexFormat.of().parseHex(hex));
  }

  private Node node() {
    return value(Node.class);
  }

  private <T> T value(Class<T> type) {
    return value(next(), type);
  }

  private static <T> T value(JsonNode json, Class<T> type) {
    Object value = value(json);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "expected " + type.getSimpleName() + ", found " + value.getClass().getSimpleName());
    }
    return type.cast(value);
  }

  private <T> List<T> list(Class<T> type) {
    return items(item -> value(item, type));
  }

  private <T> List<T> texts(Function<String, T> parser) {
    return items(item -> parser.apply(Json.text(ANSWER, item)));
  }

  private <T> List<T> items(Function<JsonNode, T> reader) {
    JsonNode array = next();
    if (!array.isArray()) {
      throw Json.expected(ANSWER, "an array", array);
    }
    var items = new ArrayList<T>(array.size());
    array.forEach(item -> items.add(reader.apply(item)));
    return List.copyOf(items);
  }

  private Map<String, Long> counts() {
    var counts = new LinkedHashMap<String, Long>();
    for (Map.Entry<String, JsonNode> count : object().properties()) {
      counts.put(count.getKey(), Json.integer(ANSWER, count.getValue()));
    }
    return counts;
  }
}
