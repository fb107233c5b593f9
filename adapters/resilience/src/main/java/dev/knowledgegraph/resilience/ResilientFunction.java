package dev.knowledgegraph.resilience;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function that runs elsewhere, called through a {@link Resilience}: a handler behind a network,
 * whoever invokes it and by which protocol. What still fails in the end is thrown, and comes again
 * with the next delivery.
 *
 * @param <A> what it is given
 * @param <B> what it answers
 */
public final class ResilientFunction<A, B extends @Nullable Object> implements Function<A, B> {
  private final Function<A, B> function;
  private final Resilience resilience;
  private final boolean isRepeatable;

  private ResilientFunction(Function<A, B> function, Resilience resilience, boolean isRepeatable) {
    this.function = function;
    this.resilience = resilience;
    this.isRepeatable = isRepeatable;
  }

  /** Around a function that may be given the same twice, as every handler of events may. */
  public static <A, B extends @Nullable Object> ResilientFunction<A, B> of(
      Function<A, B> function, Resilience resilience) {
    return new ResilientFunction<>(function, resilience, true);
  }

  /**
   * Around a function whose work must not be done twice: it is called again only if it is certain
   * that nothing was done, as {@link Resilience#callOnce} says.
   */
  public static <A, B extends @Nullable Object> ResilientFunction<A, B> once(
      Function<A, B> function, Resilience resilience) {
    return new ResilientFunction<>(function, resilience, false);
  }

  @Override
  public B apply(A argument) {
    return isRepeatable
        ? resilience.call(() -> function.apply(argument))
        : resilience.callOnce(() -> function.apply(argument));
  }
}
