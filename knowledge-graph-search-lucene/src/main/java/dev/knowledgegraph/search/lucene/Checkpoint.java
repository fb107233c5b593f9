package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Storage;
import java.util.List;

/**
 * How far an index has come in the log of one graph.
 *
 * @param sequence of the last commit it has taken
 * @param witness of that commit; a log that was set back and went on otherwise has another one
 *     there
 */
record Checkpoint(GraphRef graph, long sequence, String witness) {
  private static final String NOTHING_YET = "-";

  static Checkpoint start(GraphRef graph) {
    return new Checkpoint(graph, 0, NOTHING_YET);
  }

  Checkpoint at(Committed commit) {
    return new Checkpoint(graph, commit.position().sequence(), witness(commit));
  }

  /** What no two commits have in common: the command's id, and a time that only ever grows. */
  private static String witness(Committed commit) {
    return commit.time() + " " + Integer.toHexString(commit.commandId().hashCode());
  }

  /** Whether the log is the one that was read, as far as it was read. */
  boolean fits(Storage storage) {
    if (sequence == 0) {
      return true;
    }
    List<Committed> commit = storage.read(graph, sequence - 1, 1);
    return !commit.isEmpty() && witness(commit.getFirst()).equals(witness);
  }

  /** As text, to keep with the documents. */
  String text() {
    return sequence + " " + witness + "\n" + graph.owner().value();
  }

  static Checkpoint parse(String graph, String text) {
    int space = text.indexOf(' ');
    int line = text.indexOf('\n');
    return new Checkpoint(
        new GraphRef(UserId.of(text.substring(line + 1)), GraphId.parse(graph)),
        Long.parseLong(text.substring(0, space)),
        text.substring(space + 1, line));
  }
}
