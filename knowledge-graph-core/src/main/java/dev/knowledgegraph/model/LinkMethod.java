package dev.knowledgegraph.model;

/** How links are found in what nodes say. New methods may come in a minor release. */
public enum LinkMethod {
  /** Nodes that say alike are joined by an edge {@link EdgeType#SIMILAR}. */
  SIMILARITY,
  /** A node whose body has the name of another gets an edge {@link EdgeType#REFERENCE} to it. */
  MENTION;

  /** The lower-case name used in files, in provenance and on the wire. */
  public String code() {
    return Enums.code(this);
  }

  /** The type of the edges it makes. */
  public EdgeType edgeType() {
    return switch (this) {
      case SIMILARITY -> EdgeType.SIMILAR;
      case MENTION -> EdgeType.REFERENCE;
    };
  }
}
