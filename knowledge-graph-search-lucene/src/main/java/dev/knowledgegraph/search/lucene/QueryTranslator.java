package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.NodeStatus;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.search.FoundNode;
import dev.knowledgegraph.search.SearchExpression;
import dev.knowledgegraph.search.SearchExpression.Clause;
import dev.knowledgegraph.search.SearchExpression.Compound;
import dev.knowledgegraph.search.SearchExpression.Everything;
import dev.knowledgegraph.search.SearchExpression.Fuzzy;
import dev.knowledgegraph.search.SearchExpression.Group;
import dev.knowledgegraph.search.SearchExpression.Phrase;
import dev.knowledgegraph.search.SearchExpression.Prefix;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.search.SearchQuestion.Scope;
import dev.knowledgegraph.search.Words;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.Similarity;
import org.jspecify.annotations.Nullable;

/** Turns questions into Lucene's queries. For one thread. */
final class QueryTranslator {
  /** More words that begin or look like one are not looked for. */
  private static final int MOST_EXPANSIONS = 1_000;

  /** What a compound counts as a whole, against each of its parts. */
  private static final float IN_A_ROW = 0.1f;

  private final Analysis analysis;
  private final Snapshot snapshot;
  private final FieldWeights weights;

  QueryTranslator(Analysis analysis, Snapshot snapshot, SearchWeights weights) {
    this.analysis = analysis;
    this.snapshot = snapshot;
    this.weights = new FieldWeights(weights);
  }

  /** How what is found is scored. */
  Similarity similarity() {
    return weights.similarity();
  }

  /** What every query goes through: nothing but nodes of its graphs, as they were then. */
  Query within(SearchQuestion question, Query wanted) {
    var query = new BooleanQuery.Builder();
    query.add(wanted, BooleanClause.Occur.MUST);
    filter(question).clauses().forEach(query::add);
    return query.build();
  }

  /** The nodes a question is about. */
  BooleanQuery filter(SearchQuestion question) {
    var query = new BooleanQuery.Builder();
    scope(question.scopes(), query);
    filter(question.filter(), query);
    if (question.wanted() instanceof SearchQuestion.Like like) {
      query.add(nodes(List.of(FoundNode.of(like.node()))), BooleanClause.Occur.MUST_NOT);
    }
    return query.build();
  }

  /** The one place where a query is bound to owners, graphs and moments. */
  private void scope(List<Scope> scopes, BooleanQuery.Builder query) {
    if (scopes.size() == 1) {
      scope(scopes.getFirst(), query);
    } else if (scopes.stream().allMatch(this::isWhole)) {
      add(query, new ScopeQuery(scopes.stream().map(Scope::graph).toList()));
      if (snapshot.data().superseded()) {
        add(query, ending(NodeDocument.NOW));
      }
    } else {
      addAny(query, scopes.stream().map(this::scope).toList());
    }
  }

  /** Whether it is all of a graph, as it is now. */
  private boolean isWhole(Scope scope) {
    return scope.among() == null && !isEarlier(scope);
  }

  private boolean isEarlier(Scope scope) {
    return scope.at() < snapshot.data().checkpoint(scope.graph()).sequence();
  }

  private Query scope(Scope scope) {
    var query = new BooleanQuery.Builder();
    scope(scope, query);
    return query.build();
  }

  private void scope(Scope scope, BooleanQuery.Builder query) {
    add(query, new ScopeQuery(List.of(scope.graph())));
    if (isEarlier(scope)) {
      add(query, NumericDocValuesField.newSlowRangeQuery(Fields.FROM, Long.MIN_VALUE, scope.at()));
    }
    if (snapshot.data().superseded()) {
      add(query, ending(scope.at() + 1));
    }
    Set<NodeId> among = scope.among();
    if (among != null) {
      GraphId graph = scope.graph().id();
      add(query, nodes(among.stream().map(node -> new FoundNode(graph, node)).toList()));
    }
  }

