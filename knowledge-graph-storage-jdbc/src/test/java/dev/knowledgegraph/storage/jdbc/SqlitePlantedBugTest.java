package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.tck.kit.PlantedBugContract;

/** The contract kit catches bugs of a storage on SQLite. */
class SqlitePlantedBugTest extends PlantedBugContract {
  SqlitePlantedBugTest() {
    super(SqliteFixture::new);
  }
}
