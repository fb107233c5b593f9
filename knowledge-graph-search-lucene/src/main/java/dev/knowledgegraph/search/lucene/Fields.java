package dev.knowledgegraph.search.lucene;

/** The names of a document's fields. */
final class Fields {
  /** Owner and graph; in every document and in every query. */
  static final String SCOPE = "scope";

  /** The graph's id, to tell nodes of one id apart and to count by. */
  static final String GRAPH = "graph";

  /** Graph and node: what all versions of a node have in common. */
  static final String NODE = "node";

  /**
   * Graph, node and the commit that made the version, of all but the first of a node: one document
   * has it.
   */
  static final String VERSION = "version";

  /** The node's id as two numbers that order as ids do. */
  static final String ID_HIGH = "id-high";

  static final String ID_LOW = "id-low";

  /** The commit that made this version. */
  static final String FROM = "from";

  /** The commit that ended it; {@link NodeDocument#NOW} as long as none has. */
  static final String TO = "to";

  /** What of the node the document was made of, hashed. */
  static final String HASH = "hash";

  static final String TITLE = "title";
  static final String BODY = "body";
  static final String TAG_WORDS = "tag-words";
  static final String LABEL_WORDS = "label-words";
  static final String PROPERTY_WORDS = "property-words";

  /** Words of all of these, each as often as it counts by standard weights. */
  static final String WORDS = "words";

  /** Words of the key and of each property, each after the name and {@link #AFTER_NAME}. */
  static final String NAMED_WORDS = "named-words";

  static final char AFTER_NAME = '\u0001';

  /** Whole values, to filter by and to count. */
  static final String LABEL = "label";

  static final String TAG = "tag";
  static final String STATUS = "status";
  static final String CATEGORY = "category";
  static final String DAY = "day";

  /** Microseconds, to filter by. */
  static final String CREATED = "created";

  static final String UPDATED = "updated";

  /** How long the title is, to order suggestions by. */
  static final String TITLE_LENGTH = "title-length";

  static final String VECTOR = "vector";

  private Fields() {}
}
