package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.tck.kit.PlantedBugContract;

/** The contract kit catches bugs of a storage on DynamoDB Local. */
class DynamoDbPlantedBugTest extends PlantedBugContract {
  DynamoDbPlantedBugTest() {
    super(DynamoDbFixture::new);
  }
}
