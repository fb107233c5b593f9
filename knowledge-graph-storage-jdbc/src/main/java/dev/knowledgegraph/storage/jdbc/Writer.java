package dev.knowledgegraph.storage.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.json.EventCodec;
import dev.knowledgegraph.json.ValueJson;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.Provenance;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Receipt;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the commits of one append; the caller has begun the transaction and ends it. */
final class Writer {
  /** A node in the whole store. */
  record NidKey(long gid, UUID id) {}

  private static final String INSERT_NODE =
      "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT_EDGE =
      "INSERT INTO edge VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String INSERT_PLAIN_EDGE =
      "INSERT INTO edge VALUES"
          + " (?1, ?2, ?3, ?4, ?5, ?6, 1.0, 1, '', NULL, ?7, NULL, NULL, NULL, ?8, ?8, 1, ?9)";
  private static final List<String> MEMBERS = List.of("node", "edge", "category");

  /** Where a graph stands while this append goes on. */
  private static final class State {
    final long gid;
    long sequence;
    byte[] chain;
    long nextNid;
    GraphHead head = GraphHead.EMPTY;

    State(long gid, long sequence, byte[] chain, long nextNid) {
      this.gid = gid;
      this.sequence = sequence;
      this.chain = chain;
      this.nextNid = nextNid;
    }
  }

  private record PendingNode(State state, long nid, Node node, long sequence) {}

  private record PendingEdge(
      State state, long src, long type, long dst, Edge edge, long sequence) {}

  private final Db db;
  private final Cache<NidKey, Long> nids;
  private final Map<String, Long> types;
  private final Map<GraphId, State> states = new LinkedHashMap<>();
  private final List<PendingNode> nodes = new ArrayList<>();
  private final List<PendingEdge> edges = new ArrayList<>();

  Writer(Db db, Cache<NidKey, Long> nids, Map<String, Long> types) {
    this.db = db;
    this.nids = nids;
    this.types = types;
  }

  void write(List<Commit> commits) throws SQLException {
    for (Commit commit : commits) {
      write(commit);
    }
    flush();
    for (State state : states.values()) {
      db.update(
          "UPDATE graph SET seq = ?2, time_us = ?3, nodes = ?4, edges = ?5, fingerprint = ?6,"
              + " chain = ?7, next_nid = ?8 WHERE gid = ?1",
          state.gid,
          state.sequence,
          Codec.micros(state.head.time()),
          state.head.nodes(),
          state.head.edges(),
          state.head.fingerprint().bytes(),
          state.chain,
          state.nextNid);
    }
  }

  private State state(GraphRef graph) throws SQLException {
    State known = states.get(graph.id());
    if (known != null) {
      return known;
    }
    byte[] id = Codec.bytes(graph.id().value());
    for (int attempt = 0; ; attempt++) {
      try (var row =
          db.bind(
                  "SELECT gid, seq, chain, next_nid FROM graph WHERE id = ? AND owner = ?",
                  id,
                  graph.owner().value())
              .executeQuery()) {
        if (row.next()) {
          var state = new State(row.getLong(1), row.getLong(2), row.getBytes(3), row.getLong(4));
          states.put(graph.id(), state);
          return state;
        }
      }
      if (attempt > 0) {
        throw new IllegalStateException("a row just inserted is not there");
      }
      db.update("INSERT INTO graph (id, owner) VALUES (?, ?)", id, graph.owner().value());
    }
  }

  private void write(Commit commit) throws SQLException {
    State state = state(commit.graph());
    if (state.sequence != commit.expectedHead()) {
      throw new ConflictException(
          "the log stands at " + state.sequence + ", expected " + commit.expectedHead());
    }
    long sequence = commit.expectedHead() + 1;
    for (Change change : commit.changes()) {
      end(state, change, sequence);
    }
    for (Change change : commit.changes()) {
      begin(state, change, sequence);
    }
    log(state, commit.entry(), sequence);
    Receipt receipt = commit.receipt();
    if (receipt != null) {
      db.update(
          "INSERT OR REPLACE INTO receipt VALUES (?, ?, ?, ?, ?, ?)",
          state.gid,
          receipt.idempotencyKey(),
          receipt.requestHash(),
          receipt.sequence(),
          receipt.events(),
          Codec.micros(receipt.time()));
    }
    state.sequence = sequence;
    state.head = commit.head();
  }

