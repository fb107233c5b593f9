package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.Views.FacetCount;
import dev.knowledgegraph.query.Views.Hit;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import dev.knowledgegraph.search.FoundNode;
import dev.knowledgegraph.search.NodeTexts;
import dev.knowledgegraph.search.RankFusion;
import dev.knowledgegraph.search.RankFusion.Ranked;
import dev.knowledgegraph.search.RankFusion.Scored;
import dev.knowledgegraph.search.SearchCursor;
import dev.knowledgegraph.search.SearchExpression.Clause;
import dev.knowledgegraph.search.SearchExpression.Everything;
import dev.knowledgegraph.search.SearchExpression.Group;
import dev.knowledgegraph.search.SearchExpression.Occur;
import dev.knowledgegraph.search.SearchExpression.Phrase;
import dev.knowledgegraph.search.SearchExpression.Prefix;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.search.SearchQuestion.ByText;
import dev.knowledgegraph.search.SearchQuestion.Like;
import dev.knowledgegraph.search.SearchQuestion.Scope;
import dev.knowledgegraph.search.Spread;
import dev.knowledgegraph.search.WordScanner;
import dev.knowledgegraph.search.Words;
import dev.knowledgegraph.spi.SearchIndex.Alike;
import dev.knowledgegraph.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.jspecify.annotations.Nullable;

/** Answers one question from one state of the index. For one thread. */
final class Answering {
  private static final Sort SHORTEST_FIRST =
      new Sort(
          new SortField(Fields.TITLE_LENGTH, SortField.Type.INT),
          new SortField(Fields.ID_HIGH, SortField.Type.LONG),
          new SortField(Fields.ID_LOW, SortField.Type.LONG));

  /** What matches is counted on the way to the best as far as this, else by itself. */
  private static final int COUNTED = 1_000;

  private static final int CALLS_PER_LOOK = 256;
  private static final int TELLING_WORDS = 25;
  private static final int MOST_CORRECTED = 8;
  private static final int LONGEST_CORRECTED = 300;

  private final Generation generation;
  private final Snapshot snapshot;
  private final Storage storage;
  private final LuceneSearchConfig config;
  private final Analysis analysis;

  private final Map<Narrowing, List<Scored>> nearest = new HashMap<>();

  /** Stops what takes longer than is allowed. */
  private final IndexSearcher limited;

  /** The same, with all processors. */
  private final IndexSearcher parallel;

  private final QueryTimeout timeout;
  private final Nearest vectors;

  Answering(Generation generation, Snapshot snapshot, Storage storage, LuceneSearchConfig config) {
    this.generation = generation;
    this.snapshot = snapshot;
    this.storage = storage;
    this.config = config;
    this.analysis = new Analysis(config.language());
    this.limited = new IndexSearcher(snapshot.getIndexReader());
    long end = System.nanoTime() + config.workLimit().toNanos();
    this.timeout = () -> System.nanoTime() - end > 0;
    limited.setTimeout(timeout);
    this.parallel = new IndexSearcher(snapshot.getIndexReader(), ForkJoinPool.commonPool());
    // Asked for every vector, where a look at the clock takes as long as a comparison.
    parallel.setTimeout(
        () -> ThreadLocalRandom.current().nextInt(CALLS_PER_LOOK) == 0 && timeout.shouldExit());
    this.vectors = new Nearest(generation.copies(), timeout);
  }

  /** What of a question differs when it is looked at sideways. */
  private record Narrowing(List<Scope> scopes, NodeFilter filter) {}

  /** A page of a ranking, and all that matches. */
  private record Found(
      List<Ranked> page, long total, boolean hasMore, Map<FoundNode, Integer> docs) {}

  SearchResult search(SearchQuestion question, @Nullable SearchCursor cursor) throws IOException {
    return cursor == null
        ? answer(question.upTo(this::come), null)
        : answer(question.goingOn(cursor), cursor);
  }

  /** The last commit of a graph in this state. */
  private long come(GraphRef graph) {
    return snapshot.data().checkpoint(graph).sequence();
  }

  private SearchResult answer(SearchQuestion question, @Nullable SearchCursor cursor)
      throws IOException {
    var translator = new QueryTranslator(analysis, snapshot, question.weights());
    limited.setSimilarity(translator.similarity());
    Query text = text(question, translator);
    Found found =
        question.mode() == SearchMode.TEXT
            ? byText(question, translator, text, cursor)
            : byVector(question, translator, text, cursor);
    var facets = facets(question, translator, text);
    checkLimit();
    Ranked last = found.page().isEmpty() ? null : found.page().getLast();
    int before = cursor == null ? 0 : cursor.rank();
    return new SearchResult(
        question.wanted().text(),
        question.mode(),
        found.total(),
        0,
        hits(question, translator, text, found),
        facets,
        didYouMean(question, translator),
        List.of(),
        last != null && found.hasMore()
            ? new SearchCursor(
                    question.moments(),
                    generation.keep(snapshot),
                    before + found.page().size(),
                    last.score(),
                    last.node())
                .text()
            : null);
  }

