/** Hops and paths beside other libraries and databases, each in a process of its own. */
@org.jspecify.annotations.NullMarked
package dev.knowledgegraph.benchmarks.peers;
