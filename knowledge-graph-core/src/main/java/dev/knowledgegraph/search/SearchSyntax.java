package dev.knowledgegraph.search;

import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.search.SearchExpression.Clause;
import dev.knowledgegraph.search.SearchExpression.Compound;
import dev.knowledgegraph.search.SearchExpression.Everything;
import dev.knowledgegraph.search.SearchExpression.Fuzzy;
import dev.knowledgegraph.search.SearchExpression.Group;
import dev.knowledgegraph.search.SearchExpression.Occur;
import dev.knowledgegraph.search.SearchExpression.Phrase;
import dev.knowledgegraph.search.SearchExpression.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query text: words, {@code "phrases"}, {@code prefix*}, {@code fuzzy~}, {@code
 * field:value}, {@code AND OR NOT}, {@code +must -not} and parentheses. One way down through the
 * grammar, in one file:
 *
 * <pre>
 *   any   = all { ["OR"] all }            a side of OR is enough
 *   all   = one { "AND" one }
 *   one   = ["NOT" | "-" | "!" | "+"] value
 *   value = "(" any ")" | [field ":"] ( "(" any ")" | phrase | word )
 * </pre>
 *
 * The limits hold before anything is asked: {@value #MAX_LENGTH} characters, {@value #MAX_CLAUSES}
 * values, {@value #MAX_DEPTH} levels, no wildcard but at the end of a word.
 */
public final class SearchSyntax {
  /** The most characters that are read. */
  public static final int MAX_LENGTH = 10_000;

  /** The most values that are asked for. */
  public static final int MAX_CLAUSES = 100;

  /** The deepest nesting. */
  public static final int MAX_DEPTH = 20;

  /** The most words in a row. */
  public static final int MAX_WORDS_IN_A_ROW = 50;

  private static final int SHORT_WORD = 5;
  private static final Pattern FIELD = Pattern.compile("([\\p{L}_][\\p{L}\\p{M}\\p{N}_.-]{0,99}):");
  private static final Pattern BETWEEN_PARTS =
      Pattern.compile("[\\p{Punct}\\p{IsPunctuation}\\s]+");

  /** One letter at an apostrophe, as in {@code Ada's} and {@code l'eau}, which tells nothing. */
  private static final Pattern ELIDED =
      Pattern.compile("(?<![\\p{L}\\p{N}])\\p{L}['’]|['’]\\p{L}(?![\\p{L}\\p{N}])");

  private static final String ENDS_WORD = "()\"";

  private final String text;
  private int place;
  private int clauses;
  private @Nullable FieldError problem;

  private SearchSyntax(String text) {
    this.text = text;
  }

  /**
   * What a query text means.
   *
   * @param problem what is wrong with the text, and where; then {@code expression} is about the
   *     words in it
   */
  public record Reading(SearchExpression expression, Optional<FieldError> problem) {}

  /** Reads a text; never fails. */
  public static Reading read(String text) {
    if (text.length() > MAX_LENGTH) {
      var problem =
          new FieldError(
              "text", "expected at most " + MAX_LENGTH + " characters, found " + text.length());
      return new Reading(wordsOf(cut(text)), Optional.of(problem));
    }
    var syntax = new SearchSyntax(text);
    var expression = syntax.whole();
    return syntax.problem == null
        ? new Reading(expression, Optional.empty())
        : new Reading(wordsOf(text), Optional.of(syntax.problem));
  }

  private static String cut(String text) {
    return text.substring(0, MAX_LENGTH);
  }

  /** Any of the words of a text, whatever stands between them. */
  public static SearchExpression wordsOf(String text) {
    var found = new ArrayList<Clause>();
    for (String word : text.split("[\\s\\p{Punct}&&[^'’-]]+")) {
      if (found.size() == MAX_CLAUSES) {
        break;
      }
      if (!Words.ofQuery(word).isEmpty()) {
        found.add(new Clause(Occur.SHOULD, compound(word)));
      }
    }
    return grouped(found);
  }

  private SearchExpression whole() {
    var expression = any("", 0);
    if (problem == null && place < text.length()) {
      fail("expected the end, found " + found());
    }
    return expression;
  }

  private SearchExpression any(String field, int depth) {
    var parts = new ArrayList<Clause>();
    if (depth > MAX_DEPTH) {
      fail("expected at most " + MAX_DEPTH + " levels of parentheses");
    }
    skipSpace();
    while (problem == null && place < text.length() && text.charAt(place) != ')') {
      if (takeWord("OR") || takeWord("||")) {
        if (parts.isEmpty() || place >= text.length() || text.charAt(place) == ')') {
          fail("expected something on both sides of OR");
        }
      } else {
        parts.add(all(field, depth));
      }
      skipSpace();
    }
    return grouped(parts);
  }

  private Clause all(String field, int depth) {
    var first = one(field, depth);
    var parts = new ArrayList<Clause>();
    parts.add(first);
    skipSpace();
    while (problem == null && (takeWord("AND") || takeWord("&&"))) {
      skipSpace();
      parts.add(one(field, depth));
      skipSpace();
    }
    if (parts.size() == 1) {
      return first;
    }
    return new Clause(
        Occur.SHOULD,
        grouped(
            parts.stream()
                .map(
                    part ->
                        part.occur() == Occur.SHOULD
                            ? new Clause(Occur.MUST, part.expression())
                            : part)
                .toList()));
  }

  private Clause one(String field, int depth) {
    var occur = Occur.SHOULD;
    if (takeWord("NOT")) {
      occur = Occur.MUST_NOT;
    } else if (place + 1 < text.length() && !Character.isWhitespace(text.charAt(place + 1))) {
      char sign = text.charAt(place);
      if (sign == '-' || sign == '!') {
        occur = Occur.MUST_NOT;
        place++;
      } else if (sign == '+') {
        occur = Occur.MUST;
        place++;
      }
    }
    skipSpace();
    return new Clause(occur, value(field, depth));
  }

  private SearchExpression value(String field, int depth) {
    if (place >= text.length() || text.charAt(place) == ')') {
      return fail("expected a word, found " + found());
    }
    if (++clauses > MAX_CLAUSES) {
      return fail("expected at most " + MAX_CLAUSES + " words");
    }
    if (text.charAt(place) == '(') {
      return nested(field, depth);
    }
    if (field.isEmpty()) {
      var name = FIELD.matcher(text).region(place, text.length());
      if (name.lookingAt() && isValue(name.end())) {
        place = name.end();
        String found = fieldName(name.group(1));
        return text.charAt(place) == '(' ? nested(found, depth) : leaf(found);
      }
    }
    return leaf(field);
  }

  /** Whether what follows a colon is a value, and not the rest of an address or of a sentence. */
  private boolean isValue(int at) {
    return at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && text.charAt(at) != ')'
        && !text.startsWith("//", at);
  }

  private static String fieldName(String name) {
    return switch (name) {
      case "tags" -> "tag";
      case "labels" -> "label";
      default -> name;
    };
  }

  private SearchExpression nested(String field, int depth) {
    int opened = place++;
    var inner = any(field, depth + 1);
    if (problem == null && !take(')')) {
      place = opened;
      return fail("expected a ) for this (");
    }
    return inner;
  }

  private SearchExpression leaf(String field) {
    if (text.charAt(place) == '"') {
      int opened = place++;
      int closed = text.indexOf('"', place);
      if (closed < 0) {
        place = opened;
        return fail("expected a second \" after this one");
      }
      String phrase = text.substring(place, closed);
      place = closed + 1;
      return phrase(field, phrase, opened);
    }
    int start = place;
    while (place < text.length()
        && !Character.isWhitespace(text.charAt(place))
        && ENDS_WORD.indexOf(text.charAt(place)) < 0) {
      place++;
    }
    return word(field, text.substring(start, place), start);
  }

  private SearchExpression word(String field, String word, int start) {
    int wildcard = word.indexOf('*');
    if (wildcard >= 0) {
      String beginning = word.substring(0, word.length() - 1);
      if (wildcard != word.length() - 1 || Words.ofQuery(beginning).isEmpty()) {
        place = start;
        return fail("expected * only at the end of a word");
      }
      return new Prefix(field, beginning);
    }
    int tilde = word.indexOf('~');
    if (tilde > 0) {
      String plain = word.substring(0, tilde);
      String edits = word.substring(tilde + 1);
      if (!edits.matches("[12]?") || Words.ofQuery(plain).size() != 1) {
        place = start;
        return fail("expected ~, ~1 or ~2 after one word");
      }
      int most = plain.length() <= SHORT_WORD ? 1 : 2;
      return new Fuzzy(field, plain, edits.isEmpty() ? most : Integer.parseInt(edits));
    }
    return field.isEmpty() ? compound(word, start) : phrase(field, word, start);
  }

  private SearchExpression compound(String word, int start) {
    var whole = phrase("", word, start);
    if (problem == null && compound(word) instanceof Compound several) {
      clauses += several.parts().size();
      return several;
    }
    return whole;
  }

  /** Words joined by signs; a phrase if there is only one, or none. */
  private static SearchExpression compound(String word) {
    List<String> all = parts(word);
    List<String> full = parts(ELIDED.matcher(word).replaceAll(" "));
    return all.size() < 2 ? new Phrase("", word) : new Compound(word, full.isEmpty() ? all : full);
  }

  private static List<String> parts(String word) {
    return BETWEEN_PARTS
        .splitAsStream(word)
        .filter(part -> !Words.ofQuery(part).isEmpty())
        .toList();
  }

  private SearchExpression phrase(String field, String words, int start) {
    if (Words.ofQuery(words).size() > MAX_WORDS_IN_A_ROW) {
      place = start;
      return fail("expected at most " + MAX_WORDS_IN_A_ROW + " words in a row");
    }
    return new Phrase(field, words);
  }

  /** Leaves out what holds no word, and the shell around a single part. */
  private static SearchExpression grouped(List<Clause> parts) {
    List<Clause> kept = parts.stream().filter(part -> !isEmpty(part.expression())).toList();
    if (kept.isEmpty()) {
      return new Group(List.of());
    }
    boolean onlyNot = kept.stream().allMatch(part -> part.occur() == Occur.MUST_NOT);
    if (onlyNot) {
      var all = new ArrayList<Clause>();
      all.add(new Clause(Occur.MUST, new Everything()));
      all.addAll(kept);
      return new Group(all);
    }
    return kept.size() == 1 ? kept.getFirst().expression() : new Group(kept);
  }

  private static boolean isEmpty(SearchExpression expression) {
    return switch (expression) {
      case Everything e -> false;
      case Phrase p -> Words.ofQuery(p.text()).isEmpty();
      case Compound c -> false;
      case Prefix p -> false;
      case Fuzzy f -> false;
      case Group g -> g.clauses().isEmpty();
    };
  }

  private SearchExpression fail(String message) {
    if (problem == null) {
      problem = new FieldError("text", "at character " + (place + 1) + ": " + message);
    }
    place = text.length();
    return new Group(List.of());
  }

  private String found() {
    return place >= text.length() ? "the end" : "\"" + text.charAt(place) + "\"";
  }

  private void skipSpace() {
    while (place < text.length() && Character.isWhitespace(text.charAt(place))) {
      place++;
    }
  }

  private boolean take(char c) {
    boolean isThere = place < text.length() && text.charAt(place) == c;
    place += isThere ? 1 : 0;
    return isThere;
  }

  /** Takes an operator if it stands here as a word of its own, and the space after it. */
  private boolean takeWord(String word) {
    int after = place + word.length();
    boolean isThere =
        text.startsWith(word, place)
            && (after >= text.length()
                || Character.isWhitespace(text.charAt(after))
                || text.charAt(after) == '(');
    if (isThere) {
      place = after;
      skipSpace();
    }
    return isThere;
  }
}
