/**
 * Graphs in a table of DynamoDB. Start with {@link
 * dev.knowledgegraph.storage.dynamodb.DynamoDbStorage}. The modules of the AWS SDK are automatic,
 * under names that their makers chose; whoever opens a store has to give a client.
 */
@SuppressWarnings("requires-transitive-automatic")
module dev.knowledgegraph.storage.dynamodb {
  requires transitive dev.knowledgegraph.core;
  requires transitive software.amazon.awssdk.services.dynamodb;
  requires dev.knowledgegraph.json;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.urlconnection;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries;

  exports dev.knowledgegraph.storage.dynamodb;

  provides dev.knowledgegraph.spi.StorageFactory with
      dev.knowledgegraph.storage.dynamodb.DynamoDbStorageFactory;
}
