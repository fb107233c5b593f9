package dev.knowledgegraph.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads enum constants by their code: lower case, words joined by a hyphen. */
final class Enums {
  private Enums() {}

  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E parse(Class<E> type, String what, String text) {
    for (E constant : type.getEnumConstants()) {
      if (code(constant).equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        what
            + ": expected one of "
            + Arrays.stream(type.getEnumConstants())
                .map(Enums::code)
                .collect(Collectors.joining(", "))
            + ", found something else");
  }
}
