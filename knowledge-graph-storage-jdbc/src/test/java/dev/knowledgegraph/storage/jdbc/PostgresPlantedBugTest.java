package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.tck.kit.PlantedBugContract;

/** The contract kit catches bugs of a storage on PostgreSQL. */
class PostgresPlantedBugTest extends PlantedBugContract {
  PostgresPlantedBugTest() {
    super(PostgresFixture::new);
  }
}
