package dev.knowledgegraph.query;

/**
 * How a question is to be answered.
 *
 * @param at the moment the answer is about
 */
public record QueryOptions(Moment at) {
  public static QueryOptions now() {
    return new QueryOptions(Moment.now());
  }

  public static QueryOptions at(Moment moment) {
    return new QueryOptions(moment);
  }
}
