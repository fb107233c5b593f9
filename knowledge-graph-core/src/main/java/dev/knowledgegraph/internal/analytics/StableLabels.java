package dev.knowledgegraph.internal.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Lets communities keep their ids from one run to the next: those that have most nodes in common
 * with a former one get its id, largest overlap first, ties by the smaller former id and then by
 * the smaller new number. Each id is kept by one community at most; all others get unused ones.
 *
 * <p>Greedy, O(nodes · log nodes).
 */
public final class StableLabels {
  /** In a former division: the node was not there. */
  public static final int ABSENT = -1;

  private static final Comparator<Overlap> LARGEST_FIRST =
      Comparator.comparingInt(Overlap::nodes)
          .reversed()
          .thenComparingInt(Overlap::former)
          .thenComparingInt(Overlap::community);

  private StableLabels() {}

  /**
   * The id of each new community.
   *
   * @param former the former id of the community of each node, or {@link #ABSENT}
   * @param communities the new community of each node, from 0 to before {@code count}
   * @param unused an id from which on none was ever given
   */
  public static int[] of(int[] former, int[] communities, int count, int unused) {
    int[] ids = new int[count];
    Arrays.fill(ids, ABSENT);
    boolean[] kept = new boolean[unused];
    for (Overlap overlap : overlaps(former, communities)) {
      if (ids[overlap.community] == ABSENT && !kept[overlap.former]) {
        ids[overlap.community] = overlap.former;
        kept[overlap.former] = true;
      }
    }
    int next = unused;
    for (int community = 0; community < count; community++) {
      if (ids[community] == ABSENT) {
        ids[community] = next++;
      }
    }
    return ids;
  }

  /** The pairs that have nodes in common, in the order in which they may choose. */
  private static List<Overlap> overlaps(int[] former, int[] communities) {
    if (former.length != communities.length) {
      throw new IllegalArgumentException("expected two divisions of the same nodes");
    }
    long[] pairs = new long[former.length];
    int count = 0;
    for (int node = 0; node < former.length; node++) {
      if (former[node] != ABSENT) {
        pairs[count++] = (long) former[node] << 32 | communities[node];
      }
    }
    Arrays.sort(pairs, 0, count);
    List<Overlap> overlaps = new ArrayList<>();
    int begin = 0;
    for (int end = 1; end <= count; end++) {
      if (end == count || pairs[end] != pairs[begin]) {
        overlaps.add(new Overlap(end - begin, (int) (pairs[begin] >>> 32), (int) pairs[begin]));
        begin = end;
      }
    }
    overlaps.sort(LARGEST_FIRST);
    return overlaps;
  }

  private record Overlap(int nodes, int former, int community) {}
}
