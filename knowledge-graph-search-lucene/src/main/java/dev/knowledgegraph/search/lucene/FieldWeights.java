package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.query.SearchWeights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.PerFieldSimilarityWrapper;
import org.apache.lucene.search.similarities.Similarity;

/**
 * How much a word counts by where it stands. A word in a field of weight 3 counts as if it stood
 * three times in a field of weight 1, and all fields together are one text: BM25F (Robertson,
 * Zaragoza and Taylor, Simple BM25 extension to multiple weighted fields, 2004). Fields of weight 0
 * match and count nothing.
 */
final class FieldWeights {
  private static final double K1 = 1.2;
  private static final double B = 0.75;

  /** What counts less, but something, counts so much. */
  private static final double LEAST = 0.001;

  private final Map<String, Double> weights = new LinkedHashMap<>();

  /** By the standard a word is looked for in {@link Fields#WORDS}, by others in each field. */
  private final boolean isStandard;

  /** The weight that counts as one, as Lucene wants none below that. */
  private final double unit;

  FieldWeights(SearchWeights weights) {
    this.isStandard = weights.withFusion(1, 1).equals(SearchWeights.standard());
    this.weights.put(Fields.TITLE, weights.title());
    this.weights.put(Fields.BODY, weights.body());
    this.weights.put(Fields.TAG_WORDS, weights.tags());
    this.weights.put(Fields.LABEL_WORDS, weights.labels());
    this.weights.put(Fields.PROPERTY_WORDS, weights.properties());
    double least =
        this.weights.values().stream().filter(w -> w > 0).mapToDouble(w -> w).min().orElse(1);
    this.unit = Math.clamp(least, LEAST, 1);
  }

  /** A word, wherever it stands. */
  Query word(String term) {
    if (isStandard) {
      return new TermQuery(new Term(Fields.WORDS, term));
    }
    var anywhere = new CombinedFieldQuery.Builder(term);
    var besides = new BooleanQuery.Builder();
    weights.forEach(
        (field, weight) -> {
          if (weight > 0) {
            anywhere.addField(field, (float) Math.max(1, weight / unit));
          } else {
            besides.add(
                new BoostQuery(new TermQuery(new Term(field, term)), 0),
                BooleanClause.Occur.SHOULD);
          }
        });
    if (besides.build().clauses().isEmpty()) {
      return anywhere.build();
    }
    boolean counts = weights.values().stream().anyMatch(weight -> weight > 0);
    return (counts ? besides.add(anywhere.build(), BooleanClause.Occur.SHOULD) : besides).build();
  }

  /**
   * Something other than a word, in any field, which counts as a word does that stands there once.
   */
  Query anywhere(Function<String, Query> query) {
    var any = new BooleanQuery.Builder();
    weights.forEach(
        (field, weight) ->
            any.add(
                new BoostQuery(query.apply(field), (float) (weight * (K1 + 1) / (weight + K1))),
                BooleanClause.Occur.SHOULD));
    return any.build();
  }

  /** BM25, for what {@link #word} makes in its own unit. */
  Similarity similarity() {
    var single = new BM25Similarity((float) K1, (float) B);
    var combined = new BM25Similarity((float) (K1 / unit), (float) B);
    return new PerFieldSimilarityWrapper() {
      @Override
      public Similarity get(String field) {
        boolean isOne = weights.containsKey(field) || field.equals(Fields.NAMED_WORDS);
        return isOne ? single : combined;
      }
    };
  }
}
