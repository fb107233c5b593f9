package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.query.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes items in any order and keeps those of one page, which starts after a place in the order.
 * For one thread.
 */
final class Pages<T> {
  private static final int ID_LENGTH = 32;

  private final Function<T, Place> placeOf;
  private final Comparator<Place> order;
  private final int size;
  private final @Nullable Place after;
  private final PriorityQueue<Placed<T>> last;
  private long total;

  /** What an item is ordered by, and its id, which orders what is the same. */
  record Place(String value, UUID id) {
    String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((value + Codec.hex(id)).getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable Place parse(@Nullable String cursor) {
      if (cursor == null) {
        return null;
      }
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int split = text.length() - ID_LENGTH;
      if (split < 0) {
        throw new IllegalArgumentException("page start: expected one from a page, found another");
      }
      return new Place(text.substring(0, split), Codec.uuid(text.substring(split)));
    }
  }

  private record Placed<T>(Place place, T item) {}

  Pages(Function<T, Place> placeOf, Comparator<String> byValue, Page.Request request) {
    this.placeOf = placeOf;
    this.order =
        Comparator.comparing(Place::value, byValue).thenComparing(place -> Codec.hex(place.id()));
    this.size = request.size();
    this.after = Place.parse(request.after());
    this.last = new PriorityQueue<>(Comparator.comparing(Placed<T>::place, order).reversed());
  }

  void take(T item) {
    total++;
    Place place = placeOf.apply(item);
    if (after == null || order.compare(place, after) > 0) {
      last.add(new Placed<>(place, item));
      if (last.size() > size + 1) {
        last.remove();
      }
    }
  }

  Page<T> page() {
    List<Placed<T>> found = new ArrayList<>(last);
    found.sort(Comparator.comparing(Placed::place, order));
    var shown = found.subList(0, Math.min(size, found.size()));
    return new Page<>(
        shown.stream().map(Placed::item).toList(),
        total,
        found.size() > size ? shown.getLast().place().cursor() : null);
  }
}