  private void log(State state, Committed entry, long sequence) throws SQLException {
    byte[] payload = EventCodec.encode(entry.events());
    int codec = Codec.PLAIN;
    if (payload.length > Codec.DEFLATE_ABOVE) {
      payload = Codec.deflate(payload);
      codec = Codec.DEFLATED;
    }
    long micros = Codec.micros(entry.time());
    state.chain = Codec.chain(state.chain, sequence, micros, entry.commandId(), payload);
    db.update(
        "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        state.gid,
        sequence,
        micros,
        entry.actor().value(),
        entry.commandId(),
        entry.correlationId(),
        entry.causationId(),
        codec,
        Codec.crc32c(payload),
        state.chain,
        payload);
  }

  /** What was becomes history. */
  private void end(State state, Change change, long sequence) throws SQLException {
    switch (change) {
      case Change.GraphChange g -> {
        if (g.before() != null) {
          flush();
          db.update(
              "INSERT OR REPLACE INTO graph_hist SELECT gid, from_seq, ?2, data, is_default,"
                  + " created_us, updated_us, ver FROM graph WHERE gid = ?1 AND live = 1",
              state.gid,
              sequence);
          if (g.after() == null) {
            db.update("UPDATE graph SET live = 0 WHERE gid = ?", state.gid);
            for (String table : MEMBERS) {
              db.update(
                  "INSERT INTO " + table + "_hist SELECT *, ?2 FROM " + table + " WHERE gid = ?1",
                  state.gid,
                  sequence);
              db.update("DELETE FROM " + table + " WHERE gid = ?", state.gid);
            }
            db.update("DELETE FROM node_term WHERE gid = ?", state.gid);
          }
        }
      }
      case Change.CategoryChange c -> {
        Category before = c.before();
        if (before != null) {
          byte[] id = Codec.bytes(before.id().value());
          db.update(
              "INSERT INTO category_hist SELECT *, ?3 FROM category WHERE gid = ?1 AND id = ?2",
              state.gid,
              id,
              sequence);
          db.update("DELETE FROM category WHERE gid = ? AND id = ?", state.gid, id);
        }
      }
      case Change.NodeChange n -> {
        Node before = n.before();
        if (before != null) {
          flush();
          long nid = nid(state, before.id());
          db.update(
              "INSERT INTO node_hist SELECT *, ?3 FROM node WHERE gid = ?1 AND nid = ?2",
              state.gid,
              nid,
              sequence);
          db.update("DELETE FROM node WHERE gid = ? AND nid = ?", state.gid, nid);
          Node after = n.after();
          if (after == null || !terms(before).equals(terms(after))) {
            for (var term : terms(before)) {
              db.update(
                  "DELETE FROM node_term WHERE gid = ? AND kind = ? AND term = ? AND nid = ?",
                  state.gid,
                  term.kind,
                  term.text,
                  nid);
            }
          }
        }
      }
      case Change.EdgeChange e -> {
        Edge before = e.before();
        if (before != null) {
          flush();
          byte[] id = Codec.bytes(before.id().value());
          db.update(
              "INSERT INTO edge_hist SELECT *, ?3 FROM edge WHERE gid = ?1 AND id = ?2",
              state.gid,
              id,
              sequence);
          db.update("DELETE FROM edge WHERE gid = ? AND id = ?", state.gid, id);
        }
      }
    }
  }

  /** What is becomes current. */
  private void begin(State state, Change change, long sequence) throws SQLException {
    switch (change) {
      case Change.GraphChange g -> {
        Graph after = g.after();
        if (after != null) {
          db.update(
              "UPDATE graph SET name = ?2, data = ?3, is_default = ?4, created_us = ?5,"
                  + " updated_us = ?6, ver = ?7, from_seq = ?8, live = 1 WHERE gid = ?1",
              state.gid,
              after.name(),
              ValueJson.graphData(after.data()),
              after.isDefault(),
              Codec.micros(after.created()),
              Codec.micros(after.updated()),
              after.version(),
              sequence);
        }
      }
      case Change.CategoryChange c -> {
        Category after = c.after();
        if (after != null) {
          db.update(
              "INSERT INTO category VALUES (?, ?, ?, ?, ?, ?, ?)",
              state.gid,
              Codec.bytes(after.id().value()),
              ValueJson.categoryData(after.data()),
              Codec.micros(after.created()),
              Codec.micros(after.updated()),
              after.version(),
              sequence);
        }
      }
      case Change.NodeChange n -> {
        Node after = n.after();
        if (after != null) {
          Node before = n.before();
          long nid = newNid(state, after.id());
          nodes.add(new PendingNode(state, nid, after, sequence));
          if (before == null || !terms(before).equals(terms(after))) {
            for (var term : terms(after)) {
              db.update(
                  "INSERT OR IGNORE INTO node_term VALUES (?, ?, ?, ?)",
                  state.gid,
                  term.kind,
                  term.text,
                  nid);
            }
          }
        }
      }
      case Change.EdgeChange e -> {
        Edge after = e.after();
        if (after != null) {
          edges.add(
              new PendingEdge(
                  state,
                  nid(state, after.source()),
                  type(after.type().name()),
                  nid(state, after.target()),
                  after,
                  sequence));
        }
      }
    }
  }

