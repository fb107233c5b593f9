package dev.knowledgegraph.architecture.examples.stores.storage.jdbc;

import dev.knowledgegraph.architecture.examples.stores.io.Format;

/** A store that knows a format. */
record Loader(Format format) {}
