package dev.knowledgegraph.error;

/** Nothing in this process can do what was asked for; the message says what is missing. */
public final class UnsupportedCapabilityException extends KnowledgeGraphException {
  private static final long serialVersionUID = 1;

  /**
   * @param code such as SEARCH_UNSUPPORTED
   */
  public UnsupportedCapabilityException(String code, String message) {
    super(code, ErrorCategory.UNAVAILABLE, message, null);
  }
}
