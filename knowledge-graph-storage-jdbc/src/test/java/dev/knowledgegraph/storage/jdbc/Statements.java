package dev.knowledgegraph.storage.jdbc;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Watches every statement of a store: how many there are, and that each is held to one graph of the
 * right owner.
 *
 * <p>Rows belong to a graph by its number, {@code gid}. A number may be used only if it was found
 * by a statement that binds the graph's id and its owner; and whatever touches a table with rows of
 * graphs must bind such a number for each of these tables.
 */
final class Statements {
  private static final Set<String> TABLES =
      Set.of(
          "node",
          "node_hist",
          "node_term",
          "ident",
          "edge",
          "edge_hist",
          "edge_passed",
          "category",
          "category_hist",
          "graph_hist",
          "log",
          "receipt");
  private static final Pattern TABLE =
      Pattern.compile("\\b(FROM|JOIN|INTO|UPDATE)\\s+(\\w+)(?:\\s+(?:AS\\s+)?([a-z]\\w*))?");
  private static final Pattern NUMBER_OF_GRAPH =
      Pattern.compile("SELECT gid\\b.* FROM graph WHERE id = \\? AND owner = \\?");
  private static final Pattern GRAPHS = Pattern.compile("\\b(FROM|UPDATE|INTO) graph\\b");
  private static final Pattern HELD =
      Pattern.compile("\\b(gid|id|owner) = \\?|\\(id, owner\\) VALUES \\(\\?, \\?\\)");

  private final Map<Object, String> owners = new ConcurrentHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private String owner = "";

  /** Says whose graphs statements are about from now on. */
  void expect(String newOwner) {
    owner = newOwner;
  }

  List<String> faults() {
    return faults;
  }

  /** The number of a node is looked up row by row, as rows are written. */
  private static String kind(String sql) {
    return sql.startsWith("SELECT nid FROM ident") ? "NUMBER" : sql.substring(0, sql.indexOf(' '));
  }

  void count(String kind, int more) {
    counts.merge(kind, more, Integer::sum);
  }

  /** How many statements of each kind there were since the last time. */
  Map<String, Integer> counted() {
    var counted = new TreeMap<>(counts);
    counts.clear();
    return counted;
  }

  Connection watch(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (method, arguments, result) ->
            method.equals("prepareStatement") && arguments[0] instanceof String sql
                ? watch(sql, (PreparedStatement) requireNonNull(result))
                : result);
  }

  private PreparedStatement watch(String sql, PreparedStatement statement) {
    var bound = new HashMap<Integer, @Nullable Object>();
    return proxy(
        PreparedStatement.class,
        statement,
        (method, arguments, result) -> {
          if (method.startsWith("set") && arguments.length > 1) {
            bound.put((Integer) arguments[0], arguments[1]);
          } else if (method.startsWith("execute")) {
            check(sql, bound);
            count(kind(sql), 1);
            if (NUMBER_OF_GRAPH.matcher(sql).find()) {
              return remember((ResultSet) requireNonNull(result), String.valueOf(bound.get(2)));
            }
          }
          return result;
        });
  }

  /** Notes the numbers of graphs that were found by id and owner. */
  private ResultSet remember(ResultSet rows, String foundOwner) {
    return proxy(
        ResultSet.class,
        rows,
        (method, arguments, result) -> {
          if (method.equals("next") && Boolean.TRUE.equals(result)) {
            owners.put(rows.getLong(1), foundOwner);
          }
          return result;
        });
  }

  private void check(String sql, Map<Integer, @Nullable Object> bound) {
    boolean ofGraphs = false;
    for (Matcher table = TABLE.matcher(sql); table.find(); ) {
      if (!TABLES.contains(table.group(2))) {
        continue;
      }
      ofGraphs = true;
      String alias = table.group(3);
      String number =
          (alias == null ? "(?<!\\.)\\b" : "\\b" + alias + "\\.") + "gid = \\?1?(?!\\d)";
      boolean inserted =
          table.group(1).equals("INTO") && sql.matches(".*(VALUES\\s*\\(\\?|SELECT ).*");
      if (!inserted && !Pattern.compile(number).matcher(sql).find()) {
        faults.add(table.group(2) + " is not held to a graph: " + sql);
      }
    }
    if (ofGraphs && !owner.equals(owners.getOrDefault(bound.getOrDefault(1, ""), ""))) {
      faults.add("the graph's number was not found by id and owner " + owner + ": " + sql);
    }
    if (GRAPHS.matcher(sql).find() && !HELD.matcher(sql).find() && !sql.contains("gid = ?1")) {
      faults.add("graphs of everybody: " + sql);
    }
  }

  @FunctionalInterface
  private interface After {
    @Nullable Object handle(String method, @Nullable Object[] arguments, @Nullable Object result)
        throws SQLException;
  }

  private static <T> T proxy(Class<T> type, T target, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            Statements.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, given) -> {
              @Nullable Object[] arguments = given == null ? new @Nullable Object[0] : given;
              try {
                Object result = method.invoke(target, arguments);
                return after.handle(method.getName(), arguments, result);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }
}