  private Query text(SearchQuestion question, QueryTranslator translator) {
    return switch (question.wanted()) {
      case ByText byText -> translator.text(byText.expression());
      case Like like ->
          translator.telling(List.of(NodeTexts.forEmbedding(like.node())), TELLING_WORDS);
    };
  }

  private Found byText(
      SearchQuestion question,
      QueryTranslator translator,
      Query text,
      @Nullable SearchCursor cursor)
      throws IOException {
    int size = question.page().size();
    var order = BestFirst.of(question);
    FieldDoc after = cursor == null ? null : order.after(cursor);
    Query within = translator.within(question, text);
    TopFieldDocs docs =
        limited.search(within, new TopFieldCollectorManager(order.sort(), size, after, COUNTED));
    long total = total(docs, within);
    checkLimit();
    int before = cursor == null ? 0 : cursor.rank();
    return new Found(
        RankFusion.single(order.scored(docs), true, before),
        total,
        before + docs.scoreDocs.length < total && docs.scoreDocs.length == size,
        order.numbers(docs));
  }

  private long total(TopFieldDocs best, Query query) throws IOException {
    return best.totalHits.relation() == TotalHits.Relation.EQUAL_TO
        ? best.totalHits.value()
        : limited.count(query);
  }

  /** The nearest alone, or fused with the best by text; all of them are ranked for every page. */
  private Found byVector(
      SearchQuestion question,
      QueryTranslator translator,
      Query text,
      @Nullable SearchCursor cursor)
      throws IOException {
    List<Scored> nearest = nearest(question, translator);
    List<Ranked> all;
    long total = nearest.size();
    Map<FoundNode, Integer> numbers = Map.of();
    if (question.mode() == SearchMode.VECTOR) {
      all = RankFusion.single(nearest, false, 0);
    } else {
      var order = BestFirst.of(question);
      TopFieldDocs best =
          limited.search(
              translator.within(question, text),
              new TopFieldCollectorManager(order.sort(), SearchMode.FUSED, null, COUNTED));
      numbers = order.numbers(best);
      all = RankFusion.fuse(order.scored(best), nearest, question.weights());
      total =
          best.totalHits.value() <= SearchMode.FUSED
              ? all.size()
              : limited.count(matching(question, translator, text));
    }
    checkLimit();
    List<Ranked> rest =
        cursor == null ? all : all.stream().filter(each -> isAfter(each, cursor)).toList();
    int size = Math.min(question.page().size(), rest.size());
    return new Found(rest.subList(0, size), total, size < rest.size(), numbers);
  }

  private static boolean isAfter(Ranked each, SearchCursor cursor) {
    int order = Double.compare(cursor.score(), each.score());
    return order > 0 || (order == 0 && each.node().compareTo(cursor.node()) > 0);
  }

  /** Looked for once, though a ranking, a total and facets may be about the same nodes. */
  private List<Scored> nearest(SearchQuestion question, QueryTranslator translator)
      throws IOException {
    var narrowing = new Narrowing(question.scopes(), question.filter());
    List<Scored> found = nearest.get(narrowing);
    if (found == null) {
      found =
          vectors.find(
              parallel,
              vector(question),
              translator.filter(question),
              BestFirst.of(question).only());
      checkLimit();
      nearest.put(narrowing, found);
    }
    return found;
  }

  private float[] vector(SearchQuestion question) {
    return switch (question.wanted()) {
      case ByText byText -> config.embedder().embedQuery(byText.text());
      case Like like ->
          config.embedder().embedDocuments(List.of(NodeTexts.forEmbedding(like.node()))).getFirst();
    };
  }

  /** Everything that matches, whether it is listed or not. */
  private Query matching(SearchQuestion question, QueryTranslator translator, Query text)
      throws IOException {
    Query wanted =
        switch (question.mode()) {
          case TEXT -> text;
          case VECTOR -> near(question, translator);
          case HYBRID ->
              new BooleanQuery.Builder()
                  .add(text, BooleanClause.Occur.SHOULD)
                  .add(near(question, translator), BooleanClause.Occur.SHOULD)
                  .build();
        };
    return translator.within(question, wanted);
  }

  private Query near(SearchQuestion question, QueryTranslator translator) throws IOException {
    List<FoundNode> nodes = nearest(question, translator).stream().map(Scored::node).toList();
    return nodes.isEmpty() ? MatchNoDocsQuery.INSTANCE : QueryTranslator.nodes(nodes);
  }

