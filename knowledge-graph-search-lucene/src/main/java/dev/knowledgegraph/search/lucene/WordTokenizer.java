package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.search.WordScanner;
import java.io.IOException;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** The words of {@link WordScanner} as Lucene's tokens. */
final class WordTokenizer extends Tokenizer {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
  private final WordScanner scanner;
  private final StringBuilder text = new StringBuilder();
  private final char[] buffer = new char[4096];

  WordTokenizer(WordScanner scanner) {
    this.scanner = scanner;
  }

  @Override
  public boolean incrementToken() {
    if (!scanner.next()) {
      return false;
    }
    clearAttributes();
    term.append(scanner.term());
    offset.setOffset(correctOffset(scanner.start()), correctOffset(scanner.end()));
    return true;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    text.setLength(0);
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      text.append(buffer, 0, read);
    }
    scanner.reset(text.toString());
  }

  @Override
  public void end() throws IOException {
    super.end();
    offset.setOffset(correctOffset(text.length()), correctOffset(text.length()));
  }
}
