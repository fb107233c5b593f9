package dev.knowledgegraph.storage.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How SQLite carries out the important reads. */
public final class QueryPlans {
  private QueryPlans() {}

  /** The plan of each important read, by its name. */
  public static Map<String, List<String>> of(JdbcStorage storage) {
    var plans = new LinkedHashMap<String, List<String>>();
    Sql.important().forEach((name, sql) -> plans.put(name, storage.explain(sql)));
    return plans;
  }
}
