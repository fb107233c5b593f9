package dev.knowledgegraph.internal;

import dev.knowledgegraph.internal.StorageCommandBus.Ticket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A line of callers of whom one at a time works, for itself and for those behind it. Who waits
 * sleeps until its work is done or it is at the head. Not interruptible: what was taken on is
 * carried out, and the caller learns the outcome.
 */
final class Line {
  /** A caller in line. */
  private static final class Turn {
    final Thread thread = Thread.currentThread();
    final List<Ticket> tickets;
    volatile boolean done;
    volatile boolean head;

    Turn(List<Ticket> tickets) {
      this.tickets = tickets;
    }
  }

  private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
  private boolean working;

  /**
   * Has the tickets carried out, by this thread or by one before it.
   *
   * @param work carries out a group of tickets; called by one thread at a time
   */
  void pass(List<Ticket> tickets, Consumer<List<Ticket>> work) {
    var mine = new Turn(tickets);
    synchronized (waiting) {
      waiting.add(mine);
      if (!working) {
        working = true;
        mine.head = true;
      }
    }
    boolean interrupted = false;
    while (!mine.done && !mine.head) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (!mine.done) {
      lead(work);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void lead(Consumer<List<Ticket>> work) {
    List<Turn> turns = next();
    try {
      var group = new ArrayList<Ticket>();
      turns.forEach(turn -> group.addAll(turn.tickets));
      work.accept(group);
    } finally {
      Turn next;
      synchronized (waiting) {
        next = waiting.peek();
        working = next != null;
      }
      wake(next);
      for (Turn turn : turns) {
        turn.done = true;
        if (turn.thread != Thread.currentThread()) {
          LockSupport.unpark(turn.thread);
        }
      }
    }
  }

  private static void wake(@Nullable Turn next) {
    if (next != null) {
      next.head = true;
      LockSupport.unpark(next.thread);
    }
  }

  /** The head of the line and as many behind it as make a group; a long list goes alone. */
  private List<Turn> next() {
    var turns = new ArrayList<Turn>();
    int size = 0;
    synchronized (waiting) {
      for (Turn turn = waiting.peek(); turn != null; turn = waiting.peek()) {
        if (size > 0 && size + turn.tickets.size() > StorageCommandBus.GROUP) {
          break;
        }
        turns.add(waiting.remove());
        size += turn.tickets.size();
      }
    }
    return turns;
  }
}
