/**
 * The contract kit: suites that every adapter runs, and what its tests are made with. For the test
 * scope. Start with {@link dev.knowledgegraph.tck.StorageFixture}.
 */
module dev.knowledgegraph.tck {
  requires transitive dev.knowledgegraph.core;
  requires transitive jdk.httpserver;
  requires transitive org.junit.jupiter.api;
  requires transitive org.junit.jupiter.params;
  requires org.assertj.core;
  requires org.junit.platform.launcher;

  exports dev.knowledgegraph.tck;
  exports dev.knowledgegraph.tck.cache;
  exports dev.knowledgegraph.tck.fault;
  exports dev.knowledgegraph.tck.kit;
  exports dev.knowledgegraph.tck.publishing;
  exports dev.knowledgegraph.tck.search;
  exports dev.knowledgegraph.tck.storage;

  // Tests are package-private methods.
  opens dev.knowledgegraph.tck.cache to
      org.junit.platform.commons;
  opens dev.knowledgegraph.tck.kit to
      org.junit.platform.commons;
  opens dev.knowledgegraph.tck.publishing to
      org.junit.platform.commons;
  opens dev.knowledgegraph.tck.search to
      org.junit.platform.commons;
  opens dev.knowledgegraph.tck.storage to
      org.junit.platform.commons;
}
