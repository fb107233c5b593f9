package dev.knowledgegraph.architecture.examples.exception.memory;

/** An exception that only one adapter knows. */
class HomemadeException extends RuntimeException {
  private static final long serialVersionUID = 1;
}