  private Map<Facet, List<FacetCount>> facets(
      SearchQuestion question, QueryTranslator translator, Query text) throws IOException {
    var facets = new EnumMap<Facet, List<FacetCount>>(Facet.class);
    Query all = question.facets().isEmpty() ? text : matching(question, translator, text);
    for (Facet facet : question.facets()) {
      var sideways = question.sideways(facet);
      Query counted = sideways.equals(question) ? all : matching(sideways, translator, text);
      facets.put(facet, Facets.count(limited, counted, facet, question.grouping()));
      checkLimit();
    }
    return facets;
  }

  private List<Hit> hits(
      SearchQuestion question, QueryTranslator translator, Query text, Found found)
      throws IOException {
    Map<FoundNode, Node> nodes = nodes(question, found.page());
    var highlights = new Highlights(analysis, text);
    var hits = new ArrayList<Hit>(nodes.size());
    for (Ranked ranked : found.page()) {
      Node node = nodes.get(ranked.node());
      if (node != null) {
        hits.add(
            new Hit(
                node,
                ranked.score(),
                ranked.text(),
                ranked.vector(),
                highlights.of(node),
                question.explain()
                    ? explanation(ranked, translator.within(question, text), found.docs())
                    : null));
      }
    }
    return hits;
  }

  /** The nodes of a page as they were then, each graph's with one read. */
  private Map<FoundNode, Node> nodes(SearchQuestion question, List<Ranked> page) {
    var nodes = new HashMap<FoundNode, Node>();
    for (Scope scope : question.scopes()) {
      GraphId graph = scope.graph().id();
      List<NodeId> ids =
          page.stream()
              .map(Ranked::node)
              .filter(each -> each.graph().equals(graph))
              .map(FoundNode::node)
              .toList();
      if (!ids.isEmpty()) {
        storage
            .nodes(scope.graph(), ids, scope.at())
            .forEach((id, node) -> nodes.put(new FoundNode(graph, id), node));
      }
    }
    return nodes;
  }

  private String explanation(Ranked ranked, Query query, Map<FoundNode, Integer> docs)
      throws IOException {
    var text = new StringBuilder();
    if (ranked.text() != null && ranked.vector() != null) {
      text.append(
          "%s = sum of weight ÷ (%d + rank), by text %d, by vector %d%n"
              .formatted(
                  ranked.score(), RankFusion.K, ranked.text().rank(), ranked.vector().rank()));
    }
    if (ranked.vector() != null) {
      text.append("%s = cosine of the vectors%n".formatted(ranked.vector().score()));
    }
    Integer doc = docs.get(ranked.node());
    if (ranked.text() != null && doc != null) {
      text.append(limited.explain(query, doc));
    }
    return text.toString().stripTrailing();
  }

  private @Nullable String didYouMean(SearchQuestion question, QueryTranslator translator)
      throws IOException {
    if (!(question.wanted() instanceof ByText byText)
        || byText.text().length() > LONGEST_CORRECTED
        || question.page().after() != null) {
      return null;
    }
    Query everything =
        new BooleanQuery.Builder()
            .add(translator.filter(question.unfiltered()), BooleanClause.Occur.FILTER)
            .build();
    var words = Words.of(byText.text());
    var corrected = new StringBuilder();
    String text = WordScanner.composed(byText.text());
    int done = 0;
    int looked = 0;
    for (var word : words) {
      boolean isPlain = isAlone(text, word.start(), word.end()) && looked++ < MOST_CORRECTED;
      var better = isPlain ? Expansions.like(snapshot, analyzed(word.term()), everything) : empty();
      if (better.isPresent()) {
        corrected.append(text, done, word.start()).append(better.get());
        done = word.end();
      }
    }
    return done == 0 ? null : corrected.append(text.substring(done)).toString();
  }

  private static Optional<String> empty() {
    return Optional.empty();
  }

  /** With a stemmer, a word that is there in another form is there. */
  private String analyzed(String word) {
    List<String> terms = analysis.ofQuery(word);
    return terms.size() == 1 ? terms.getFirst() : word;
  }

  /** Whether a word stands for itself: no operator, field, wildcard or part of a longer one. */
  private static boolean isAlone(String text, int start, int end) {
    boolean isOperator = Set.of("AND", "OR", "NOT").contains(text.substring(start, end));
    boolean before = start == 0 || Character.isWhitespace(text.charAt(start - 1));
    boolean after = end == text.length() || Character.isWhitespace(text.charAt(end));
    return before && after && !isOperator;
  }

