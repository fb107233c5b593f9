package dev.knowledgegraph.tck.publishing;

import dev.knowledgegraph.spi.ElementPublisher;

/** What takes one event keeps the contract. */
class InMemoryPublisherContractTest extends ElementPublisherContract {
  InMemoryPublisherContractTest() {
    super(() -> new InMemoryReceiver(ElementPublisher::each));
  }
}
