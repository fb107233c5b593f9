package dev.knowledgegraph.architecture.examples.foreignlibrary.spi;

import org.assertj.core.api.AbstractAssert;

/** A port that needs a library. */
interface Asserted {
  AbstractAssert<?, ?> assertion();
}
