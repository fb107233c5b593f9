package dev.knowledgegraph.search.lucene;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.tck.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of vectors change how long a search for the nearest takes, and nothing else. */
class NearestQueryTest {
  private static final int ROOM = 1 << 20;
  private static final int MOST = 50;
  private static final int QUERIES = 10;
  private static final Query ALL = MatchAllDocsQuery.INSTANCE;

  private final Semaphore room = new Semaphore(ROOM);
  private final VectorCopies copies = new VectorCopies(room);
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final List<float[]> vectors = new ArrayList<>();
  private final List<DirectoryReader> opened = new ArrayList<>();
  private DirectoryReader reader;
  private IndexSearcher searcher;

  NearestQueryTest() throws IOException {
    writer().close();
    reader = DirectoryReader.open(directory);
    opened.add(reader);
    searcher = new IndexSearcher(reader);
  }

  private IndexWriter writer() throws IOException {
    return new IndexWriter(
        directory,
        new IndexWriterConfig()
            .setCodec(VectorFormat.codec())
            .setMergePolicy(NoMergePolicy.INSTANCE));
  }

  /** A segment of documents; every seventh has no vector, each is in one of eight groups. */
  private void add(IndexWriter writer, Supplier<float[]> drawn, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      var document = new Document();
      document.add(new StringField("number", "" + vectors.size(), Field.Store.YES));
      document.add(new StringField("group", "" + vectors.size() % 8, Field.Store.NO));
      if (vectors.size() % 7 == 0) {
        vectors.add(new float[0]);
      } else {
        float[] vector = drawn.get();
        vectors.add(vector);
        document.add(
            new KnnFloatVectorField(Fields.VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
      }
      writer.addDocument(document);
    }
    writer.commit();
  }

  private void open() throws IOException {
    reader = requireNonNull(DirectoryReader.openIfChanged(reader));
    opened.add(reader);
    searcher = new IndexSearcher(reader, ForkJoinPool.commonPool());
  }

  @AfterEach
  void close() throws IOException {
    IOUtils.close(opened);
    directory.close();
  }

  private ScoreDoc[] byVectors(float[] wanted, int most, Query filter) throws IOException {
    return searcher.search(new KnnFloatVectorQuery(Fields.VECTOR, wanted, most, filter), most)
        .scoreDocs;
  }

  private ScoreDoc[] byCopies(float[] wanted, int most, Query filter) throws IOException {
    return searcher.search(new NearestQuery(wanted, most, filter, copies, () -> false), most)
        .scoreDocs;
  }

  private void copyAll(float[] wanted) throws IOException {
    for (int i = 0; i <= VectorCopy.LOOKS_BEFORE; i++) {
      byCopies(wanted, MOST, ALL);
    }
    assertThat(room.availablePermits()).as("what is left when all is copied").isLessThan(ROOM);
  }

  private void assertSame(float[] wanted, int most, Query filter) throws IOException {
    ScoreDoc[] expected = byVectors(wanted, most, filter);
    assertThat(byCopies(wanted, most, filter))
        .usingElementComparator(
            Comparator.<ScoreDoc>comparingInt(each -> each.doc)
                .thenComparingDouble(each -> each.score))
        .containsExactly(expected);
  }

  private List<Integer> numbers(ScoreDoc[] found) throws IOException {
    var numbers = new ArrayList<Integer>();
    for (ScoreDoc each : found) {
      numbers.add(Integer.parseInt(searcher.storedFields().document(each.doc).get("number")));
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "4000,200,anywhere",
    "4000,200,sparse",
    "5000,64,clustered",
    "13000,32,anywhere",
    "9000,128,clustered",
    "6000,512,sparse",
    "4000,1000,clustered"
  })
  void the_nearest_are_those_of_brute_force_and_of_the_vectors_themselves(
      int count, int dimension, String way) throws IOException {
    long seed = Seeds.seed("%d %s vectors with %d components".formatted(count, way, dimension));
    var drawn = new SomeVectors(new Random(seed), dimension);
    try (var writer = writer()) {
      add(writer, () -> drawn.drawn(way), count * 4 / 5);
      add(writer, () -> drawn.drawn(way), count / 5);
    }
    open();
    copyAll(drawn.anywhere());
    for (int i = 0; i < QUERIES; i++) {
      float[] wanted = i % 2 == 0 ? drawn.drawn(way) : drawn.anywhere();
      assertSame(wanted, MOST, ALL);
      assertRecall(wanted);
    }
  }

  /** Who is as near as the last one to what floats can tell may be missing. */
  private void assertRecall(float[] wanted) throws IOException {
    List<Integer> found = numbers(byCopies(wanted, MOST, ALL));
    double[] products =
        vectors.stream()
            .mapToDouble(each -> each.length == 0 ? -2 : SomeVectors.product(each, wanted))
            .toArray();
    List<Integer> nearest =
        IntStream.range(0, products.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -products[i]))
            .limit(MOST)
            .toList();
    double last = products[nearest.getLast()];
    assertThat(found).hasSize(MOST).doesNotHaveDuplicates();
    assertThat(found)
        .containsAll(nearest.stream().filter(each -> products[each] > last + 1e-5).toList());
    assertThat(found).allMatch(each -> products[each] > last - 1e-5);
  }