  private static Query ending(long from) {
    return NumericDocValuesField.newSlowRangeQuery(Fields.TO, from, Long.MAX_VALUE);
  }

  static Query nodes(Collection<FoundNode> nodes) {
    return new TermInSetQuery(
        Fields.NODE,
        nodes.stream().map(each -> NodeDocument.node(each.graph(), each.node())).toList());
  }

  private static void filter(NodeFilter filter, BooleanQuery.Builder query) {
    filter.labels().forEach(label -> add(query, has(Fields.LABEL, label)));
    List<Query> tags = filter.tags().stream().map(tag -> has(Fields.TAG, Tags.fold(tag))).toList();
    if (filter.anyTag()) {
      addAny(query, tags);
    } else {
      tags.forEach(tag -> add(query, tag));
    }
    addAny(
        query,
        filter.status().stream()
            .map((NodeStatus status) -> has(Fields.STATUS, status.name()))
            .toList());
    if (filter.category() != null) {
      add(query, has(Fields.CATEGORY, filter.category().toString()));
    }
    if (filter.createdFrom() != null || filter.createdTo() != null) {
      add(query, between(Fields.CREATED, filter.createdFrom(), filter.createdTo()));
    }
    if (filter.updatedFrom() != null || filter.updatedTo() != null) {
      add(query, between(Fields.UPDATED, filter.updatedFrom(), filter.updatedTo()));
    }
  }

  private static Query has(String field, String value) {
    return new TermQuery(new Term(field, NodeDocument.value(value)));
  }

  private static Query between(String field, @Nullable Instant from, @Nullable Instant to) {
    long least = from == null ? Long.MIN_VALUE : notBefore(from);
    long most = to == null ? Long.MAX_VALUE : notBefore(to) - 1;
    return least > most ? MatchNoDocsQuery.INSTANCE : LongPoint.newRangeQuery(field, least, most);
  }

  /** The first microsecond that is not before a moment. */
  private static long notBefore(Instant time) {
    long micros = NodeDocument.micros(time);
    boolean isBefore =
        micros > Long.MIN_VALUE / 2
            && micros < Long.MAX_VALUE / 2
            && Instant.EPOCH.plus(micros, ChronoUnit.MICROS).isBefore(time);
    return isBefore ? micros + 1 : Math.max(micros, Long.MIN_VALUE + 1);
  }

  private static void add(BooleanQuery.Builder query, Query filter) {
    query.add(filter, BooleanClause.Occur.FILTER);
  }

  private static void addAny(BooleanQuery.Builder query, List<Query> any) {
    if (!any.isEmpty()) {
      var one = new BooleanQuery.Builder();
      any.forEach(each -> one.add(each, BooleanClause.Occur.SHOULD));
      add(query, one.build());
    }
  }

  /** What a text asks for. */
  Query text(SearchExpression expression) {
    return switch (expression) {
      case Everything e -> MatchAllDocsQuery.INSTANCE;
      case Group group -> group(group);
      case Phrase phrase -> phrase(phrase);
      case Compound compound -> compound(compound);
      case Prefix prefix -> inFields(prefix.field(), field -> beginning(field, prefix.text()));
      case Fuzzy fuzzy -> inFields(fuzzy.field(), field -> like(field, fuzzy));
    };
  }

  private Query group(Group group) {
    var query = new BooleanQuery.Builder();
    for (Clause clause : group.clauses()) {
      query.add(
          text(clause.expression()),
          switch (clause.occur()) {
            case MUST -> BooleanClause.Occur.MUST;
            case SHOULD -> BooleanClause.Occur.SHOULD;
            case MUST_NOT -> BooleanClause.Occur.MUST_NOT;
          });
    }
    return query.build();
  }

