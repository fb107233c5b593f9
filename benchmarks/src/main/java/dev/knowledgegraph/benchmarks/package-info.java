/** The figures of the product, each measured beside a peer or a floor in one run. */
@org.jspecify.annotations.NullMarked
package dev.knowledgegraph.benchmarks;
