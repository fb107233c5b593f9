package dev.knowledgegraph.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How PostgreSQL carries out the important reads. */
class PostgresPlansTest {
  /** What makes one row of thousands; it must lead to the rows, not be tried on each. */
  private static final Pattern SELECTIVE =
      Pattern.compile("\\b(id|nid|src|dst|key|title|name|seq)(, \\d+\\))? = ");

  @Test
  void of_empty_tables_are_by_index_for_they_may_fill_while_a_read_runs() {
    assertThatAllAreByIndex("");
  }

  @Test
  void of_tables_that_were_counted_when_empty_are_by_index() {
    assertThatAllAreByIndex("ANALYZE");
  }

  private static void assertThatAllAreByIndex(String before) {
    var settings = PostgresSettings.standard().withSchema(PostgresServer.newSchema());
    try (var storage = JdbcStorage.openPostgres(PostgresServer.url(), settings)) {
      if (!before.isEmpty()) {
        PostgresServer.execute(before);
      }
      Sql.important()
          .forEach(
              (name, sql) -> {
                List<String> plan = storage.explain(sql);
                assertThat(plan)
                    .as("%s:%n%s", name, String.join("\n", plan))
                    .noneMatch(step -> step.contains("Seq Scan on"))
                    .noneMatch(step -> step.contains("Filter:") && SELECTIVE.matcher(step).find());
              });
    }
  }
}
