package dev.knowledgegraph.memory;

import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.query.SearchMode;
import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.query.Views.FacetCount;
import dev.knowledgegraph.query.Views.Hit;
import dev.knowledgegraph.query.Views.Mark;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.query.Views.Snippet;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import dev.knowledgegraph.search.FoundNode;
import dev.knowledgegraph.search.NodeTexts;
import dev.knowledgegraph.search.RankFusion;
import dev.knowledgegraph.search.RankFusion.Ranked;
import dev.knowledgegraph.search.RankFusion.Scored;
import dev.knowledgegraph.search.SearchCursor;
import dev.knowledgegraph.search.SearchExpression;
import dev.knowledgegraph.search.SearchExpression.Clause;
import dev.knowledgegraph.search.SearchExpression.Compound;
import dev.knowledgegraph.search.SearchExpression.Fuzzy;
import dev.knowledgegraph.search.SearchExpression.Group;
import dev.knowledgegraph.search.SearchExpression.Occur;
import dev.knowledgegraph.search.SearchExpression.Phrase;
import dev.knowledgegraph.search.SearchExpression.Prefix;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.search.SearchQuestion.ByText;
import dev.knowledgegraph.search.SearchQuestion.Grouping;
import dev.knowledgegraph.search.SearchQuestion.Like;
import dev.knowledgegraph.search.SearchQuestion.Scope;
import dev.knowledgegraph.search.Spread;
import dev.knowledgegraph.search.Terms;
import dev.knowledgegraph.search.WordScanner;
import dev.knowledgegraph.search.Words;
import dev.knowledgegraph.search.Words.Word;
import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.spi.Storage;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every node for every question: nothing is kept, so nothing can be behind. The reference
 * for what a search finds; its scores by text are simpler than BM25.
 */
