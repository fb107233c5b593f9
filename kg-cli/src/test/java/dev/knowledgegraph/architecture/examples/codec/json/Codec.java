package dev.knowledgegraph.architecture.examples.codec.json;

import dev.knowledgegraph.architecture.examples.codec.io.Format;

/** A codec that knows a format. */
record Codec(Format format) {}
