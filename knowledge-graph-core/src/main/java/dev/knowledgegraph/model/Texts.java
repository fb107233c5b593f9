package dev.knowledgegraph.model;

/** Rules for short texts. Lengths count Unicode code points, so an emoji is one. */
final class Texts {
  private Texts() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Checks that {@code text} has {@code min} to {@code max} code points and is well-formed. */
  static String bounded(String what, String text, int min, int max) {
    // A text of n chars has at most n code points: count only when it matters.
    int length = text.length() <= max && text.length() >= 2 * min ? max : length(text);
    if (length < min || length > max) {
      throw new IllegalArgumentException(
          what + ": expected " + min + " to " + max + " characters, found " + length(text));
    }
    return wellFormed(what, text);
  }

  /** {@link #bounded} that also refuses control characters and blank text. */
  static String name(String what, String text, int max) {
    bounded(what, text, 1, max);
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + ": expected a visible text, found only blanks");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw new IllegalArgumentException(
            what + ": expected no control characters, found one at index " + i);
      }
    }
    return text;
  }

  /** Checks that a share is between 0 and 1; -0.0 is read as 0.0. */
  static double unit(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + ": expected 0 to 1, found " + value);
    }
    return value == 0.0 ? 0.0 : value;
  }

  /** Refuses lone surrogates: they have no UTF-8 form and would not survive an export. */
  static String wellFormed(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          throw new IllegalArgumentException(
              what + ": expected well-formed Unicode, found a lone surrogate at index " + i);
        }
      }
    }
    return text;
  }
}
