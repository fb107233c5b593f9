package dev.knowledgegraph.spi;

import java.util.UUID;

/** Makes ids. Every id is greater than the one before it; may be shared between threads. */
@FunctionalInterface
public interface IdGenerator {
  /** A new UUID of version 7. */
  UUID next();
}
