package dev.knowledgegraph.architecture.examples.internals.io;

import dev.knowledgegraph.architecture.examples.internals.internal.Secret;

/** Sees it. */
record Curious(Secret secret) {}
