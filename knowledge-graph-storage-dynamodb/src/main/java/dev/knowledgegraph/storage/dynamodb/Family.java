package dev.knowledgegraph.storage.dynamodb;

/**
 * What a partition of a graph holds; each family has so many partitions as the graph has buckets.
 */
enum Family {
  /** Nodes: {@code id#seq}. */
  NODE("N"),
  /** Which node took a key: {@code hash of key#seq}. */
  KEY("K"),
  /** Which nodes took a title: {@code hash of title#created#id#seq}. */
  TITLE("T"),
  /** Nodes in the order in which they were added: {@code created#id#seq}. */
  CREATED("C"),
  /** Where an edge is found: {@code id#seq}. */
  EDGE("E"),
  /** Edges by source: {@code source#hash of type#target#id#seq}. */
  OUT("O"),
  /** Where the edges to a target are found: {@code target#hash of type#source#id#seq}. */
  IN("I"),
  /** The graph's settings, in one partition: {@code seq}. */
  SETTINGS("S"),
  /** Categories, in one partition: {@code id#seq}. */
  CATEGORY("Q"),
  /** Receipts: {@code hash of idempotency key#seq}. */
  RECEIPT("R"),
  /** The log, a thousand entries a partition: {@code seq}. */
  LOG("L"),
  /** What is too large for one item: {@code family#part#rest of the sort key}. */
  PART("X");

  final String letter;

  Family(String letter) {
    this.letter = letter;
  }
}
