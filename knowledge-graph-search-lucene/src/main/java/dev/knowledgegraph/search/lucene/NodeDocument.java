package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.search.NodeTexts;
import dev.knowledgegraph.search.WordScanner;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * What a version of a node is to Lucene: the only place where nodes become documents and documents
 * become ids again. Nothing is stored but what is searched, filtered, counted or ordered by: texts
 * come from the storage.
 */
final class NodeDocument {
  /** The end of a version that holds still. */
  static final long NOW = Long.MAX_VALUE;

  private static final FieldType NAMED = namedWords();
  private static final FieldType WORDS = words();
  private static final int MONTH_LENGTH = 3;
  private static final int MAX_VALUE = 8_000;

  private NodeDocument() {}

  private static FieldType namedWords() {
    var type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.setOmitNorms(true);
    type.freeze();
    return type;
  }

  private static FieldType words() {
    var type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }

  /**
   * A document.
   *
   * @param from the commit that made this version
   * @param vector all zero if the node has nothing to go by
   */
  static Document of(GraphRef graph, Node node, long from, float[] vector) {
    var document = new Document();
    addKeys(document, graph, node, from);
    addTexts(document, node);
    addFilters(document, node);
    if (!isZero(vector)) {
      document.add(
          new KnnFloatVectorField(Fields.VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
    }
    return document;
  }

  private static void addKeys(Document document, GraphRef graph, Node node, long from) {
    document.add(new StringField(Fields.SCOPE, scope(graph), Field.Store.NO));
    document.add(new SortedDocValuesField(Fields.GRAPH, new BytesRef(graph.id().toString())));
    document.add(new StringField(Fields.NODE, node(graph.id(), node.id()), Field.Store.NO));
    document.add(
        new StringField(Fields.VERSION, version(graph.id(), node.id(), from), Field.Store.NO));
    UUID id = node.id().value();
    document.add(new NumericDocValuesField(Fields.ID_HIGH, high(id)));
    document.add(new NumericDocValuesField(Fields.ID_LOW, low(id)));
    document.add(new NumericDocValuesField(Fields.FROM, from));
    document.add(new NumericDocValuesField(Fields.TO, NOW));
    document.add(new NumericDocValuesField(Fields.HASH, hash(node)));
  }

  private static void addTexts(Document document, Node node) {
    addText(document, Fields.TITLE, node.title());
    document.add(new NumericDocValuesField(Fields.TITLE_LENGTH, node.title().length()));
    addText(document, Fields.BODY, node.body());
    node.tags().names().forEach(tag -> addText(document, Fields.TAG_WORDS, tag));
    node.labels().names().forEach(label -> addText(document, Fields.LABEL_WORDS, label));
    node.key().ifPresent(key -> addNamed(document, "key", key.value()));
    node.properties()
        .values()
        .forEach(
            (name, value) -> {
              for (String text : NodeTexts.of(value)) {
                addText(document, Fields.PROPERTY_WORDS, text);
                addNamed(document, name, text);
              }
            });
  }

  private static void addText(Document document, String field, String text) {
    if (!text.isEmpty()) {
      String composed = WordScanner.composed(text);
      document.add(new TextField(field, composed, Field.Store.NO));
      for (int i = 0; i < FieldWeights.STANDARD.times(field); i++) {
        document.add(new Field(Fields.WORDS, composed, WORDS));
      }
    }
  }

  private static void addNamed(Document document, String name, String text) {
    document.add(new Field(Fields.NAMED_WORDS, new NamedWords(name, text), NAMED));
  }

  private static void addFilters(Document document, Node node) {
    node.labels().names().forEach(label -> addValue(document, Fields.LABEL, label));
    node.tags().names().forEach(tag -> addValue(document, Fields.TAG, Tags.fold(tag)));
    addValue(document, Fields.STATUS, node.status().name());
    for (Categorization member : node.categories()) {
      addValue(document, Fields.CATEGORY, member.category().toString());
    }
    String day = LocalDate.ofInstant(node.created(), ZoneOffset.UTC).toString();
    document.add(new SortedSetDocValuesField(Fields.DAY, new BytesRef(day)));
    document.add(new LongPoint(Fields.CREATED, micros(node.created())));
    document.add(new LongPoint(Fields.UPDATED, micros(node.updated())));
  }

  private static void addValue(Document document, String field, String value) {
    var bytes = value(value);
    document.add(new StringField(field, bytes, Field.Store.NO));
    document.add(new SortedSetDocValuesField(field, bytes));
  }

  /** A whole value as a term, which must not be longer than Lucene allows. */
  static BytesRef value(String value) {
    return new BytesRef(value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE));
  }

  /** Owner and graph, which nothing else can be: the length of a graph's id is always the same. */
  static BytesRef scope(GraphRef graph) {
    return new BytesRef(graph.id() + "/" + graph.owner().value());
  }

  static BytesRef node(GraphId graph, NodeId node) {
    return new BytesRef(put(ByteBuffer.allocate(32), graph, node).array());
  }

  static BytesRef version(GraphId graph, NodeId node, long from) {
    return new BytesRef(put(ByteBuffer.allocate(40), graph, node).putLong(from).array());
  }

  private static ByteBuffer put(ByteBuffer bytes, GraphId graph, NodeId node) {
    return bytes
        .putLong(graph.value().getMostSignificantBits())
        .putLong(graph.value().getLeastSignificantBits())
        .putLong(node.value().getMostSignificantBits())
        .putLong(node.value().getLeastSignificantBits());
  }

  /** Ids are ordered as unsigned numbers, Lucene's as signed ones. */
  static long high(UUID id) {
    return id.getMostSignificantBits() ^ Long.MIN_VALUE;
  }

  static long low(UUID id) {
    return id.getLeastSignificantBits() ^ Long.MIN_VALUE;
  }

  static NodeId id(long high, long low) {
    return NodeId.of(new UUID(high ^ Long.MIN_VALUE, low ^ Long.MIN_VALUE));
  }

  /** The month of a day, or with two steps the year. */
  static String broader(String day, int steps) {
    return day.substring(0, day.length() - MONTH_LENGTH * steps);
  }

  /** Microseconds; what lies beyond them is at the end. */
  static long micros(Instant time) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static boolean isZero(float[] vector) {
    for (float component : vector) {
      if (component != 0) {
        return false;
      }
    }
    return true;
  }

  /** A hash of all that a document is made of. */
  static long hash(Node node) {
    var hash = new Hash();
    hash.add(node.id().toString()).add(node.version());
    hash.add(node.title()).add(node.body());
    node.labels().names().forEach(hash::add);
    hash.add(0);
    node.tags().names().forEach(hash::add);
    hash.add(node.status().name());
    node.key().ifPresent(key -> hash.add(key.value()));
    node.properties()
        .values()
        .forEach((name, value) -> NodeTexts.of(value).forEach(text -> hash.add(name).add(text)));
    node.categories().forEach(member -> hash.add(member.category().toString()));
    hash.add(micros(node.created())).add(micros(node.updated()));
    return hash.value();
  }

  /** FNV-1a over characters. */
  private static final class Hash {
    private long hash = 0xcbf29ce484222325L;

    Hash add(String text) {
      for (int i = 0; i < text.length(); i++) {
        mix(text.charAt(i));
      }
      return add(text.length());
    }

    Hash add(long number) {
      mix(number);
      mix(number >>> 32);
      return this;
    }

    private void mix(long value) {
      hash = (hash ^ value) * 0x100000001b3L;
    }

    long value() {
      return hash ^ (hash >>> 32);
    }
  }
}
