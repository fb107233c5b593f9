package dev.knowledgegraph.eventbridge;

import dev.knowledgegraph.tck.publishing.ElementPublisherContract;

/** EventBridge keeps the contract of publishers, through the client of AWS. */
class EventBridgePublisherContractTest extends ElementPublisherContract {
  EventBridgePublisherContractTest() {
    super(StandIn::new);
  }
}
