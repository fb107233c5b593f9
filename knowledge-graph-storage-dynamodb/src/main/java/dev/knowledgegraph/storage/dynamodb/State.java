package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphHead;

/**
 * What a commit left a graph with. It stands in the log beside the commit, and in the head.
 *
 * @param settings the sequence number since which the settings are as they are; 0 before the first
 * @param removed the sequence number that ended the graph; 0 if none did
 */
record State(GraphHead totals, long settings, long removed) {
  static final State EMPTY = new State(GraphHead.EMPTY, 0, 0);

  Item in(Item item) {
    return item.number("time", LogFormat.micros(totals.time()))
        .number("nodes", totals.nodes())
        .number("edges", totals.edges())
        .bytes("fingerprint", totals.fingerprint().bytes())
        .number("settings", settings)
        .number("removed", removed);
  }

  static State of(Item item, long sequence) {
    return sequence == 0
        ? EMPTY
        : new State(
            new GraphHead(
                sequence,
                LogFormat.instant(item.number("time")),
                item.number("nodes"),
                item.number("edges"),
                Fingerprint.of(item.bytes("fingerprint"))),
            item.number("settings"),
            item.number("removed"));
  }
}
