package dev.knowledgegraph.architecture.examples.upward.memory;

import dev.knowledgegraph.architecture.examples.upward.Door;

/** Looks out of the door it is behind. */
record Peeping(Door door) {}
