/** What every peer is asked, how it is measured, and the floor: arrays without anything around. */
@org.jspecify.annotations.NullMarked
package dev.knowledgegraph.peers;
