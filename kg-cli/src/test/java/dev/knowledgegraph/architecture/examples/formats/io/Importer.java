package dev.knowledgegraph.architecture.examples.formats.io;

import dev.knowledgegraph.architecture.examples.formats.storage.Store;

/** A format that knows a store. */
record Importer(Store store) {}
