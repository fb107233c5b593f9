package dev.knowledgegraph.query;

/**
 * How a question is to be answered.
 *
 * @param at the moment the answer is about
 * @param consistency what a search, or an answer that was kept, must have seen; other questions see
 *     everything always
 * @param listener hears how far an analysis has come
 */
public record QueryOptions(Moment at, Consistency consistency, ProgressListener listener) {
  /** About now, with all that was committed. */
  public static QueryOptions now() {
    return at(Moment.now());
  }

  /** About a moment, with all that was committed. */
  public static QueryOptions at(Moment moment) {
    return new QueryOptions(moment, Consistency.latest(), ProgressListener.NONE);
  }

  public QueryOptions withMoment(Moment newMoment) {
    return new QueryOptions(newMoment, consistency, listener);
  }

  public QueryOptions withConsistency(Consistency newConsistency) {
    return new QueryOptions(at, newConsistency, listener);
  }

  public QueryOptions withListener(ProgressListener newListener) {
    return new QueryOptions(at, consistency, newListener);
  }
}