  private Query compound(Compound compound) {
    var any = new BooleanQuery.Builder();
    compound
        .parts()
        .forEach(part -> any.add(text(new Phrase("", part)), BooleanClause.Occur.SHOULD));
    any.add(
        new BoostQuery(text(new Phrase("", compound.text())), IN_A_ROW),
        BooleanClause.Occur.SHOULD);
    return any.build();
  }

  private Query phrase(Phrase phrase) {
    if (phrase.field().equals(Fields.STATUS)) {
      return has(Fields.STATUS, phrase.text().toUpperCase(Locale.ROOT));
    }
    if (Words.isBeginning(Words.ofQuery(phrase.text()))) {
      return inFields(phrase.field(), field -> beginning(field, phrase.text()));
    }
    if (phrase.field().isEmpty()) {
      List<String> words = analysis.ofQuery(phrase.text());
      return words.size() == 1
          ? weights.word(words.getFirst())
          : weights.anywhere(field -> inARow(new Place(field, ""), words));
    }
    return inFields(
        phrase.field(),
        field ->
            field.isNamed()
                ? inARow(field, Words.ofQuery(phrase.text()))
                : inARow(field, analysis.ofQuery(phrase.text())));
  }

  /**
   * A field of a document.
   *
   * @param property in which each word stands behind this name; empty if it does not
   */
  private record Place(String field, String property) {
    boolean isNamed() {
      return !property.isEmpty();
    }

    Term term(String word) {
      return new Term(field, isNamed() ? NamedWords.named(property, word) : word);
    }
  }

  private Query inFields(String name, Function<Place, Query> query) {
    return switch (name) {
      case "" -> weights.anywhere(field -> query.apply(new Place(field, "")));
      case "title" -> query.apply(new Place(Fields.TITLE, ""));
      case "body" -> query.apply(new Place(Fields.BODY, ""));
      case "tag" -> query.apply(new Place(Fields.TAG_WORDS, ""));
      case "label" -> query.apply(new Place(Fields.LABEL_WORDS, ""));
      default -> query.apply(new Place(Fields.NAMED_WORDS, name));
    };
  }

  private static Query inARow(Place field, List<String> words) {
    if (words.size() == 1) {
      return new TermQuery(field.term(words.getFirst()));
    }
    var phrase = new PhraseQuery.Builder();
    words.forEach(word -> phrase.add(field.term(word)));
    return phrase.build();
  }

  private Query beginning(Place field, String text) {
    List<String> words = Words.ofQuery(text);
    Term last = field.term(words.getLast());
    if (words.size() == 1) {
      return new PrefixQuery(last, MultiTermQuery.CONSTANT_SCORE_BLENDED_REWRITE);
    }
    Term[] endings = Expansions.beginningWith(snapshot.getIndexReader(), last, MOST_EXPANSIONS);
    if (endings.length == 0) {
      return MatchNoDocsQuery.INSTANCE;
    }
    var phrase = new MultiPhraseQuery.Builder();
    words.subList(0, words.size() - 1).forEach(word -> phrase.add(field.term(word)));
    return phrase.add(endings).build();
  }

  private static Query like(Place field, Fuzzy fuzzy) {
    String word = Words.ofQuery(fuzzy.text()).getFirst();
    Term term = field.term(word);
    int begin = term.text().length() - word.length();
    int first = Character.charCount(word.codePointAt(0));
    return new FuzzyQuery(
        term,
        fuzzy.edits(),
        term.text().codePointCount(0, begin + first),
        MOST_EXPANSIONS,
        true,
        MultiTermQuery.CONSTANT_SCORE_BLENDED_REWRITE);
  }

  /** The words of a node that tell most about it, by how often it and how few others have them. */
  Query telling(Iterable<String> texts, int most) {
    var words = new BooleanQuery.Builder();
    Expansions.telling(snapshot, analysis, texts, most)
        .forEach(word -> words.add(text(new Phrase("", word)), BooleanClause.Occur.SHOULD));
    return words.build();
  }
}
