package dev.knowledgegraph.tck.publishing;

import dev.knowledgegraph.spi.ElementPublisher;
import java.util.List;
import java.util.function.Predicate;

/**
 * What events are delivered to, and the publisher that does; it misbehaves as the test says. Waits
 * of the publisher must be short here: milliseconds. May be shared between threads.
 */
public interface Receiver extends AutoCloseable {
  /** The publisher under test, always the same. */
  ElementPublisher publisher();

  /** The ids of the events it took, in the order in which it took them. */
  List<String> taken();

  /** The next requests meet this, each one; those that follow are answered well. */
  void will(List<Trouble> next);

  /** From now on never takes events of such ids. */
  void refuses(Predicate<String> ids);

  /** Cannot be reached from now on. */
  void goDown();

  /** Can be reached again. */
  void comeUp();

  @Override
  void close();

  /** What can happen to a request. */
  enum Trouble {
    /** Nothing is taken, and it is told. */
    FAIL,
    /** Nothing is taken, and no answer comes. */
    HANG,
    /** All is taken, and no answer comes. */
    LOSE_THE_ANSWER,
    /** Some of it is taken, where a request has several events; else nothing. */
    TAKE_A_PART
  }
}
