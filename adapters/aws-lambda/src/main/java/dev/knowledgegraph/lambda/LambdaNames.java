package dev.knowledgegraph.lambda;

import dev.knowledgegraph.functions.FunctionNames;
import java.util.Map;
import java.util.Objects;

/**
 * What a deployment on AWS has to name besides the functions ({@link FunctionNames}), the table of
 * the graphs and the keys of both tables ({@link
 * dev.knowledgegraph.storage.dynamodb.DynamoDbTable}), and what is on the bus ({@code
 * EventBridgeNames} of knowledge-graph-eventbridge). They never change.
 */
public final class LambdaNames {
  /** The table of connections unless somebody says otherwise; made like that of the graphs. */
  public static final String CONNECTION_TABLE = "knowledge-graph-connections";

  /** The environment variable with the address of the store, such as {@code dynamodb:TABLE}. */
  public static final String STORE = "KG_STORE";

  /** The environment variable with the address of the table of connections. */
  public static final String CONNECTIONS = "KG_CONNECTIONS";

  /** The environment variable with the address that the management API of the gateway has. */
  public static final String ENDPOINT = "KG_WEBSOCKET_ENDPOINT";

  /**
   * The environment variable that says how {@value FunctionNames#CONNECT_NODE} links in every
   * graph, in the words of {@link dev.knowledgegraph.model.AutoLink}. Without it, or with {@code
   * off}, each graph's setting counts.
   */
  public static final String AUTO_LINK = "KG_AUTO_LINK";

  /** Whether {@code cleanup} also ends the edges of archived nodes: {@code true}, else no. */
  public static final String CLEAN_ARCHIVED = "KG_CLEAN_ARCHIVED";

  /** The environment variable that lets {@value FunctionNames#CLEANUP} recount, if {@code true}. */
  public static final String RECOUNT = "KG_RECOUNT";

  /** The environment variable with the folder for search indexes; on Lambda only /tmp will do. */
  public static final String CACHE = "XDG_CACHE_HOME";

  /** The route of the WebSocket API on which a connection is let in. */
  public static final String CONNECT_ROUTE = "$connect";

  /** The route of the WebSocket API on which a connection is said to be over. */
  public static final String DISCONNECT_ROUTE = "$disconnect";

  /** The field of the authorizer's context that says who it is. */
  public static final String PRINCIPAL = "principalId";

  private static final String PREFIX = "knowledge-graph-";

  private static final Map<String, Class<?>> HANDLERS =
      Map.of(
          FunctionNames.CONNECT_NODE, ConnectNodeHandler.class,
          FunctionNames.CLEANUP, CleanupHandler.class,
          FunctionNames.WS_CONNECT, WsConnectHandler.class,
          FunctionNames.WS_DISCONNECT, WsDisconnectHandler.class,
          FunctionNames.WS_SEND_MESSAGE, WsSendMessageHandler.class);

  private LambdaNames() {}

  /** The queue before a function of events. */
  public static String queue(String function) {
    return PREFIX + function;
  }

  /** Where the queue puts what failed too often. */
  public static String deadLetterQueue(String function) {
    return queue(function) + "-dead-letters";
  }

  /** What Lambda calls the handler of a function: the name of its class. */
  public static String handler(String function) {
    return Objects.requireNonNull(HANDLERS.get(function), "no such function").getName();
  }
}
