package dev.knowledgegraph.memory;

import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Pages that start after a place in the order, not after a number of items, so that inserts move
 * nothing. A place is a text to order by and, for ties, an id.
 */
final class Pages {
  private static final int ID_LENGTH = 36;

  private Pages() {}

  /** What an item is ordered by; {@code id} in its canonical text form. */
  record Place(String value, String id) {
    String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((value + id).getBytes(StandardCharsets.UTF_8));
    }

    static Place parse(String cursor) {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int split = text.length() - ID_LENGTH;
      if (split < 0) {
        throw new IllegalArgumentException("page start: expected one from a page, found another");
      }
      return new Place(text.substring(0, split), text.substring(split));
    }
  }

  private record Placed<T>(Place place, T item) {}

  /** Orders and cuts. */
  static <T> Page<T> page(
      Stream<T> items, Function<T, Place> placeOf, boolean descending, Page.Request request) {
    var byValue = Comparator.comparing(Place::value, NodeSort.byCodePoint());
    var order = (descending ? byValue.reversed() : byValue).thenComparing(Place::id);
    List<Placed<T>> all =
        items
            .map(item -> new Placed<>(placeOf.apply(item), item))
            .sorted(Comparator.comparing(Placed::place, order))
            .toList();
    var after = request.after() == null ? null : Place.parse(request.after());
    var rest =
        after == null
            ? all
            : all.stream().filter(item -> order.compare(item.place(), after) > 0).toList();
    var shown = rest.subList(0, Math.min(request.size(), rest.size()));
    return new Page<>(
        shown.stream().map(Placed::item).toList(),
        all.size(),
        shown.size() < rest.size() ? shown.getLast().place().cursor() : null);
  }

  /** A text that orders as the time does. */
  static String ordered(Instant time) {
    return padded(time.getEpochSecond() - Instant.MIN.getEpochSecond(), 20)
        + padded(time.getNano(), 9);
  }

  /** A text that orders as the number does, which must be 0 or more. */
  static String ordered(long number) {
    return padded(number, 19);
  }

  private static String padded(long number, int length) {
    String digits = Long.toString(number);
    return "0".repeat(length - digits.length()) + digits;
  }
}
