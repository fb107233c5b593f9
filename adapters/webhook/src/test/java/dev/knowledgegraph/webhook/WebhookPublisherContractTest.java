package dev.knowledgegraph.webhook;

import dev.knowledgegraph.tck.publishing.ElementPublisherContract;

/** A webhook keeps the contract of publishers, over real connections. */
class WebhookPublisherContractTest extends ElementPublisherContract {
  WebhookPublisherContractTest() {
    super(StandIn::new);
  }
}
