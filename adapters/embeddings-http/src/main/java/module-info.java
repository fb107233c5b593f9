/** Vectors from a service. Start with {@link dev.knowledgegraph.embeddings.http.HttpEmbedder}. */
module dev.knowledgegraph.embeddings.http {
  requires transitive dev.knowledgegraph.core;
  requires com.fasterxml.jackson.core;
  requires dev.failsafe.core;
  requires java.net.http;

  exports dev.knowledgegraph.embeddings.http;

  provides dev.knowledgegraph.spi.EmbedderFactory with
      dev.knowledgegraph.embeddings.http.HttpEmbedderFactory;
}
