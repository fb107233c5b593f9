package dev.knowledgegraph.functions;

import java.util.List;

/** What the functions are called wherever they are deployed. They never change. */
public final class FunctionNames {
  /** Links nodes that are new or say something new: {@link ConnectNode}. */
  public static final String CONNECT_NODE = "connect-node";

  /** Clears what hangs on removed nodes: {@link Cleanup}. */
  public static final String CLEANUP = "cleanup";

  /** Notes a connection: {@link WsConnect}. */
  public static final String WS_CONNECT = "ws-connect";

  /** Forgets a connection: {@link WsDisconnect}. */
  public static final String WS_DISCONNECT = "ws-disconnect";

  /** Sends events to the connections of their owner: {@link WsSendMessage}. */
  public static final String WS_SEND_MESSAGE = "ws-send-message";

  /** All of them. */
  public static final List<String> ALL =
      List.of(CONNECT_NODE, CLEANUP, WS_CONNECT, WS_DISCONNECT, WS_SEND_MESSAGE);

  private FunctionNames() {}
}