  /** How many live nodes of a graph have each term, and each tag. */
  Spread spread(GraphRef graph, Collection<String> terms, Collection<String> tags)
      throws IOException {
    var question =
        SearchQuestion.everywhere(
            graph,
            come(graph),
            new ByText("", new Everything()),
            SearchMode.TEXT,
            Page.Request.first());
    var translator = new QueryTranslator(analysis, snapshot, question.weights());
    var words = new HashMap<String, Long>();
    for (String term : terms) {
      words.put(term, count(question, translator, new Term(Fields.WORDS, term)));
    }
    var tagged = new HashMap<String, Long>();
    for (String tag : tags) {
      tagged.put(tag, count(question, translator, new Term(Fields.TAG, NodeDocument.value(tag))));
    }
    long nodes = limited.count(translator.filter(question));
    checkLimit();
    return new Spread(nodes, words, tagged);
  }

  private long count(SearchQuestion question, QueryTranslator translator, Term term)
      throws IOException {
    return limited.count(translator.within(question, new TermQuery(term)));
  }

  /** Nodes that may be like a node, as they are now. */
  List<Alike> alike(GraphRef graph, Node node, int most) throws IOException {
    var question =
        SearchQuestion.everywhere(
            graph, come(graph), new Like(node), SearchMode.HYBRID, Page.Request.first());
    var translator = new QueryTranslator(analysis, snapshot, question.weights());
    limited.setSimilarity(translator.similarity());
    float[] wanted = keptVector(question, translator);
    var documents = new TreeSet<Integer>();
    for (ScoreDoc each :
        limited.search(
                translator.within(question, text(question, translator)),
                new TopFieldCollectorManager(BestFirst.of(question).sort(), most, null, 1))
            .scoreDocs) {
      documents.add(each.doc);
    }
    for (ScoreDoc each : vectors.documents(parallel, wanted, translator.filter(question), most)) {
      documents.add(each.doc);
    }
    checkLimit();
    return Nearest.cosines(
        snapshot.getIndexReader(), documents.stream().mapToInt(doc -> doc).toArray(), wanted);
  }

  /** The vector that the index has of a node, else a new one: to make one may cost a lot. */
  private float[] keptVector(SearchQuestion question, QueryTranslator translator)
      throws IOException {
    Node node = ((Like) question.wanted()).node();
    var itself =
        new SearchQuestion(
            List.of(question.own().withAmong(Set.of(node.id()))),
            new ByText("", new Everything()),
            question.mode(),
            question.filter(),
            null,
            Set.of(),
            question.weights(),
            false,
            question.page());
    ScoreDoc[] found = limited.search(translator.filter(itself), 1).scoreDocs;
    float[] kept =
        found.length == 0 ? null : Nearest.vector(snapshot.getIndexReader(), found[0].doc);
    return kept != null ? kept : vector(question);
  }

  List<TitleSuggestion> suggest(GraphRef graph, String text, int limit) throws IOException {
    List<String> words = Words.ofQuery(text);
    if (words.isEmpty()) {
      return List.of();
    }
    var clauses = new ArrayList<Clause>();
    for (String word : words.subList(0, words.size() - 1)) {
      clauses.add(new Clause(Occur.MUST, new Phrase(Fields.TITLE, word)));
    }
    clauses.add(new Clause(Occur.MUST, new Prefix(Fields.TITLE, words.getLast())));
    var wanted = new Group(clauses);
    var question =
        SearchQuestion.everywhere(
            graph, come(graph), new ByText(text, wanted), SearchMode.TEXT, Page.Request.first());
    var translator = new QueryTranslator(analysis, snapshot, question.weights());
    TopFieldDocs docs =
        limited.search(
            translator.within(question, translator.text(wanted)),
            new TopFieldCollectorManager(SHORTEST_FIRST, limit, null, 1));
    checkLimit();
    var ids = new ArrayList<NodeId>();
    for (ScoreDoc each : docs.scoreDocs) {
      Object[] fields = ((FieldDoc) each).fields;
      ids.add(NodeDocument.id((Long) fields[1], (Long) fields[2]));
    }
    Map<NodeId, Node> nodes = storage.nodes(graph, ids, question.own().at());
    var suggestions = new ArrayList<TitleSuggestion>();
    for (NodeId id : ids) {
      Node node = nodes.get(id);
      if (node != null) {
        suggestions.add(new TitleSuggestion(id, node.title()));
      }
    }
    return suggestions;
  }

  private void checkLimit() {
    // A search for the nearest that was stopped says so nowhere.
    if (limited.timedOut() || timeout.shouldExit()) {
      throw new RejectedException(
          new Rejection.RuleBroken(
              "SEARCH_TOO_COSTLY",
              "the search took longer than "
                  + config.workLimit().toMillis()
                  + " ms and was stopped; ask for fewer or rarer words"));
    }
  }
}
