package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.search.NodeTexts;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
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
 * Makes versions of nodes documents. Nothing is stored but what is searched, filtered, counted or
 * ordered by: texts come from the storage. A text is split into words once, whatever fields they go
 * to. For one thread; a document is gone when the next is made.
 */
final class DocumentMaker {
  private static final FieldType NAMED = namedWords();
  private static final FieldType WORDS = words();
  private static final String KEY = "key";

  private static final SearchWeights WEIGHTS = SearchWeights.standard();

  private final Analysis.Reading reading;
  private final TermPool pool = new TermPool();
  private final Part title = new Part(Fields.TITLE, TextField.TYPE_NOT_STORED);
  private final Part body = new Part(Fields.BODY, TextField.TYPE_NOT_STORED);
  private final Part tags = new Part(Fields.TAG_WORDS, TextField.TYPE_NOT_STORED);
  private final Part labels = new Part(Fields.LABEL_WORDS, TextField.TYPE_NOT_STORED);
  private final Part properties = new Part(Fields.PROPERTY_WORDS, TextField.TYPE_NOT_STORED);
  private final Part named = new Part(Fields.NAMED_WORDS, NAMED);
  private final List<Part> parts = List.of(title, body, tags, labels, properties, named);
  private final FieldTerms everywhere = FieldTerms.counted(pool);
  private final Field words = new Field(Fields.WORDS, everywhere, WORDS);

  DocumentMaker(Analysis analysis) {
    this.reading = analysis.new Reading();
  }

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

  /** A field with terms at places. */
  private final class Part {
    private final FieldTerms terms = FieldTerms.placed(pool);
    private final Field field;
    private boolean isThere;
    private int gap;

    Part(String name, FieldType type) {
      this.field = new Field(name, terms, type);
    }

    void clear() {
      terms.clear();
      isThere = false;
      gap = 0;
    }

    /** Goes on with another text. */
    void next() {
      gap = isThere ? gap + Analysis.GAP : 0;
      isThere = true;
    }

    void add(int term, int increment) {
      terms.add(term, increment + gap, 1);
      gap = 0;
    }
  }

  /**
   * A document.
   *
   * @param from the commit that made this version
   * @param first whether the node had no version before
   * @param vector all zero if the node has nothing to go by
   */
  Document of(GraphRef graph, Node node, long from, boolean first, float[] vector)
      throws IOException {
    var document = new Document();
    addKeys(document, graph, node, from);
    if (!first) {
      document.add(
          new StringField(
              Fields.VERSION, NodeDocument.version(graph.id(), node.id(), from), Field.Store.NO));
    }
    addTexts(document, node);
    addFilters(document, node);
    if (!NodeDocument.isZero(vector)) {
      document.add(
          new KnnFloatVectorField(Fields.VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
    }
    return document;
  }

  private static void addKeys(Document document, GraphRef graph, Node node, long from) {
    document.add(new StringField(Fields.SCOPE, NodeDocument.scope(graph), Field.Store.NO));
    document.add(new SortedDocValuesField(Fields.GRAPH, new BytesRef(graph.id().toString())));
    document.add(
        new StringField(Fields.NODE, NodeDocument.node(graph.id(), node.id()), Field.Store.NO));
    UUID id = node.id().value();
    document.add(new NumericDocValuesField(Fields.ID_HIGH, NodeDocument.high(id)));
    document.add(new NumericDocValuesField(Fields.ID_LOW, NodeDocument.low(id)));
    document.add(new NumericDocValuesField(Fields.FROM, from));
    document.add(new NumericDocValuesField(Fields.TO, NodeDocument.NOW));
    document.add(new NumericDocValuesField(Fields.HASH, NodeDocument.hash(node)));
  }

  private void addTexts(Document document, Node node) throws IOException {
    pool.clear();
    parts.forEach(Part::clear);
    everywhere.clear();
    add(title, node.title(), WEIGHTS.title());
    document.add(new NumericDocValuesField(Fields.TITLE_LENGTH, node.title().length()));
    add(body, node.body(), WEIGHTS.body());
    for (String tag : node.tags().names()) {
      add(tags, tag, WEIGHTS.tags());
    }
    for (String label : node.labels().names()) {
      add(labels, label, WEIGHTS.labels());
    }
    node.key().ifPresent(key -> addNamed(KEY, key.value()));
    addProperties(node.properties());
    for (Part part : parts) {
      if (part.isThere) {
        document.add(part.field);
      }
    }
    document.add(words);
  }

  private void addProperties(Properties all) throws IOException {
    for (var property : all.values().entrySet()) {
      for (String text : NodeTexts.of(property.getValue())) {
        add(properties, text, WEIGHTS.properties());
        addNamed(property.getKey(), text);
      }
    }
  }

  private void add(Part part, String text, double weight) throws IOException {
    if (!text.isEmpty()) {
      int times = (int) Math.round(weight);
      part.next();
      reading.read(
          text,
          (term, increment) -> {
            int number = pool.add(term);
            part.add(number, increment);
            addEverywhere(number, increment, times);
          });
    }
  }

  /** A stem does not make the text longer, and is not counted into its length if it comes alone. */
  private void addEverywhere(int term, int increment, int times) {
    if (increment > 0) {
      everywhere.add(term, 1, times);
    } else {
      for (int i = 0; i < times; i++) {
        everywhere.add(term, 0, 1);
      }
    }
  }

  private void addNamed(String name, String text) {
    named.next();
    String before = NamedWords.named(name, "");
    reading.readWords(text, (term, increment) -> named.add(pool.add(before, term), increment));
  }

  private static void addFilters(Document document, Node node) {
    node.labels().names().forEach(label -> addValue(document, Fields.LABEL, label));
    node.tags().names().forEach(tag -> addValue(document, Fields.TAG, Tags.fold(tag)));
    addValue(document, Fields.STATUS, node.status().name());
    for (Categorization member : node.categories()) {
      addValue(document, Fields.CATEGORY, member.category().toString());
    }
    document.add(new SortedSetDocValuesField(Fields.DAY, new BytesRef(day(node.created()))));
    document.add(new LongPoint(Fields.CREATED, NodeDocument.micros(node.created())));
    document.add(new LongPoint(Fields.UPDATED, NodeDocument.micros(node.updated())));
  }

  private static String day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
  }

  private static void addValue(Document document, String field, String value) {
    var bytes = NodeDocument.value(value);
    document.add(new StringField(field, bytes, Field.Store.NO));
    document.add(new SortedSetDocValuesField(field, bytes));
  }
}
