package dev.knowledgegraph.query;

/**
 * How a question is to be answered.
 *
 * @param at the moment the answer is about
 * @param consistency what a search must have seen; other questions see everything always
 */
public record QueryOptions(Moment at, Consistency consistency) {
  /** About now, with all that was committed. */
  public static QueryOptions now() {
    return at(Moment.now());
  }

  /** About a moment, with all that was committed. */
  public static QueryOptions at(Moment moment) {
    return new QueryOptions(moment, Consistency.latest());
  }

  public QueryOptions withConsistency(Consistency newConsistency) {
    return new QueryOptions(at, newConsistency);
  }
}
