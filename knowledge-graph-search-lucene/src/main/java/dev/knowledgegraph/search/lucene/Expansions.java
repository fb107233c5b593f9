package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.search.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** Words of the index itself: what begins so, what looks so, what is rare. */
final class Expansions {
  private static final int SHORT_WORD = 5;
  private static final int LOOKED_AT = 50;
  private static final int SHORTEST = 2;

  private Expansions() {}

  /** The terms that begin with a term, at most so many. */
  static Term[] beginningWith(IndexReader reader, Term begin, int most) {
    try {
      Terms terms = MultiTerms.getTerms(reader, begin.field());
      var found = new ArrayList<Term>();
      if (terms != null) {
        TermsEnum each = terms.iterator();
        boolean isThere = each.seekCeil(begin.bytes()) != TermsEnum.SeekStatus.END;
        while (isThere
            && found.size() < most
            && StringHelper.startsWith(each.term(), begin.bytes())) {
          found.add(new Term(begin.field(), BytesRef.deepCopyOf(each.term())));
          isThere = each.next() != null;
        }
      }
      return found.toArray(Term[]::new);
    } catch (IOException e) {
      throw Failures.unavailable(e);
    }
  }

  /** The words by which a text differs most from others (Salton's tf-idf). */
  static List<String> telling(
      Snapshot snapshot, Analysis analysis, Iterable<String> texts, int most) {
    var counts = new HashMap<String, Integer>();
    for (String text : texts) {
      Words.of(text).stream()
          .map(Words.Word::term)
          .filter(word -> word.length() >= SHORTEST)
          .forEach(word -> counts.merge(word, 1, Integer::sum));
    }
    int all = Math.max(1, snapshot.getIndexReader().numDocs());
    var weights = new HashMap<String, Double>();
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      List<String> terms = analysis.ofQuery(count.getKey());
      if (!terms.isEmpty()) {
        int others = frequency(snapshot, terms.getFirst());
        weights.put(
            count.getKey(),
            (1 + Math.log(count.getValue())) * Math.log((all + 1.0) / (others + 1)));
      }
    }
    return weights.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int frequency(Snapshot snapshot, String word) {
    try {
      IndexReader reader = snapshot.getIndexReader();
      return reader.docFreq(new Term(Fields.WORDS, word));
    } catch (IOException e) {
      throw Failures.unavailable(e);
    }
  }

  private record Candidate(String word, int edits, int frequency) {}

  /**
   * The word most like one that nobody has, among those that nodes of the filter have: the index
   * knows words of other owners too, which must not show.
   */
  static Optional<String> like(Snapshot snapshot, String word, Query filter) throws IOException {
    if (word.length() <= SHORTEST || isThere(snapshot, word, filter)) {
      return Optional.empty();
    }
    var candidates = candidates(snapshot.getIndexReader(), new Term(Fields.WORDS, word));
    candidates.sort(
        Comparator.comparingInt(Candidate::edits)
            .thenComparing(Comparator.comparingInt(Candidate::frequency).reversed())
            .thenComparing(Candidate::word));
    for (Candidate candidate : candidates.subList(0, Math.min(LOOKED_AT, candidates.size()))) {
      if (isThere(snapshot, candidate.word(), filter)) {
        return Optional.of(candidate.word());
      }
    }
    return Optional.empty();
  }

  private static List<Candidate> candidates(IndexReader reader, Term like) throws IOException {
    Terms terms = MultiTerms.getTerms(reader, like.field());
    var found = new ArrayList<Candidate>();
    if (terms != null) {
      int edits = like.text().length() <= SHORT_WORD ? 1 : 2;
      int same = like.text().offsetByCodePoints(0, 1);
      TermsEnum each = new FuzzyTermsEnum(terms, like, edits, Math.min(1, same), true);
      while (each.next() != null) {
        String term = each.term().utf8ToString();
        found.add(new Candidate(term, distance(term, like.text()), each.docFreq()));
      }
    }
    return found;
  }

  /** How different two words are, in letters (Levenshtein). */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], before[j]) + 1, before[j - 1] + wrong);
      }
      before = row;
    }
    return before[b.length()];
  }

  private static boolean isThere(Snapshot snapshot, String word, Query filter) throws IOException {
    var query =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(Fields.WORDS, word)), BooleanClause.Occur.FILTER)
            .add(filter, BooleanClause.Occur.FILTER)
            .build();
    return snapshot.search(query, 1).scoreDocs.length > 0;
  }
}
