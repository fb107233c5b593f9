package dev.knowledgegraph.functions;

/**
 * What a function did with an event, in numbers. New cases may come in a minor release. All zero if
 * what the event is about is gone meanwhile.
 */
public sealed interface FunctionResult {
  /**
   * Nodes were linked.
   *
   * @param nodes how many are there and were looked at
   * @param linked how many edges were made
   * @param refused how many a rule of the graph does not allow
   * @param repeated how many parts of the work were found done by an earlier delivery
   */
  record Connected(long nodes, long linked, long refused, long repeated) implements FunctionResult {
    static final Connected NOTHING = new Connected(0, 0, 0, 0);

    Connected plus(Connected more) {
      return new Connected(
          nodes + more.nodes,
          linked + more.linked,
          refused + more.refused,
          repeated + more.repeated);
    }
  }

  /**
   * What hung on a node was cleared.
   *
   * @param edges how many were ended
   * @param sequence where the log stood when all below was looked at
   * @param indexed whether the search index has come at least there; false if there is none
   * @param agrees whether the totals that are kept agree with what was counted
   */
  record Cleaned(long edges, long sequence, boolean indexed, boolean agrees)
      implements FunctionResult {
    static final Cleaned NOTHING = new Cleaned(0, 0, false, true);
  }

  /**
   * An event was sent to connections.
   *
   * @param sent how many got it now
   * @param already how many had got it before
   * @param gone how many were found gone, and removed
   */
  record Sent(long sent, long already, long gone) implements FunctionResult {}
}
