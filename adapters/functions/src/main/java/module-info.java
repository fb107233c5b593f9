/**
 * Handlers of events and connections, for any runtime of functions. Start with {@link
 * dev.knowledgegraph.functions.ConnectNode} or {@link dev.knowledgegraph.functions.WsSendMessage}.
 */
module dev.knowledgegraph.functions {
  requires transitive dev.knowledgegraph.core;
  requires transitive dev.knowledgegraph.json;
  requires transitive dev.knowledgegraph.resilience;
  requires org.slf4j;

  exports dev.knowledgegraph.functions;
}