  private record Term(int kind, String text) {}

  private static List<Term> terms(Node node) {
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

  private @Nullable Long findNid(State state, NodeId id) throws SQLException {
    var key = new NidKey(state.gid, id.value());
    Long known = nids.getIfPresent(key);
    if (known != null) {
      return known;
    }
    try (var row =
        db.bind(
                "SELECT nid FROM ident WHERE gid = ? AND id = ?",
                state.gid,
                Codec.bytes(id.value()))
            .executeQuery()) {
      if (!row.next()) {
        return null;
      }
      long nid = row.getLong(1);
      nids.put(key, nid);
      return nid;
    }
  }

  private long nid(State state, NodeId id) throws SQLException {
    Long nid = findNid(state, id);
    if (nid == null) {
      throw new ConflictException("a node that a change needs is not there");
    }
    return nid;
  }

  private long newNid(State state, NodeId id) throws SQLException {
    Long known = findNid(state, id);
    if (known != null) {
      return known;
    }
    long nid = state.nextNid++;
    db.update("INSERT INTO ident VALUES (?, ?, ?)", state.gid, nid, Codec.bytes(id.value()));
    nids.put(new NidKey(state.gid, id.value()), nid);
    return nid;
  }

  private long type(String name) throws SQLException {
    Long known = types.get(name);
    if (known != null) {
      return known;
    }
    db.update("INSERT OR IGNORE INTO edge_type (name) VALUES (?)", name);
    try (var row = db.bind("SELECT tid FROM edge_type WHERE name = ?", name).executeQuery()) {
      row.next();
      long tid = row.getLong(1);
      types.put(name, tid);
      return tid;
    }
  }

  private void flush() throws SQLException {
    if (!nodes.isEmpty()) {
      PreparedStatement insert = db.prepare(INSERT_NODE);
      for (PendingNode p : nodes) {
        Db.set(insert, Rows.nodeValues(p.state.gid, p.nid, p.node, p.sequence));
        insert.executeUpdate();
      }
      nodes.clear();
    }
    if (!edges.isEmpty()) {
      edges.sort(
          Comparator.comparingLong((PendingEdge p) -> p.state.gid)
              .thenComparingLong(PendingEdge::src)
              .thenComparingLong(PendingEdge::type)
              .thenComparingLong(PendingEdge::dst));
      PreparedStatement plain = db.prepare(INSERT_PLAIN_EDGE);
      for (PendingEdge p : edges) {
        Edge edge = p.edge;
        EdgeData data = edge.data();
        long created = Codec.micros(edge.created());
        long updated = Codec.micros(edge.updated());
        Provenance from = data.provenance();
        if (edge.version() == 1
            && created == updated
            && data.directed()
            && data.weight() == 1
            && data.label().isEmpty()
            && data.properties().isEmpty()
            && from.confidence() == 1
            && from.method().isEmpty()
            && from.reason().isEmpty()) {
          plain.setLong(1, p.state.gid);
          plain.setLong(2, p.src);
          plain.setLong(3, p.type);
          plain.setLong(4, p.dst);
          plain.setString(5, data.discriminator().value());
          plain.setBytes(6, Codec.bytes(edge.id().value()));
          plain.setString(7, from.origin().name());
          plain.setLong(8, created);
          plain.setLong(9, p.sequence);
          plain.executeUpdate();
        } else {
          db.update(
              INSERT_EDGE,
              p.state.gid,
              p.src,
              p.type,
              p.dst,
              data.discriminator().value(),
              Codec.bytes(edge.id().value()),
              data.weight(),
              data.directed(),
              data.label(),
              Codec.properties(data.properties()),
              from.origin().name(),
              from.method().isEmpty() ? null : from.method(),
              from.confidence() == 1 ? null : from.confidence(),
              from.reason().isEmpty() ? null : from.reason(),
              created,
              updated,
              edge.version(),
              p.sequence);
        }
      }
      edges.clear();
    }
  }

  /** What each graph of this append is numbered, for the caches. */
  Map<GraphId, Long> gids() {
    var gids = new HashMap<GraphId, Long>();
    states.forEach((id, state) -> gids.put(id, state.gid));
    return gids;
  }
}
