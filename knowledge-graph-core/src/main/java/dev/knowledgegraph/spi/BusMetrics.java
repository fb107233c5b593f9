package dev.knowledgegraph.spi;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.UserId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what passes the buses, to count and time it. Called in the thread of the caller, after
 * the outcome is known, so it must be quick; what it throws is logged and changes nothing. Must be
 * safe to share between threads.
 */
public interface BusMetrics {
  /** Nobody measures; costs nothing. */
  BusMetrics NONE =
      new BusMetrics() {
        @Override
        public boolean isOn() {
          return false;
        }
      };

  /** Whether it wants to be told now of calls that did not fail; of the others it always is. */
  default boolean isOn() {
    return true;
  }

  /** One command was carried out, refused or failed, or one question answered. */
  default void called(Call call) {}

  /** One transaction is durable. */
  default void written(Write write) {}

  /** An answer was looked for in the cache; told only while {@link #isOn}. */
  default void looked(Lookup lookup) {}

  /**
   * One command or one question.
   *
   * @param kind of the command or query, such as {@code AddNode} or {@code FindPath}
   * @param caller an id, for logs; as a tag it would have too many values, and so would the graph
   * @param graph null if the question is not about one
   * @param duration from the call to its outcome; zero for a failure while {@link #isOn} is false
   * @param together how many commands came in this call, this one included; 1 for a question
   * @param changes how many elements the command added, changed or removed by name: of a bulk
   *     command its items, of others their events; 0 for a question
   */
  record Call(
      Side side,
      String kind,
      UserId caller,
      @Nullable GraphId graph,
      Outcome outcome,
      Duration duration,
      int together,
      int changes) {}

  /**
   * A look into the cache of answers.
   *
   * @param kind of the query, such as {@code FindPath}
   * @param found whether an answer was there that is true now
   */
  record Lookup(String kind, boolean found) {}

  /** Which bus was called. Closed until the next major version. */
  enum Side {
    COMMAND,
    QUERY
  }

  /** What became of a call. Closed until the next major version. */
  sealed interface Outcome {
    /** It was carried out, or answered. */
    record Accepted() implements Outcome {}

    /**
     * A rule refused it.
     *
     * @param code of the {@link dev.knowledgegraph.error.Rejection}
     */
    record Rejected(String code) implements Outcome {}

    /**
     * Something broke.
     *
     * @param code of the {@link dev.knowledgegraph.error.KnowledgeGraphException}, or the name of
     *     the JDK's exception
     */
    record Failed(String code) implements Outcome {}
  }

  /**
   * What the writer pipeline wrote at once.
   *
   * @param commits how large the group was: of how many commands it holds the commits
   * @param elements how many settings, categories, nodes and edges they change, those included that
   *     ended by rule
   * @param duration of the append, until it was durable
   */
  record Write(int commits, int elements, Duration duration) {}
}
