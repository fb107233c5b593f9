package dev.knowledgegraph.internal;

import dev.knowledgegraph.spi.BusMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each command and question to the logger {@value #NAME}: for debugging, and as a
 * warning if it failed. Names ids, never anything that is stored under them.
 */
record BusLog(Logger log) implements BusMetrics {
  static final String NAME = "dev.knowledgegraph.bus";
  private static final String LINE = "{} {} of {} in graph {}: {}, {} us, {} together, {} changes";

  BusLog() {
    this(LoggerFactory.getLogger(NAME));
  }

  @Override
  public boolean isOn() {
    return log.isDebugEnabled();
  }

  @Override
  public void called(Call call) {
    switch (call.outcome()) {
      case Outcome.Accepted accepted -> log.debug(LINE, words(call, "accepted"));
      case Outcome.Rejected rejected -> log.debug(LINE, words(call, "rejected " + rejected.code()));
      case Outcome.Failed failed -> log.warn(LINE, words(call, "failed " + failed.code()));
    }
  }

  private static Object[] words(Call call, String outcome) {
    return new Object[] {
      call.side(),
      call.kind(),
      call.caller(),
      call.graph() == null ? "-" : call.graph(),
      outcome,
      call.duration().toNanos() / 1_000,
      call.together(),
      call.changes()
    };
  }
}
