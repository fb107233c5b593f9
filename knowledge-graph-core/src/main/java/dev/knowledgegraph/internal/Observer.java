package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.spi.BusMetrics;
import dev.knowledgegraph.spi.BusMetrics.Call;
import dev.knowledgegraph.spi.BusMetrics.Lookup;
import dev.knowledgegraph.spi.BusMetrics.Outcome;
import dev.knowledgegraph.spi.BusMetrics.Write;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times calls for metrics that are on, and keeps what metrics throw away from callers. */
record Observer(BusMetrics metrics) {
  private static final Logger LOG = LoggerFactory.getLogger(Observer.class);
  private static final long OFF = 0;

  /** When a call begins; nothing is measured if nobody wants to know. */
  long start() {
    return metrics.isOn() ? System.nanoTime() : OFF;
  }

  boolean isOn(long start) {
    return start != OFF;
  }

  Duration since(long start) {
    return start == OFF ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
  }

  void called(Call call) {
    tell(told -> told.called(call));
  }

  void written(Write write) {
    tell(told -> told.written(write));
  }

  void looked(Lookup lookup) {
    if (metrics.isOn()) {
      tell(told -> told.looked(lookup));
    }
  }

  private void tell(Consumer<BusMetrics> message) {
    try {
      message.accept(metrics);
    } catch (RuntimeException e) {
      LOG.warn("metrics failed", e);
    }
  }

  static Outcome outcome(RuntimeException thrown) {
    return switch (thrown) {
      case RejectedException refused -> new Outcome.Rejected(refused.code());
      case KnowledgeGraphException failure -> new Outcome.Failed(failure.code());
      default -> new Outcome.Failed(thrown.getClass().getSimpleName());
    };
  }
}
