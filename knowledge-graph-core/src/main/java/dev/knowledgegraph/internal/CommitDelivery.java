package dev.knowledgegraph.internal;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.ElementPublisher;
import dev.knowledgegraph.spi.EventPublisher;
import dev.knowledgegraph.spi.Storage;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers commit by commit; one that the publisher throws at holds the log position. */
public final class CommitDelivery implements Subscriber {
  private static final Logger LOG = LoggerFactory.getLogger(CommitDelivery.class);
  private static final int BATCH = 100;

  private final String name;
  private final Storage storage;
  private final EventPublisher publisher;

  /** To {@code publisher}, from the checkpoints kept under {@code name}. */
  public CommitDelivery(String name, Storage storage, EventPublisher publisher) {
    this.name = name;
    this.storage = storage;
    this.publisher = publisher;
  }

  @Override
  public Optional<ElementPublisher> elementPublisher() {
    return Optional.empty();
  }

  @Override
  public boolean deliver(GraphRef graph, BooleanSupplier mayGoOn) {
    long done = storage.checkpoint(name, graph);
    List<Committed> batch = storage.read(graph, done, BATCH);
    while (!batch.isEmpty()) {
      for (Committed commit : batch) {
        try {
          publisher.publish(graph, commit);
        } catch (RuntimeException e) {
          LOG.warn(
              "publisher {} failed at {} of graph {}; it gets it again",
              name,
              commit.position().sequence(),
              graph.id(),
              e);
          return false;
        }
        if (!mayGoOn.getAsBoolean()) {
          // Another process goes on from the checkpoint.
          return false;
        }
        done = commit.position().sequence();
        storage.saveCheckpoint(name, graph, done);
      }
      batch = storage.read(graph, done, BATCH);
    }
    return true;
  }
}
