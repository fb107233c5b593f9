package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * What nodes are found by besides their texts: a row of {@code node_term}.
 *
 * @param kind 0 a label, 1 a folded tag, 2 a category in hexadecimal
 */
record Term(int kind, String text) {
  static List<Term> of(Node node) {
    var terms = new ArrayList<Term>();
    for (String label : node.labels()) {
      terms.add(new Term(0, label));
    }
    for (String tag : node.tags().folded()) {
      terms.add(new Term(1, tag));
    }
    for (Categorization c : node.categories()) {
      terms.add(new Term(2, Codec.hex(c.category().value())));
    }
    return terms;
  }
}
