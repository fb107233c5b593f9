package dev.knowledgegraph.tck;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.search.LinkingContract;

/** Linking on the reference implementations. */
class InMemoryLinkingTest extends LinkingContract {
  InMemoryLinkingTest() {
    super(open(new InMemoryStorage(), true));
  }

  private static KnowledgeGraph open(Storage storage, boolean searchable) {
    var builder = KnowledgeGraph.builder().storage(storage);
    return (searchable
            ? builder.search(opened -> new InMemorySearchIndex(opened, HashingEmbedder.create()))
            : builder)
        .build();
  }

  /** What is in memory ends with its store; it is used on, when all is done that waits. */
  @Override
  protected KnowledgeGraph reopen(KnowledgeGraph before, boolean searchable) {
    before.drainAutoLinking();
    return open(before.storage(), searchable);
  }
}
