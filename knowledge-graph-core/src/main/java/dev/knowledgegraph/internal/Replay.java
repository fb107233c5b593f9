package dev.knowledgegraph.internal;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.NodeEvent.NodeUnmerged;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Storage;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the log of a graph into a storage as it stands: state, history, totals and fingerprint
 * follow from the events alone. For one thread.
 */
final class Replay {
  private static final int GROUP = 256;

  private final Storage storage;
  private final GraphRef ref;

  Replay(Storage storage, GraphRef ref) {
    this.storage = storage;
    this.ref = ref;
  }

  void write(List<Committed> log) {
    var group = new ArrayList<Committed>();
    for (Committed entry : log) {
      // What an unmerge brings back is looked up in the history, so that has to be written.
      if (group.size() == GROUP
          || entry.events().stream().anyMatch(NodeUnmerged.class::isInstance)) {
        append(group);
        group.clear();
      }
      group.add(entry);
    }
    append(group);
  }

  private void append(List<Committed> entries) {
    var unit = new UnitOfWork(storage, ref, storage.findGraph(ref.id()).orElse(null));
    var commits = new ArrayList<Commit>();
    for (Committed entry : entries) {
      long before = unit.head().sequence();
      if (!entry.position().graph().equals(ref.id()) || entry.position().sequence() != before + 1) {
        throw new ConflictException(
            "graph " + ref.id() + " is at " + before + ", so " + entry.position() + " is not next");
      }
      unit.begin(entry.time());
      entry.events().forEach(unit::apply);
      var changes = unit.changes();
      unit.end();
      commits.add(new Commit(ref, before, entry, changes, unit.head(), null));
    }
    if (!commits.isEmpty()) {
      storage.append(commits);
    }
  }
}
