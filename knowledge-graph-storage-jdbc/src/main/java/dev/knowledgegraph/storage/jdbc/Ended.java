package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.spi.Change;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current rows that one commit ends: they move into the tables of history. */
final class Ended {
  private final long gid;
  private final long sequence;
  private final List<@Nullable Object[]> categories = new ArrayList<>();
  private final List<@Nullable Object[]> nodes = new ArrayList<>();
  private final List<@Nullable Object[]> terms = new ArrayList<>();
  private final List<@Nullable Object[]> edges = new ArrayList<>();

  Ended(long gid, long sequence) {
    this.gid = gid;
    this.sequence = sequence;
  }

  void category(Change.CategoryChange change) {
    Category before = change.before();
    if (before != null) {
      categories.add(key(Codec.bytes(before.id().value())));
    }
  }

  /** Takes a change of a node that was there under the number {@code nid}. */
  void node(Change.NodeChange change, long nid) {
    Node before = change.before();
    Node after = change.after();
    if (before == null) {
      return;
    }
    nodes.add(key(nid));
    List<Term> old = Term.of(before);
    if (after == null || !old.equals(Term.of(after))) {
      for (Term term : old) {
        terms.add(new @Nullable Object[] {gid, term.kind(), term.text(), nid});
      }
    }
  }

  void edge(Change.EdgeChange change) {
    Edge before = change.before();
    if (before != null) {
      edges.add(key(Codec.bytes(before.id().value())));
    }
  }

  private @Nullable Object[] key(Object element) {
    return new @Nullable Object[] {gid, element, sequence};
  }

  boolean isEmpty() {
    return categories.isEmpty() && nodes.isEmpty() && edges.isEmpty();
  }

  void write(Db db) throws SQLException {
    move(db, "category", "id", categories);
    move(db, "node", "nid", nodes);
    db.updateAll(
        "DELETE FROM node_term WHERE gid = ? AND kind = ? AND term = ? AND nid = ?", terms);
    move(db, "edge", "id", edges);
  }

  private static void move(Db db, String table, String id, List<@Nullable Object[]> keys)
      throws SQLException {
    db.updateAll(
        "INSERT INTO "
            + table
            + "_hist SELECT *, ?3 FROM "
            + table
            + " WHERE gid = ?1 AND "
            + id
            + " = ?2",
        keys);
    db.updateAll(
        "DELETE FROM " + table + " WHERE gid = ? AND " + id + " = ?",
        keys.stream().map(key -> new @Nullable Object[] {key[0], key[1]}).toList());
  }
}
