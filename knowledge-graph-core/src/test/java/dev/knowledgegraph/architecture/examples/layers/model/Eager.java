package dev.knowledgegraph.architecture.examples.layers.model;

import dev.knowledgegraph.architecture.examples.layers.event.Happened;

/** A value that knows of events. */
record Eager(Happened happened) {}