  @Nested
  class OfSomeThousand {
    private static final int COUNT = 6_000;
    private final long seed = Seeds.seed("nearest by copies");
    private final SomeVectors drawn = new SomeVectors(new Random(seed), 48);

    private void index() throws IOException {
      try (var writer = writer()) {
        add(writer, drawn::clustered, COUNT);
      }
      open();
    }

    /** One group of eight is too few for a copy to pay, seven are enough. */
    @Test
    void only_documents_that_a_filter_accepts_are_found() throws IOException {
      index();
      copyAll(drawn.anywhere());
      for (int i = 0; i < QUERIES; i++) {
        float[] wanted = drawn.clustered();
        int group = i % 8;
        var only = new TermQuery(new Term("group", "" + group));
        var others =
            new BooleanQuery.Builder()
                .add(ALL, BooleanClause.Occur.FILTER)
                .add(only, BooleanClause.Occur.MUST_NOT)
                .build();
        assertSame(wanted, MOST, only);
        assertSame(wanted, MOST, others);
        assertThat(numbers(byCopies(wanted, MOST, only)))
            .hasSize(MOST)
            .allMatch(number -> number % 8 == group);
        assertThat(numbers(byCopies(wanted, MOST, others)))
            .hasSize(MOST)
            .noneMatch(number -> number % 8 == group);
      }
    }

    @Test
    void what_is_deleted_after_it_was_copied_is_not_found() throws IOException {
      index();
      float[] wanted = drawn.clustered();
      copyAll(wanted);
      List<Integer> before = numbers(byCopies(wanted, MOST, ALL));
      int left = room.availablePermits();
      try (var writer = writer()) {
        for (int number : before.subList(0, 20)) {
          writer.deleteDocuments(new Term("number", "" + number));
        }
      }
      DirectoryReader old = reader;
      open();
      List<Integer> after = numbers(byCopies(wanted, MOST, ALL));
      assertThat(after).hasSize(MOST).startsWith(before.subList(20, MOST).toArray(Integer[]::new));
      assertThat(after).doesNotContainAnyElementsOf(before.subList(0, 20));
      assertSame(wanted, MOST, ALL);
      assertThat(room.availablePermits()).as("the copy is still the same").isEqualTo(left);
      old.close();
      assertThat(room.availablePermits()).as("the segment lives on").isEqualTo(left);
    }

    @Test
    void all_may_be_wanted() throws IOException {
      index();
      copyAll(drawn.anywhere());
      int all = COUNT - (COUNT + 6) / 7;
      assertThat(byCopies(drawn.anywhere(), all, ALL)).hasSize(all);
      assertSame(drawn.anywhere(), all - 1, ALL);
      assertSame(drawn.anywhere(), all, ALL);
      assertSame(drawn.anywhere(), 2 * all, ALL);
      assertSame(drawn.anywhere(), 1, ALL);
    }

    @Test
    void vectors_that_are_all_alike_are_found_as_without_a_copy() throws IOException {
      float[] one = drawn.anywhere();
      try (var writer = writer()) {
        add(writer, () -> one, COUNT);
      }
      open();
      copyAll(one);
      assertSame(one, MOST, ALL);
      assertSame(drawn.anywhere(), MOST, ALL);
    }

