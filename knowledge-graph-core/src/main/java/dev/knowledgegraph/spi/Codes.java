package dev.knowledgegraph.spi;

import java.util.regex.Pattern;

/** What a code looks like. */
final class Codes {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  private Codes() {}

  static boolean isCode(String text) {
    return CODE.matcher(text).matches();
  }

  static String clean(String text) {
    return isCode(text) ? text : "UNEXPECTED";
  }
}
