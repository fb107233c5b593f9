package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.search.Terms;
import java.util.Set;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Leaves out words that two texts are not compared by; a stemmer comes after it. */
final class TellingWords extends FilteringTokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final Set<String> stopWords;

  TellingWords(TokenStream words, Set<String> stopWords) {
    super(words);
    this.stopWords = stopWords;
  }

  @Override
  protected boolean accept() {
    return Terms.isTelling(term, stopWords);
  }
}