    @Test
    void a_copy_goes_when_its_segment_does() throws IOException {
      index();
      copyAll(drawn.anywhere());
      assertThat(copies.count()).isEqualTo(1);
      DirectoryReader old = reader;
      try (var writer = writer()) {
        add(writer, drawn::clustered, COUNT);
        writer.getConfig().setMergePolicy(new TieredMergePolicy());
        writer.forceMerge(1);
      }
      open();
      copyAll(drawn.anywhere());
      assertThat(copies.count()).isEqualTo(2);
      old.close();
      assertThat(copies.count()).isEqualTo(1);
      reader.close();
      assertThat(copies.count()).isZero();
      assertThat(room.availablePermits()).isEqualTo(ROOM);
    }

    @Test
    void without_room_the_vectors_themselves_are_looked_through() throws IOException {
      index();
      room.drainPermits();
      float[] wanted = drawn.anywhere();
      for (int i = 0; i < 2 * VectorCopy.LOOKS_BEFORE; i++) {
        assertSame(wanted, MOST, ALL);
      }
      room.release(ROOM);
      copyAll(wanted);
      assertSame(wanted, MOST, ALL);
    }

    @Test
    void who_asks_seldom_copies_nothing() throws IOException {
      index();
      for (int i = 0; i < VectorCopy.LOOKS_BEFORE; i++) {
        byCopies(drawn.anywhere(), MOST, ALL);
      }
      assertThat(room.availablePermits()).isEqualTo(ROOM);
    }

    @Test
    void a_search_can_be_stopped_before_it_has_copied_and_after() throws IOException {
      index();
      float[] wanted = drawn.anywhere();
      searcher.setTimeout(() -> true);
      var stopped = new NearestQuery(wanted, MOST, ALL, copies, () -> true);
      for (int i = 0; i < 2 * VectorCopy.LOOKS_BEFORE; i++) {
        assertThat(searcher.search(stopped, MOST).scoreDocs).isEmpty();
      }
      searcher.setTimeout(null);
      copyAll(wanted);
      assertSame(wanted, MOST, ALL);
      searcher.setTimeout(() -> true);
      assertThat(searcher.search(stopped, MOST).scoreDocs).isEmpty();
    }
  }

  /** Lucene's own codec makes a graph of so few. */
  @Test
  void vectors_with_a_graph_are_not_copied() throws IOException {
    var drawn = new SomeVectors(new Random(6), 64);
    try (var writer = new IndexWriter(directory, new IndexWriterConfig())) {
      add(writer, drawn::anywhere, 2 * VectorCopies.FEWEST);
    }
    open();
    for (int i = 0; i < 2 * VectorCopy.LOOKS_BEFORE; i++) {
      assertSame(drawn.anywhere(), MOST, ALL);
    }
    assertThat(copies.count()).isZero();
  }

  @Test
  void few_vectors_are_not_copied() throws IOException {
    var drawn = new SomeVectors(new Random(5), 16);
    try (var writer = writer()) {
      add(writer, drawn::anywhere, VectorCopies.FEWEST);
    }
    open();
    for (int i = 0; i < 2 * VectorCopy.LOOKS_BEFORE; i++) {
      assertSame(drawn.anywhere(), MOST, ALL);
    }
    assertThat(copies.count()).isZero();
  }

  @Test
  void a_large_segment_is_copied_by_several_questions() throws IOException {
    float[] one = new float[4_096];
    Arrays.fill(one, 1 / 64f);
    int size = 2 * CopiedBlock.MOST + 5;
    var values = FloatVectorValues.fromFloats(Collections.nCopies(size, one), 4_096);
    var copy = new VectorCopy(size, new Semaphore(ROOM));
    for (int i = 0; i < VectorCopy.LOOKS_BEFORE; i++) {
      assertThat(copy.blocks(values, () -> false)).isNull();
    }
    assertThat(copy.blocks(values, () -> true)).as("stopped at once").isNull();
    assertThat(copy.blocks(values, () -> false)).as("one of three parts").isNull();
    assertThat(copy.blocks(values, () -> false)).as("two of three parts").isNull();
    assertThat(copy.blocks(values, () -> false)).isNotNull().hasSize(3);
    assertThat(copy.blocks(values, () -> true)).as("kept").isNotNull();
  }
}