public final class InMemorySearchIndex implements SearchIndex {
  private static final int SNIPPET = 160;
  private static final int TELLING_WORDS = 25;
  private static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::node);

  private final Storage storage;
  private final Embedder embedder;
  private volatile boolean closed;

  /** An index of the graphs of a storage. */
  public InMemorySearchIndex(Storage storage, Embedder embedder) {
    this.storage = storage;
    this.embedder = embedder;
  }

  @Override
  public long position(GraphRef graph) {
    checkOpen();
    return storage.head(graph).sequence();
  }

  @Override
  public boolean awaitPosition(GraphRef graph, long sequence, Duration timeout) {
    return position(graph) >= sequence;
  }

  @Override
  public void follow(GraphRef graph) {
    checkOpen();
  }

  @Override
  public SearchResult search(SearchQuestion question) {
    checkOpen();
    var after = question.page().after();
    var cursor = after == null ? null : SearchCursor.parse(after);
    return cursor == null
        ? answer(question.upTo(graph -> storage.head(graph).sequence()), null)
        : answer(question.goingOn(cursor), cursor);
  }

  private SearchResult answer(SearchQuestion question, @Nullable SearchCursor cursor) {
    Map<FoundNode, Node> nodes = candidates(question);
    List<Ranked> ranked = ranked(question, nodes.values());
    List<Ranked> rest =
        ranked.stream().filter(each -> cursor == null || isAfter(each, cursor)).toList();
    List<Ranked> page = rest.subList(0, Math.min(question.page().size(), rest.size()));
    var expression = expression(question, nodes.values());
    boolean isWhole = question.mode() != SearchMode.HYBRID;
    return new SearchResult(
        question.wanted().text(),
        question.mode(),
        isWhole ? ranked.size() : matching(question, nodes.values()).size(),
        0,
        page.stream().map(each -> hit(each, nodes, expression, question)).toList(),
        facets(question),
        didYouMean(question, nodes.values()),
        List.of(),
        page.size() < rest.size()
            ? cursor(question, (cursor == null ? 0 : cursor.rank()) + page.size(), page.getLast())
            : null);
  }

  private static String cursor(SearchQuestion question, int rank, Ranked last) {
    return new SearchCursor(question.moments(), 0, rank, last.score(), last.node()).text();
  }

  private static boolean isAfter(Ranked each, SearchCursor cursor) {
    int order = Double.compare(cursor.score(), each.score());
    return order > 0 || (order == 0 && each.node().compareTo(cursor.node()) > 0);
  }

  /** The nodes that the filter lets pass. */
  private Map<FoundNode, Node> candidates(SearchQuestion question) {
    var nodes = new LinkedHashMap<FoundNode, Node>();
    for (Scope scope : question.scopes()) {
      Set<NodeId> among = scope.among();
      storage.forEachNode(
          scope.graph(),
          scope.at(),
          node -> {
            var found = FoundNode.of(node);
            boolean isItself =
                question.wanted() instanceof Like like && FoundNode.of(like.node()).equals(found);
            if (!isItself
                && question.filter().matches(node)
                && (among == null || among.contains(node.id()))) {
              nodes.put(found, node);
            }
          });
    }
    return nodes;
  }

  private List<Ranked> ranked(SearchQuestion question, Collection<Node> nodes) {
    return switch (question.mode()) {
      case TEXT -> RankFusion.single(byText(question, nodes), true, 0);
      case VECTOR -> RankFusion.single(byVector(question, nodes), false, 0);
      case HYBRID ->
          RankFusion.fuse(
              byText(question, nodes).stream().limit(SearchMode.FUSED).toList(),
              byVector(question, nodes),
              question.weights());
    };
  }

  private Set<FoundNode> matching(SearchQuestion question, Collection<Node> nodes) {
    Stream<Scored> text =
        question.mode() == SearchMode.VECTOR ? Stream.of() : byText(question, nodes).stream();
    Stream<Scored> vector =
        question.mode() == SearchMode.TEXT ? Stream.of() : byVector(question, nodes).stream();
    return Stream.concat(text, vector)
        .map(Scored::node)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<Scored> byText(SearchQuestion question, Collection<Node> nodes) {
    var expression = expression(question, nodes);
    var found = new ArrayList<Scored>();
    for (Node node : nodes) {
      var matcher = new TextMatcher(node, question.weights());
      if (matcher.matches(expression)) {
        found.add(new Scored(FoundNode.of(node), matcher.score(expression)));
      }
    }
    found.sort(BEST_FIRST);
    return found;
  }

  private static SearchExpression expression(SearchQuestion question, Collection<Node> nodes) {
    return switch (question.wanted()) {
      case ByText byText -> byText.expression();
      case Like like -> telling(like.node(), nodes);
    };
  }

  /** The words of a node that few others have. */
  private static SearchExpression telling(Node node, Collection<Node> nodes) {
    var spread = new HashMap<String, Integer>();
    for (Node other : nodes) {
      distinct(other).forEach(word -> spread.merge(word, 1, Integer::sum));
    }
    return new Group(
        distinct(node).stream()
            .sorted(Comparator.comparing((String word) -> spread.getOrDefault(word, 0)))
            .limit(TELLING_WORDS)
            .map(word -> new Clause(Occur.SHOULD, new Phrase("", word)))
            .toList());
  }

  private static Set<String> distinct(Node node) {
    return Words.of(NodeTexts.forEmbedding(node)).stream()
        .map(Word::term)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<Scored> byVector(SearchQuestion question, Collection<Node> nodes) {
    float[] wanted =
        switch (question.wanted()) {
          case ByText byText -> embedder.embedQuery(byText.text());
          case Like like -> vectors(List.of(like.node())).getFirst();
        };
    var found = new ArrayList<Scored>();
    var all = List.copyOf(nodes);
    var vectors = vectors(all);
    for (int i = 0; i < all.size(); i++) {
      if (dot(vectors.get(i), vectors.get(i)) > 0 && dot(wanted, wanted) > 0) {
        found.add(new Scored(FoundNode.of(all.get(i)), dot(wanted, vectors.get(i))));
      }
    }
    found.sort(BEST_FIRST);
    return found.subList(0, Math.min(SearchMode.NEAREST, found.size()));
  }

  private List<float[]> vectors(List<Node> nodes) {
    return embedder.embedDocuments(nodes.stream().map(NodeTexts::forEmbedding).toList());
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static Hit hit(
      Ranked ranked,
      Map<FoundNode, Node> nodes,
      SearchExpression expression,
      SearchQuestion question) {
    Node node = Objects.requireNonNull(nodes.get(ranked.node()));
    return new Hit(
        node,
        ranked.score(),
        ranked.text(),
        ranked.vector(),
        snippet(node, expression),
        question.explain() ? "looked at every node; " + ranked : null);
  }

  /** The body from its first wanted word on, else the title. */
  private static Snippet snippet(Node node, SearchExpression expression) {
    var wanted = new LinkedHashSet<String>();
    collect(expression, wanted);
    String text = WordScanner.composed(node.body());
    List<Word> found = found(text, wanted);
    if (found.isEmpty() && !found(node.title(), wanted).isEmpty()) {
      text = WordScanner.composed(node.title());
      found = found(text, wanted);
    }
    boolean isLate = !found.isEmpty() && found.getFirst().end() > SNIPPET;
    int start = isLate ? found.getFirst().start() : 0;
    int end = Math.min(text.length(), start + SNIPPET);
    var marks = new ArrayList<Mark>();
    int done = start;
    for (Word word : found) {
      if (word.end() <= end && word.start() >= done) {
        marks.add(new Mark(word.start() - start, word.end() - start));
        done = word.end();
      }
    }
    return new Snippet(text.substring(start, end), marks);
  }

  private static List<Word> found(String text, Set<String> wanted) {
    return Words.of(text).stream().filter(word -> wanted.contains(word.term())).toList();
  }

  private static void collect(SearchExpression expression, Set<String> words) {
    switch (expression) {
      case SearchExpression.Everything e -> {}
      case Phrase phrase -> words.addAll(Words.ofQuery(phrase.text()));
      case Compound compound -> words.addAll(Words.ofQuery(compound.text()));
      case Prefix prefix -> words.addAll(Words.ofQuery(prefix.text()));
      case Fuzzy fuzzy -> words.addAll(Words.ofQuery(fuzzy.text()));
      case Group group ->
          group.clauses().stream()
              .filter(clause -> clause.occur() != Occur.MUST_NOT)
              .forEach(clause -> collect(clause.expression(), words));
    }
  }

  private Map<Facet, List<FacetCount>> facets(SearchQuestion question) {
    var facets = new EnumMap<Facet, List<FacetCount>>(Facet.class);
    for (Facet facet : question.facets()) {
      var sideways = question.sideways(facet);
      var nodes = candidates(sideways);
      var counts = new TreeMap<String, Long>(NodeSort.byCodePoint());
      for (FoundNode id : matching(sideways, nodes.values())) {
        values(facet, Objects.requireNonNull(nodes.get(id)), question.grouping())
            .forEach(value -> counts.merge(value, 1L, Long::sum));
      }
      facets.put(
          facet,
          counts.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .map(each -> new FacetCount(each.getKey(), each.getKey(), each.getValue()))
              .toList());
    }
    return facets;
  }

  private static List<String> values(Facet facet, Node node, @Nullable Grouping grouping) {
    LocalDate day = LocalDate.ofInstant(node.created(), ZoneOffset.UTC);
    return switch (facet) {
      case LABEL -> node.labels().names();
      case TAG -> node.tags().names().stream().map(Tags::fold).toList();
      case STATUS -> List.of(node.status().name());
      case CATEGORY ->
          node.categories().stream().map(member -> member.category().toString()).toList();
      case COMMUNITY ->
          grouping == null
              ? List.of()
              : Stream.ofNullable(grouping.groups().get(node.id())).toList();
      case GRAPH -> List.of(node.graph().toString());
      case DAY -> List.of(day.toString());
      case MONTH -> List.of(day.toString().substring(0, day.toString().length() - 3));
      case YEAR -> List.of(day.toString().substring(0, day.toString().length() - 6));
    };
  }

  /** The query with the nearest known word for each single word that no node has. */
  private static @Nullable String didYouMean(SearchQuestion question, Collection<Node> nodes) {
    var known = new TreeMap<String, Integer>();
    nodes.forEach(node -> distinct(node).forEach(word -> known.merge(word, 1, Integer::sum)));
    String text = question.wanted().text();
    for (String word : Words.ofQuery(text)) {
      if (!known.containsKey(word)) {
        var nearest =
            known.keySet().stream()
                .filter(each -> TextMatcher.isLike(each, word, word.length() <= 5 ? 1 : 2))
                .min(Comparator.comparingInt(each -> TextMatcher.distance(each, word)));
        if (nearest.isPresent() && text.contains(word)) {
          text = text.replace(word, nearest.get());
        }
      }
    }
    return text.equals(question.wanted().text()) ? null : text;
  }

  @Override
  public List<TitleSuggestion> suggest(GraphRef graph, String text, int limit) {
    checkOpen();
    List<String> terms = Words.ofQuery(text);
    if (terms.isEmpty()) {
      return List.of();
    }
    var clauses = new ArrayList<Clause>();
    for (String term : terms.subList(0, terms.size() - 1)) {
      clauses.add(new Clause(Occur.MUST, new Phrase("title", term)));
    }
    clauses.add(new Clause(Occur.MUST, new Prefix("title", terms.getLast())));
    var wanted = new Group(clauses);
    var found = new ArrayList<TitleSuggestion>();
    storage.forEachNode(
        graph,
        storage.head(graph).sequence(),
        node -> {
          if (new TextMatcher(node, SearchWeights.standard()).matches(wanted)) {
            found.add(new TitleSuggestion(node.id(), node.title()));
          }
        });
    found.sort(
        Comparator.comparingInt((TitleSuggestion each) -> each.title().length())
            .thenComparing(TitleSuggestion::node));
    return found.subList(0, Math.min(limit, found.size()));
  }

  @Override
  public Map<String, Integer> terms(String text) {
    checkOpen();
    return Terms.of(text);
  }

  @Override
  public Spread spread(GraphRef graph, Collection<String> terms, Collection<String> tags) {
    checkOpen();
    var words = new HashMap<String, Long>();
    var tagged = new HashMap<String, Long>();
    terms.forEach(term -> words.put(term, 0L));
    tags.forEach(tag -> tagged.put(tag, 0L));
    long[] nodes = {0};
    storage.forEachNode(
        graph,
        storage.head(graph).sequence(),
        node -> {
          nodes[0]++;
          searched(node).forEach(word -> words.computeIfPresent(word, (w, n) -> n + 1));
          node.tags().names().stream()
              .map(Tags::fold)
              .forEach(tag -> tagged.computeIfPresent(tag, (t, n) -> n + 1));
        });
    return new Spread(nodes[0], words, tagged);
  }

  private static Set<String> searched(Node node) {
    return Stream.concat(
            NodeTexts.FIELDS.stream().flatMap(field -> NodeTexts.of(node, field).stream()),
            NodeTexts.ofProperties(node.properties()).stream())
        .flatMap(text -> Words.of(text).stream())
        .map(Word::term)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Alike> alike(GraphRef graph, Node node, int limit) {
    checkOpen();
    var question =
        SearchQuestion.everywhere(
            graph,
            storage.head(graph).sequence(),
            new Like(node),
            SearchMode.HYBRID,
            Page.Request.first());
    Map<FoundNode, Node> nodes = candidates(question);
    var best =
        Stream.concat(
                byText(question, nodes.values()).stream().limit(limit),
                byVector(question, nodes.values()).stream().limit(limit))
            .map(each -> Objects.requireNonNull(nodes.get(each.node())))
            .distinct()
            .toList();
    float[] wanted = vectors(List.of(node)).getFirst();
    List<float[]> vectors = vectors(best);
    var alike = new ArrayList<Alike>();
    for (int i = 0; i < best.size(); i++) {
      double lengths =
          Math.sqrt(dot(wanted, wanted)) * Math.sqrt(dot(vectors.get(i), vectors.get(i)));
      alike.add(
          new Alike(best.get(i).id(), lengths == 0 ? null : dot(wanted, vectors.get(i)) / lengths));
    }
    return alike;
  }

  @Override
  public void rebuild(Consumer<Progress> listener) {
    checkOpen();
    listener.accept(new Progress(0, 0));
  }

  @Override
  public List<Check> check() {
    checkOpen();
    return List.of(new Check("index", true, "none is kept"));
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the search index is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
