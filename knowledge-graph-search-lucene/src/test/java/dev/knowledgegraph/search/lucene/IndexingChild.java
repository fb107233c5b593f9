package dev.knowledgegraph.search.lucene;

import static dev.knowledgegraph.model.NodeData.node;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/** A process that writes and indexes until it is killed: {@code IndexingChild STORE}. */
final class IndexingChild {
  private static final int KEPT = 50;

  private IndexingChild() {}

  /** Goes on without end. */
  @SuppressWarnings("SystemOut") // its parent waits for the first line
  public static void main(String[] args) {
    var store = open(Path.of(args[0]));
    var view = store.as(UserId.of("ada")).graph("notes");
    var kept = new ArrayList<NodeId>();
    for (int i = 0; ; i++) {
      kept.add(view.add(node("note " + i).body("common word" + i)));
      if (kept.size() > KEPT) {
        view.remove(kept.removeFirst());
        view.set(kept.get(KEPT / 2), node("changed").body("common"));
      }
      boolean isFound = view.search("common").iterator().hasNext();
      if (i == 0 && isFound) {
        System.out.println("begun");
      }
    }
  }

  static KnowledgeGraph open(Path home) {
    return KnowledgeGraph.builder()
        .storage(JdbcStorage.openSqlite(home))
        .search(
            LuceneSearch.in(
                home.resolve("index"),
                LuceneSearchConfig.standard().withCommitEvery(Duration.ofMillis(20))))
        .build();
  }
}
