/**
 * Events as signed HTTP requests. Start with {@link dev.knowledgegraph.webhook.WebhookPublisher}.
 */
module dev.knowledgegraph.webhook {
  requires transitive dev.knowledgegraph.core;
  requires transitive dev.knowledgegraph.resilience;
  requires dev.knowledgegraph.json;
  requires java.net.http;

  exports dev.knowledgegraph.webhook;
}
