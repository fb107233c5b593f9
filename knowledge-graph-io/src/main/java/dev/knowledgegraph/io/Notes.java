package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import java.util.List;
import java.util.function.Consumer;

/** Saying what an export leaves out, or refusing to. */
final class Notes {
  private Notes() {}

  /** Says, or refuses, that something is left out. */
  static void leftOut(String what, ExportOptions options, Consumer<String> notes) {
    if (options.strict()) {
      throw new RejectedException(
          new Rejection.Invalid(
              List.of(new FieldError("export", what + "; choose jsonl or leave out --strict"))));
    }
    notes.accept(what);
  }

  /** Says that categories are left out, if nodes belong to any. */
  static void categories(GraphView graph, ExportOptions options, Consumer<String> notes) {
    var count = new long[1];
    graph.forEachNode(node -> count[0] += node.categories().isEmpty() ? 0 : 1);
    if (count[0] > 0) {
      leftOut("the categories of " + count[0] + " nodes are left out", options, notes);
    }
  }
}
