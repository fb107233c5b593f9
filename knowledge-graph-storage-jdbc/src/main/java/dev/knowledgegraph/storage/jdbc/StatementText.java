package dev.knowledgegraph.storage.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement as a database takes it, made from a template. In a template stand numbered parameters
 * ({@code ?1}, or {@code ?} for the next one), and words in braces for what databases say
 * differently, with what the words are about: <code>{each 3 j}</code>.
 *
 * @param order which value each parameter of the text takes, from 0; empty if they are numbered in
 *     the text itself
 */
record StatementText(String sql, List<Integer> order) {
  private static final int MOST_PARTS = 3;
  private static final Pattern WORD = Pattern.compile("\\{(\\w+)(?: ([^}]*))?}");
  private static final Pattern PARAMETER = Pattern.compile("\\?(\\d*)");

  StatementText {
    order = List.copyOf(order);
  }

  /** The text for a database that knows numbered parameters. */
  static StatementText numbered(String template, Map<String, String> words) {
    return new StatementText(said(template, words), List.of());
  }

  /** The text for a database that knows parameters by their place only. */
  static StatementText placed(String template, Map<String, String> words) {
    Matcher parameter = PARAMETER.matcher(said(template, words));
    var sql = new StringBuilder();
    var order = new ArrayList<Integer>();
    int last = 0;
    while (parameter.find()) {
      String number = parameter.group(1);
      int at = number.isEmpty() ? last + 1 : Integer.parseInt(number);
      last = Math.max(last, at);
      order.add(at - 1);
      parameter.appendReplacement(sql, "?");
    }
    return new StatementText(parameter.appendTail(sql).toString(), order);
  }

  /** Puts what a database says in place of the words, with what they are about at {@code $1}, … */
  private static String said(String template, Map<String, String> words) {
    return WORD.matcher(template)
        .replaceAll(
            word -> {
              String said =
                  Objects.requireNonNull(words.get(word.group(1)), "a word of this dialect");
              String about = Objects.requireNonNullElse(word.group(2), "");
              String[] parts = about.split(" ", MOST_PARTS);
              for (int i = 0; i < MOST_PARTS; i++) {
                said = said.replace("$" + (i + 1), i < parts.length ? parts[i] : "");
              }
              return Matcher.quoteReplacement(said);
            });
  }
}
