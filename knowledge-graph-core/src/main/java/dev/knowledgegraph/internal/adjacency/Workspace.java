package dev.knowledgegraph.internal.adjacency;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one traversal writes to: a mark for each node and a list of nodes. Marks are numbers that
 * grow from traversal to traversal, so nothing has to be cleared. Takes 8 bytes a node, and more
 * where a search needs them; kept in a {@link Pool} for the next traversal.
 */
final class Workspace {
  private int[] marks = new int[0];
  private int[] second = new int[0];
  private int[] list = new int[0];
  private int[] links = new int[0];
  private double[] numbers = new double[0];
  private int mark;

  private Workspace() {}

  private void prepare(int size) {
    if (marks.length < size) {
      marks = new int[size + size / 8];
      list = new int[marks.length + 1];
      second = new int[0];
      links = new int[0];
      numbers = new double[0];
      mark = 0;
    }
    if (mark > Integer.MAX_VALUE - 4) {
      marks = new int[marks.length];
      second = new int[second.length];
      mark = 0;
    }
  }

  /** A mark that no node has. */
  int freshMark() {
    return ++mark;
  }

  /** The mark of each node. */
  int[] marks() {
    return marks;
  }

  /** Numbers of a second kind for each node; whatever was left in it. */
  int[] second() {
    if (second.length < marks.length) {
      second = new int[marks.length];
    }
    return second;
  }

  /** A place for nodes in the order in which they were come to, and for one more. */
  int[] list() {
    return list;
  }

  /** A number for each node, such as how it was come to; whatever was left in it. */
  int[] links() {
    if (links.length < marks.length) {
      links = new int[marks.length];
    }
    return links;
  }

  /** A fractional number for each node; whatever was left in it. */
  double[] numbers() {
    if (numbers.length < marks.length) {
      numbers = new double[marks.length];
    }
    return numbers;
  }

  /** Workspaces that nobody uses at the moment; one is at hand without a search for it. */
  static final class Pool {
    private final AtomicReference<@Nullable Workspace> atHand = new AtomicReference<>();
    private final ConcurrentLinkedDeque<Workspace> free = new ConcurrentLinkedDeque<>();

    /** A workspace for so many nodes. */
    Workspace take(int size) {
      Workspace workspace = atHand.getAndSet(null);
      if (workspace == null) {
        workspace = free.pollFirst();
      }
      if (workspace == null) {
        workspace = new Workspace();
      }
      workspace.prepare(size);
      return workspace;
    }

    void give(Workspace workspace) {
      if (!atHand.compareAndSet(null, workspace)) {
        free.addFirst(workspace);
      }
    }
  }
}
