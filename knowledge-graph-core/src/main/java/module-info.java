/**
 * An embeddable knowledge graph: the domain, the buses, the ports and the in-memory adapter. Start
 * with {@link dev.knowledgegraph.KnowledgeGraph}.
 */
module dev.knowledgegraph.core {
  requires transitive org.jspecify;
  requires org.slf4j;

  exports dev.knowledgegraph;
  exports dev.knowledgegraph.command;
  exports dev.knowledgegraph.domain;
  exports dev.knowledgegraph.error;
  exports dev.knowledgegraph.event;
  exports dev.knowledgegraph.linking;
  exports dev.knowledgegraph.memory;
  exports dev.knowledgegraph.model;
  exports dev.knowledgegraph.query;
  exports dev.knowledgegraph.search;
  exports dev.knowledgegraph.spi;

  uses dev.knowledgegraph.spi.EmbedderFactory;
  uses dev.knowledgegraph.spi.SearchIndexFactory;
  uses dev.knowledgegraph.spi.StorageFactory;
}
