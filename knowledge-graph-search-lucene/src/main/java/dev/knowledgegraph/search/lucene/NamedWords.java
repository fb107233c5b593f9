package dev.knowledgegraph.search.lucene;

/** Words of the key and of properties, each behind the name of what it is in. */
final class NamedWords {
  private NamedWords() {}

  static String named(String name, String word) {
    return name + Fields.AFTER_NAME + word;
  }
}
