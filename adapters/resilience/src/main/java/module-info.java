/**
 * Tries, breakers, time-outs and bulkheads around what calls out of the process. Start with {@link
 * dev.knowledgegraph.resilience.Resilience}.
 */
module dev.knowledgegraph.resilience {
  requires transitive dev.knowledgegraph.core;
  requires dev.failsafe.core;
  requires org.slf4j;

  exports dev.knowledgegraph.resilience;
}
