/** Neo4j, asked what every peer is asked. */
@org.jspecify.annotations.NullMarked
package dev.knowledgegraph.peers.neo4j;
