package dev.knowledgegraph.search.lucene;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.spi.StorageDecorator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write to one store, on one machine. */
class SharedStoreTest {
  private static final UserId ADA = UserId.of("ada");

  @TempDir Path home;

  private KnowledgeGraph process(Storage storage) {
    return KnowledgeGraph.builder()
        .storage(new Shared(storage))
        .search(shared -> LuceneSearchIndexFactory.open(home, shared))
        .build();
  }

  @Test
  void each_finds_at_once_what_another_has_written() {
    var storage = new InMemoryStorage();
    var here = process(storage);
    var there = process(storage);
    var mine = here.as(ADA).graph("notes");
    var same = there.as(ADA).graph("notes");

    mine.add(node("brass wheels"));
    assertThat(mine.search("brass")).hasSize(1);
    assertThat(same.search("brass")).hasSize(1);
    same.add(node("more brass"));
    assertThat(same.search("brass")).hasSize(2);
    assertThat(mine.search("brass")).hasSize(2);

    assertThat(home.resolve("index")).isDirectory();
    assertThat(home.resolve("index-2")).isDirectory();
    here.close();
    there.close();
  }

  @Test
  void the_password_is_not_in_the_name_of_the_folder() {
    Path cache = home.resolve("cache");
    String address = "jdbc:postgresql://h/kg?user=ada&password=";
    Path folder = LuceneSearchIndexFactory.cache(address + "one", cache.toString());

    assertThat(folder).isEqualTo(LuceneSearchIndexFactory.cache(address + "two", cache.toString()));
    assertThat(folder.getParent()).isEqualTo(cache.resolve("knowledge-graph"));
    assertThat(LuceneSearchIndexFactory.cache(address + "&schema=x", cache.toString()))
        .isNotEqualTo(folder);
    assertThat(LuceneSearchIndexFactory.cache(address, null).toString())
        .startsWith(System.getProperty("user.home"));
  }

  private static final class Shared extends StorageDecorator {
    Shared(Storage storage) {
      super(storage);
    }

    @Override
    public boolean isShared() {
      return true;
    }

    /** It is the other process's as well. */
    @Override
    public void close() {}
  }
}
