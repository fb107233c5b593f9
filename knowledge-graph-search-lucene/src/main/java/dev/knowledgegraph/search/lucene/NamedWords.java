package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.search.Words;
import dev.knowledgegraph.search.Words.Word;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The words of a text, each after the name of the property it is in. */
final class NamedWords extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final String name;
  private final List<Word> words;
  private Iterator<Word> left;

  NamedWords(String name, String text) {
    this.name = name;
    this.words = Words.of(text);
    this.left = words.iterator();
  }

  static String named(String name, String word) {
    return name + Fields.AFTER_NAME + word;
  }

  @Override
  public boolean incrementToken() {
    if (!left.hasNext()) {
      return false;
    }
    clearAttributes();
    term.append(named(name, left.next().term()));
    return true;
  }

  @Override
  public void reset() {
    left = words.iterator();
  }
}
