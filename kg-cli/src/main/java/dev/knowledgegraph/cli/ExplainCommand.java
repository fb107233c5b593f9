package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import dev.knowledgegraph.storage.jdbc.QueryPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kg explain}. */
@Command(
    name = "explain",
    description = "How the store carries out its important reads, step by step.",
    footerHeading = "%nExamples%n",
    footer = {"  kg explain", "  kg explain \"edges out\""})
final class ExplainCommand implements Runnable {
  private static final String ALL = "all";
  private final Context context;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "a read; else all of them")
  String name = ALL;

  ExplainCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    context.withStore(
        true,
        store -> {
          if (!(store.storage() instanceof JdbcStorage storage)) {
            throw Failure.usage(
                "the store "
                    + context.shownAddress()
                    + " is not one in a directory or in PostgreSQL");
          }
          show(QueryPlans.of(storage));
        });
  }

  private void show(Map<String, List<String>> plans) {
    var rows = new ArrayList<ObjectNode>();
    plans.forEach(
        (read, steps) -> {
          if (name.equals(ALL) || name.equals(read)) {
            steps.forEach(step -> rows.add(Output.json().put("read", read).put("step", step)));
          }
        });
    if (rows.isEmpty()) {
      throw Failure.notFound(
          "READ",
          "there is no read \""
              + name
              + "\"; kg explain shows all."
              + Closest.hint(name, plans.keySet()));
    }
    context.output().many(rows, "read", "step");
  }
}
