/**
 * Events on a bus of Amazon EventBridge. Start with {@link
 * dev.knowledgegraph.eventbridge.EventBridgePublisher}.
 */
// Whoever makes the client needs its module, and no part of the SDK says more than a name.
@SuppressWarnings("requires-transitive-automatic")
module dev.knowledgegraph.eventbridge {
  requires transitive dev.knowledgegraph.core;
  requires transitive dev.knowledgegraph.resilience;
  requires transitive software.amazon.awssdk.services.eventbridge;
  requires dev.knowledgegraph.json;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;

  exports dev.knowledgegraph.eventbridge;
}
