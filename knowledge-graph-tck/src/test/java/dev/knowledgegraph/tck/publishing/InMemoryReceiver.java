package dev.knowledgegraph.tck.publishing;

import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.spi.ElementPublisher;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A receiver in this process, to which a publisher is made. */
final class InMemoryReceiver implements Receiver {
  private final Queue<Trouble> next = new ConcurrentLinkedQueue<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final ElementPublisher publisher;
  private volatile Predicate<String> refused = id -> false;
  private volatile boolean isDown;

  InMemoryReceiver(Function<Consumer<EventEnvelope>, ElementPublisher> publishers) {
    publisher = publishers.apply(this::take);
  }

  private void take(EventEnvelope event) {
    Trouble trouble = next.poll();
    if (isDown || trouble == Trouble.FAIL || trouble == Trouble.HANG) {
      throw UnavailableException.notAnswered("DOWN", "no answer", null);
    }
    if (refused.test(event.id())) {
      throw new UndeliverableException("REFUSED", "never", null);
    }
    taken.add(event.id());
    if (trouble != null) {
      throw UnavailableException.notAnswered("LOST", "the answer was lost", null);
    }
  }

  @Override
  public ElementPublisher publisher() {
    return publisher;
  }

  @Override
  public List<String> taken() {
    return taken;
  }

  @Override
  public void will(List<Trouble> troubles) {
    next.addAll(troubles);
  }

  @Override
  public void refuses(Predicate<String> ids) {
    refused = ids;
  }

  @Override
  public void goDown() {
    isDown = true;
  }

  @Override
  public void comeUp() {
    isDown = false;
  }

  @Override
  public void close() {}
}
