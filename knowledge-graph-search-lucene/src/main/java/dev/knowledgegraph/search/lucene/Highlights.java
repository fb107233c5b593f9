package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.query.Views.Mark;
import dev.knowledgegraph.query.Views.Snippet;
import dev.knowledgegraph.search.WordScanner;
import java.io.IOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.jspecify.annotations.Nullable;

/** Cuts from a node's text the part that shows why it was found. For one thread. */
final class Highlights {
  private static final int LENGTH = 160;

  /** Of a passage, the share that stands before the first word that was looked for. */
  private static final float BEFORE = 0.3f;

  private static final int MOST_READ = 50_000;

  private final Query query;
  private final UnifiedHighlighter bodies;
  private final UnifiedHighlighter titles;

  Highlights(Analysis analysis, Query query) {
    this.query = query;
    this.bodies = highlighter(analysis, Fields.BODY);
    this.titles = highlighter(analysis, Fields.TITLE);
  }

  private static UnifiedHighlighter highlighter(Analysis analysis, String shown) {
    return UnifiedHighlighter.builderWithoutSearcher(analysis.forDocuments())
        .withFieldMatcher(field -> field.equals(shown) || field.equals(Fields.WORDS))
        .withMaxLength(MOST_READ)
        .withMaxNoHighlightPassages(0)
        .withBreakIterator(
            () ->
                LengthGoalBreakIterator.createClosestToLength(
                    BreakIterator.getSentenceInstance(Locale.ROOT), LENGTH, BEFORE))
        .withFormatter(new AsSnippet())
        .build();
  }

  /** From the body, else from the title, else the beginning of the body. */
  Snippet of(Node node) throws IOException {
    Snippet body = of(bodies, Fields.BODY, node.body());
    if (body != null) {
      return body;
    }
    Snippet title = of(titles, Fields.TITLE, node.title());
    return title != null ? title : beginning(WordScanner.composed(node.body()));
  }

  private @Nullable Snippet of(UnifiedHighlighter highlighter, String field, String text)
      throws IOException {
    return text.isEmpty()
        ? null
        : (Snippet)
            highlighter.highlightWithoutSearcher(field, query, WordScanner.composed(text), 1);
  }

  private static Snippet beginning(String text) {
    int length = Math.min(LENGTH, text.length());
    if (length < text.length() && Character.isHighSurrogate(text.charAt(length - 1))) {
      length--;
    }
    return new Snippet(text.substring(0, length), List.of());
  }

  private static final class AsSnippet extends PassageFormatter {
    @Override
    public Snippet format(Passage[] passages, String content) {
      Passage passage = passages[0];
      int start = passage.getStartOffset();
      while (start < passage.getEndOffset() && Character.isWhitespace(content.charAt(start))) {
        start++;
      }
      int end = Math.min(passage.getEndOffset(), Math.max(start + 4 * LENGTH, firstEnd(passage)));
      while (end > start && Character.isWhitespace(content.charAt(end - 1))) {
        end--;
      }
      if (end < content.length()
          && end > start
          && Character.isHighSurrogate(content.charAt(end - 1))) {
        end--;
      }
      var marks = new ArrayList<Mark>();
      int done = start;
      for (int i = 0; i < passage.getNumMatches(); i++) {
        int from = Math.max(done, passage.getMatchStarts()[i]);
        int to = Math.min(end, passage.getMatchEnds()[i]);
        if (from < to) {
          boolean goesOn = !marks.isEmpty() && marks.getLast().end() == from - start;
          int begin = goesOn ? marks.removeLast().start() : from - start;
          marks.add(new Mark(begin, to - start));
          done = to;
        }
      }
      return new Snippet(content.substring(start, end), marks);
    }

    private static int firstEnd(Passage passage) {
      return passage.getNumMatches() == 0 ? 0 : passage.getMatchEnds()[0];
    }
  }
}
