package dev.knowledgegraph.query;

import java.util.Comparator;

/** The order of a list of nodes; ties by id. */
public record NodeSort(By by, boolean descending) {
  /** What to order by. */
  public enum By {
    CREATED,
    UPDATED,
    /** By code point. */
    TITLE,
    /** How many edges it has, both directions together. */
    DEGREE
  }

  /** Texts by code point, which is not how Java orders them beyond U+FFFF. */
  public static Comparator<String> byCodePoint() {
    return NodeSort::compareCodePoints;
  }

  private static int compareCodePoints(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean isHigher = Character.isSurrogate(x);
        return isHigher == Character.isSurrogate(y) ? x - y : isHigher ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  /** Oldest first. */
  public static NodeSort created() {
    return new NodeSort(By.CREATED, false);
  }
}
