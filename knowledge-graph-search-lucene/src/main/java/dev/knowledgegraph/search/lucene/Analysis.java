package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.search.Terms;
import dev.knowledgegraph.search.WordScanner;
import dev.knowledgegraph.search.Words;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/**
 * How texts become terms. With a stemmer a document has each word as written and, at the same
 * place, its stem, and a query has the stems: so {@code publishing} finds {@code published}, and
 * {@code publishi*} still finds {@code publishing}.
 */
final class Analysis {
  /** Words of two tags, or two properties, are never in a row. */
  static final int GAP = 100;

  private final Language language;

  /** Made with the first comparison; a race makes another, which does the same. */
  private volatile @Nullable Analyzer comparing;

  Analysis(Language language) {
    this.language = language;
  }

  Analyzer forDocuments() {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        var words = new WordTokenizer(WordScanner.forDocuments());
        return new TokenStreamComponents(words, withStems(words));
      }

      @Override
      public int getPositionIncrementGap(String field) {
        return GAP;
      }
    };
  }

  /** Each word, and in the same place its stem if the language has one. */
  private TokenStream withStems(TokenStream words) {
    return language == Language.STANDARD
        ? words
        : new RemoveDuplicatesTokenFilter(language.stem(new KeywordRepeatFilter(words)));
  }

  /** Takes the terms of a text, one after the other. */
  @FunctionalInterface
  interface TermSink {
    /**
     * Takes one, which is valid during the call.
     *
     * @param increment 1, or 0 for one more term in the place of the one before
     */
    void accept(CharSequence term, int increment);
  }

  /** Reads texts of documents; for one thread. */
  final class Reading {
    private final WordScanner scanner = WordScanner.forDocuments();
    private final WordTokenizer words = new WordTokenizer(scanner);
    private final TokenStream terms = withStems(words);
    private final CharTermAttribute term = terms.addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute position =
        terms.addAttribute(PositionIncrementAttribute.class);

    /** Gives the terms of a text, as {@link #forDocuments} would. */
    void read(String text, TermSink sink) throws IOException {
      if (language == Language.STANDARD) {
        readWords(text, sink);
        return;
      }
      words.setReader(new StringReader(WordScanner.composed(text)));
      terms.reset();
      while (terms.incrementToken()) {
        sink.accept(term, position.getPositionIncrement());
      }
      terms.end();
      terms.close();
    }

    /** Gives the words of a text without their stems. */
    void readWords(String text, TermSink sink) {
      scanner.reset(WordScanner.composed(text));
      while (scanner.next()) {
        sink.accept(scanner.term(), 1);
      }
    }
  }

  /** The terms to look for, in a row. */
  List<String> ofQuery(String text) {
    if (language == Language.STANDARD) {
      return Words.ofQuery(text);
    }
    try (Analyzer analyzer = stemming()) {
      return terms(analyzer, text);
    }
  }

  /** The terms to compare by, as they first stand there, and how often. */
  Map<String, Integer> terms(String text) {
    if (language == Language.STANDARD) {
      return Terms.of(text);
    }
    Analyzer analyzer = comparing;
    if (analyzer == null) {
      analyzer = comparing(language.stopWords());
      comparing = analyzer;
    }
    var counts = new LinkedHashMap<String, Integer>();
    terms(analyzer, text).forEach(term -> counts.merge(term, 1, Integer::sum));
    return counts;
  }

  /** Stems what is left without stop words. */
  private Analyzer comparing(Set<String> stopWords) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        var words = new WordTokenizer(WordScanner.forQueries());
        return new TokenStreamComponents(words, language.stem(new TellingWords(words, stopWords)));
      }
    };
  }

  private Analyzer stemming() {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        var words = new WordTokenizer(WordScanner.forQueries());
        return new TokenStreamComponents(words, language.stem(words));
      }
    };
  }

  private static List<String> terms(Analyzer analyzer, String text) {
    var terms = new ArrayList<String>();
    try (TokenStream stream = analyzer.tokenStream("", WordScanner.composed(text))) {
      var term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a text", e);
    }
    return terms;
  }
}
