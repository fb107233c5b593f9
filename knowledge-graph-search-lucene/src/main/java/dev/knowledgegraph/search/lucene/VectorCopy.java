package dev.knowledgegraph.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.QueryTimeout;
import org.jspecify.annotations.Nullable;

/** The vectors of one segment in memory, in parts; made by those who ask, once it is worth it. */
final class VectorCopy {
  /**
   * So often the vectors themselves are looked through first, which takes as long as a copy. A
   * process that asks once, and a segment that is soon merged, never pay for one.
   */
  static final int LOOKS_BEFORE = 6;

  /** No question copies more components of a segment, which take it a twentieth of a second. */
  private static final int MOST_COPIED = 1 << 24;

  private static final int KILOBYTE = 1_024;

  private final int size;
  private final Semaphore room;
  private final AtomicInteger looks = new AtomicInteger();
  private final ReentrantLock making = new ReentrantLock();
  private final List<CopiedBlock> made = new ArrayList<>();
  private int taken;
  private volatile @Nullable List<CopiedBlock> whole;

  /**
   * An empty one.
   *
   * @param size how many vectors there are
   * @param room in kilobytes, of which it takes what it needs if there is as much
   */
  VectorCopy(int size, Semaphore room) {
    this.size = size;
    this.room = room;
  }

  /**
   * All vectors, in their order; null as long as some are missing.
   *
   * <p>Who comes first copies what is missing, as far as one question may; others do not wait.
   */
  @Nullable List<CopiedBlock> blocks(FloatVectorValues vectors, QueryTimeout timeout)
      throws IOException {
    if (whole == null && looks.incrementAndGet() > LOOKS_BEFORE && making.tryLock()) {
      try {
        if (hasRoom(vectors.dimension())) {
          extend(vectors, timeout);
        }
      } finally {
        making.unlock();
      }
    }
    return whole;
  }

  private boolean hasRoom(int dimension) {
    int needed = (int) (CopiedBlock.bytes(size, dimension) / KILOBYTE) + 1;
    if (taken == 0 && room.tryAcquire(needed)) {
      taken = needed;
    }
    return taken > 0;
  }

  private void extend(FloatVectorValues vectors, QueryTimeout timeout) throws IOException {
    int from = made.size() * CopiedBlock.MOST;
    int most = Math.max(CopiedBlock.MOST, MOST_COPIED / vectors.dimension());
    int end = Math.min(size, from + most);
    while (from < end && !timeout.shouldExit()) {
      int count = Math.min(CopiedBlock.MOST, size - from);
      made.add(CopiedBlock.of(vectors, from, count));
      from += count;
    }
    if (from == size) {
      whole = List.copyOf(made);
    }
  }

  /** Gives its room back; nobody asks for it any more. */
  void drop() {
    making.lock();
    try {
      room.release(taken);
      taken = 0;
    } finally {
      making.unlock();
    }
  }
}
