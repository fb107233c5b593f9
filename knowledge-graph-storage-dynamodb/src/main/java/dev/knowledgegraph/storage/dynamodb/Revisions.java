package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.query.Revision;
import java.util.ArrayList;
import java.util.List;

/** Histories made of versions. */
final class Revisions {
  private Revisions() {}

  /**
   * Each state until the version after it.
   *
   * @param versions the sequence numbers of all versions, also of those with which something ended
   * @param from those of the states
   */
  static <T> List<Revision<T>> of(View view, List<Long> versions, List<Long> from, List<T> states) {
    var revisions = new ArrayList<Revision<T>>();
    for (int i = 0; i < states.size(); i++) {
      long begin = from.get(i);
      long until =
          versions.stream().filter(version -> version > begin).findFirst().orElse(end(view));
      revisions.add(new Revision<>(states.get(i), begin, until));
    }
    return revisions;
  }

  private static long end(View view) {
    long removed = view.head().state().removed();
    return removed > 0 ? removed : Revision.NOW;
  }
}
