/** Jena TDB2, asked what every peer is asked. */
@org.jspecify.annotations.NullMarked
package dev.knowledgegraph.peers.jena;
