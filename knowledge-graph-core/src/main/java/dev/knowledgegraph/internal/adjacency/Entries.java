package dev.knowledgegraph.internal.adjacency;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing list of row entries: a node at the other end, a {@linkplain Kind kind} and, where
 * weights are kept, a weight.
 */
final class Entries {
  int[] ends;
  int[] kinds;
  double @Nullable [] weights;
  int size;

  Entries(int room, boolean weighted) {
    ends = new int[room];
    kinds = new int[room];
    weights = weighted ? new double[room] : null;
  }

  void add(int end, int kind, double weight) {
    if (size == ends.length) {
      int room = Math.max(8, size + size / 2);
      ends = Arrays.copyOf(ends, room);
      kinds = Arrays.copyOf(kinds, room);
      weights = weights == null ? null : Arrays.copyOf(weights, room);
    }
    ends[size] = end;
    kinds[size] = kind;
    if (weights != null) {
      weights[size] = weight;
    }
    size++;
  }

  /** Takes out one entry like this; {@code false} if there is none. */
  boolean remove(int end, int kind, double weight) {
    for (int i = 0; i < size; i++) {
      if (ends[i] == end && kinds[i] == kind && (weights == null || weights[i] == weight)) {
        removeAt(i);
        return true;
      }
    }
    return false;
  }

  /** Takes out every entry with this end. */
  void removeAll(int end) {
    for (int i = size - 1; i >= 0; i--) {
      if (ends[i] == end) {
        removeAt(i);
      }
    }
  }

  private void removeAt(int i) {
    int after = size - i - 1;
    System.arraycopy(ends, i + 1, ends, i, after);
    System.arraycopy(kinds, i + 1, kinds, i, after);
    if (weights != null) {
      System.arraycopy(weights, i + 1, weights, i, after);
    }
    size--;
  }
}
