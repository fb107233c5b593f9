package dev.knowledgegraph.tck;

import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.tck.search.EmbedderContract;

/** The embedder that needs no model keeps the contract. */
class HashingEmbedderContractTest extends EmbedderContract {
  HashingEmbedderContractTest() {
    super(HashingEmbedder::create);
  }
}
