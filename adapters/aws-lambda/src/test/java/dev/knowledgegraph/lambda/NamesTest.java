package dev.knowledgegraph.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.event.NodeEvent.NodeArchived;
import dev.knowledgegraph.eventbridge.EventBridgeNames;
import dev.knowledgegraph.functions.FunctionNames;
import dev.knowledgegraph.json.CloudEvents;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.storage.dynamodb.DynamoDbTable;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What deployments repeat: it never changes, or what was deployed breaks. */
class NamesTest {
  @Test
  void the_tables_and_their_attributes_stay_what_they_were() {
    assertThat(DynamoDbTable.DEFAULT_NAME).isEqualTo("knowledge-graph");
    assertThat(LambdaNames.CONNECTION_TABLE).isEqualTo("knowledge-graph-connections");
    assertThat(List.of(DynamoDbTable.PARTITION_KEY, DynamoDbTable.SORT_KEY, DynamoDbTable.EXPIRES))
        .containsExactly("pk", "sk", "expires");
  }

  @Test
  void the_bus_and_what_is_on_it_stay_what_they_were() {
    assertThat(EventBridgeNames.DEFAULT_BUS).isEqualTo("default");
    assertThat(EventBridgeNames.SOURCE).isEqualTo("dev.knowledgegraph");
    assertThat(CloudEvents.TYPE_PREFIX).isEqualTo("dev.knowledgegraph.");
    assertThat(EventBridgeNames.detailType(new NodeArchived(NodeId.of(new UUID(0, 1)))))
        .isEqualTo("dev.knowledgegraph.node.archived.v1");
  }

  @Test
  void the_functions_their_queues_and_their_handlers_stay_what_they_were() {
    assertThat(FunctionNames.ALL)
        .extracting(
            name -> name, LambdaNames::queue, LambdaNames::deadLetterQueue, LambdaNames::handler)
        .extracting(Object::toString)
        .containsExactly(
            row("connect-node", "ConnectNodeHandler"),
            row("cleanup", "CleanupHandler"),
            row("ws-connect", "WsConnectHandler"),
            row("ws-disconnect", "WsDisconnectHandler"),
            row("ws-send-message", "WsSendMessageHandler"));
  }

  private static String row(String name, String handler) {
    return "(\"%s\", \"knowledge-graph-%s\", \"knowledge-graph-%s-dead-letters\", \"%s\")"
        .formatted(name, name, name, "dev.knowledgegraph.lambda." + handler);
  }

  @Test
  void the_variables_and_routes_stay_what_they_were() {
    assertThat(
            List.of(
                LambdaNames.STORE,
                LambdaNames.CONNECTIONS,
                LambdaNames.ENDPOINT,
                LambdaNames.AUTO_LINK,
                LambdaNames.CLEAN_ARCHIVED,
                LambdaNames.RECOUNT,
                LambdaNames.CACHE))
        .containsExactly(
            "KG_STORE",
            "KG_CONNECTIONS",
            "KG_WEBSOCKET_ENDPOINT",
            "KG_AUTO_LINK",
            "KG_CLEAN_ARCHIVED",
            "KG_RECOUNT",
            "XDG_CACHE_HOME");
    assertThat(List.of(LambdaNames.CONNECT_ROUTE, LambdaNames.DISCONNECT_ROUTE))
        .containsExactly("$connect", "$disconnect");
    assertThat(LambdaNames.PRINCIPAL).isEqualTo("principalId");
  }
}
