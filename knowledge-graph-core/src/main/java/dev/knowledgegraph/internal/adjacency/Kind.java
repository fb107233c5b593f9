package dev.knowledgegraph.internal.adjacency;

/**
 * What an entry of a row says of its edge, in a small number: the code of its type, and whether
 * this is the mirror of a bidirectional edge, that is the edge seen from its stored target as if
 * that were its source. Of a bidirectional edge both the source's and the target's rows have an
 * entry in either direction; counted once, it is the one that is no mirror.
 */
final class Kind {
  private Kind() {}

  static int of(int type, boolean mirror) {
    return 2 * type + (mirror ? 1 : 0);
  }

  static int type(int kind) {
    return kind >> 1;
  }

  static boolean isMirror(int kind) {
    return (kind & 1) != 0;
  }
}
