package dev.knowledgegraph.linking;

import dev.knowledgegraph.linking.Link.Outcome;

/**
 * What a run of linking did, in numbers of links unless said otherwise.
 *
 * @param nodes how many nodes were looked at
 * @param linked made; in a dry run, would be made
 * @param present were there already
 * @param takenBack were removed by somebody, and are not made again
 * @param full are more than a node may have by the settings
 * @param refused a rule of the graph does not allow
 * @param ambiguousNames how many names several nodes have, so that nobody is meant by them
 * @param complete false if the listener stopped it
 */
public record LinkReport(
    long nodes,
    long linked,
    long present,
    long takenBack,
    long full,
    long refused,
    long ambiguousNames,
    boolean complete) {
  /** Nothing yet. */
  public static LinkReport none() {
    return new LinkReport(0, 0, 0, 0, 0, 0, 0, true);
  }

  /** With another link. */
  public LinkReport and(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Linked o -> counted(1, 0, 0, 0, 0);
      case Outcome.Present o -> counted(0, 1, 0, 0, 0);
      case Outcome.TakenBack o -> counted(0, 0, 1, 0, 0);
      case Outcome.Full o -> counted(0, 0, 0, 1, 0);
      case Outcome.Refused o -> counted(0, 0, 0, 0, 1);
    };
  }

  private LinkReport counted(int newLinked, int there, int removed, int tooMany, int notAllowed) {
    return new LinkReport(
        nodes,
        linked + newLinked,
        present + there,
        takenBack + removed,
        full + tooMany,
        refused + notAllowed,
        ambiguousNames,
        complete);
  }

  public LinkReport withNodes(long newNodes) {
    return new LinkReport(
        newNodes, linked, present, takenBack, full, refused, ambiguousNames, complete);
  }

  public LinkReport withAmbiguousNames(long names) {
    return new LinkReport(nodes, linked, present, takenBack, full, refused, names, complete);
  }

  public LinkReport withComplete(boolean newComplete) {
    return new LinkReport(
        nodes, linked, present, takenBack, full, refused, ambiguousNames, newComplete);
  }
}
