package dev.knowledgegraph.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C, or a polite request to end, does: a long command stops where everything it said is
 * saved, any other ends at once. No commit is torn either way.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 10;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean wanted;
  private volatile boolean stoppable;

  /** Makes the signals of this process arrive here; for a process that carries out one command. */
  void listen(PrintStream err) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(err), "interruption"));
  }

  private void interrupt(PrintStream err) {
    if (ended.getCount() == 0) {
      return;
    }
    wanted = true;
    if (!stoppable || !endsInTime()) {
      err.println("interrupted; what was acknowledged is kept.");
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }

  private boolean endsInTime() {
    try {
      return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Says that the command looks at {@link #isWanted} now and then. */
  void promiseToLook() {
    stoppable = true;
  }

  boolean isWanted() {
    return wanted;
  }

  /** Says that the command is over. */
  void end() {
    ended.countDown();
  }
}
