package dev.knowledgegraph.model;

import java.util.UUID;

/** Text form and order of UUIDs, shared by the id records. */
final class Uuids {
  private Uuids() {}

  static UUID parse(String text) {
    // UUID.fromString also takes shortened groups ("1-1-1-1-1"); an id has one text form.
    if (text.length() == 36) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException e) {
        throw notAUuid(text);
      }
    }
    throw notAUuid(text);
  }

  /** As unsigned 128-bit numbers: the order of the text form, and of RFC 9562 for version 7. */
  static int compare(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  private static IllegalArgumentException notAUuid(String text) {
    return new IllegalArgumentException(
        "expected a UUID such as 0190a4f0-0000-7000-8000-000000000000, found "
            + Texts.length(text)
            + " other characters");
  }
}
