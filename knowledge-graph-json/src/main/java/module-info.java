/** The one mapping of events, values, kept answers and views to JSON. */
module dev.knowledgegraph.json {
  requires transitive com.fasterxml.jackson.core;
  requires transitive com.fasterxml.jackson.databind;
  requires transitive dev.knowledgegraph.core;
  requires transitive org.jspecify;

  exports dev.knowledgegraph.json;
}
