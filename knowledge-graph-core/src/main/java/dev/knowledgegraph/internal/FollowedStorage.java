package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.util.List;

/**
 * Tells {@link Heads} of every write. Commands, replays and removals all come through {@link
 * #append}: the log is the only thing that is ever written to a graph.
 */
final class FollowedStorage extends StorageDecorator {
  private final Heads heads;

  FollowedStorage(Storage storage, Heads heads) {
    super(storage);
    this.heads = heads;
  }

  @Override
  public void append(List<Commit> commits) {
    List<GraphId> graphs = commits.stream().map(commit -> commit.graph().id()).distinct().toList();
    graphs.forEach(heads::begin);
    try {
      super.append(commits);
    } finally {
      graphs.forEach(heads::end);
    }
  }
}
