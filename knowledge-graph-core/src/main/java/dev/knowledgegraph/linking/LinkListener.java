package dev.knowledgegraph.linking;

/** Is told of links as they are decided. */
public interface LinkListener {
  /** Listens to nothing. */
  LinkListener NONE =
      new LinkListener() {
        @Override
        public void decided(Link link) {}
      };

  /** A link was found, and this became of it. */
  void decided(Link link);

  /**
   * So many nodes have been looked at, and what was found there is durable.
   *
   * @param total of nodes to look at
   * @return whether to go on
   */
  default boolean reached(long nodes, long total) {
    return true;
  }
}
