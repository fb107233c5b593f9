package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.json.EventCodec;
import dev.knowledgegraph.json.ValueJson;
import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Receipt;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the commits of one append; the caller has begun the transaction and ends it. */
final class Writer {
  /** A node in the whole store. */
  record NidKey(long gid, UUID id) {
    // Written out for speed, as in NodeId.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof NidKey that && gid == that.gid && id.equals(that.id);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(gid) * 31 + id.hashCode();
    }
  }

  // node: gid, nid, id, key, title, body, format, labels, tags, x, y, z, props, status, source,
  // categories, created_us, updated_us, ver, from_seq
  private static final RowBatch.Statements NODE =
      new RowBatch.Statements("node", "crrrrrcrrrrrrccrcccc");

  // edge: gid, src, type, dst, disc, id, weight, directed, label, props, origin, method,
  // confidence, reason, created_us, updated_us, ver, from_seq
  private static final RowBatch.Statements EDGE =
      new RowBatch.Statements("edge", "crrrrrrccrcccccccc");
  private static final RowBatch.Statements IDENT = new RowBatch.Statements("ident", "rrr");
  private static final RowBatch.Statements TERM = new RowBatch.Statements("node_term", "ccrr");
  private static final List<String> MEMBERS = List.of("node", "edge", "category");

  /** Where a graph stands while this append goes on. */
  static final class State {
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

  private record PendingNode(
      State state, long nid, Node node, long sequence, boolean isNew, boolean newTerms) {
    /** Whether the columns of {@link Rows#nodeInCommon} hold the same. */
    boolean hasInCommon(PendingNode other) {
      return sequence == other.sequence
          && state.gid == other.state.gid
          && node.version() == other.node.version()
          && node.data().status() == other.node.data().status()
          && node.data().content().format() == other.node.data().content().format()
          && node.created().equals(other.node.created())
          && node.updated().equals(other.node.updated())
          && Objects.equals(node.data().source(), other.node.data().source());
    }
  }

  private record PendingEdge(State state, long src, long type, long dst, Edge edge, long sequence) {
    /** Whether the columns of {@link Rows#edgeInCommon} hold the same. */
    boolean hasInCommon(PendingEdge other) {
      return sequence == other.sequence
          && state.gid == other.state.gid
          && edge.version() == other.edge.version()
          && edge.data().directed() == other.edge.data().directed()
          && edge.created().equals(other.edge.created())
          && edge.updated().equals(other.edge.updated())
          && edge.data().label().equals(other.edge.data().label())
          && edge.data().provenance().equals(other.edge.data().provenance());
    }
  }

  private final Db db;
  private final WriterMemory memory;
  private final Map<GraphRef, State> states = new LinkedHashMap<>();
  private final Map<NidKey, Long> newNids = new HashMap<>();
  private final List<PendingNode> nodes = new ArrayList<>();
  private final List<PendingEdge> edges = new ArrayList<>();

  Writer(Db db, WriterMemory memory) {
    this.db = db;
    this.memory = memory;
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
    State known = states.get(graph);
    if (known == null) {
      known = memory.states.getIfPresent(graph);
      if (known == null) {
        known = load(graph);
      }
      states.put(graph, known);
    }
    return known;
  }

  private State load(GraphRef graph) throws SQLException {
    byte[] id = Codec.bytes(graph.id().value());
    State known = select(graph, id);
    if (known == null) {
      int made =
          db.update(
              "INSERT OR IGNORE INTO graph (id, owner) VALUES (?, ?)", id, graph.owner().value());
      known = made == 0 ? null : select(graph, id);
    }
    if (known == null) {
      throw new ConflictException("graph id " + graph.id() + " is or was in use");
    }
    memory.states.put(graph, known);
    return known;
  }

  private @Nullable State select(GraphRef graph, byte[] id) throws SQLException {
    try (var row =
        db.bind(
                "SELECT gid, seq, chain, next_nid FROM graph WHERE id = ? AND owner = ?",
                id,
                graph.owner().value())
            .executeQuery()) {
      return row.next()
          ? new State(row.getLong(1), row.getLong(2), row.getBytes(3), row.getLong(4))
          : null;
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
    List<String> words =
        List.of(
            entry.actor().value(), entry.commandId(), entry.correlationId(), entry.causationId());
    state.chain = Codec.chain(state.chain, sequence, micros, words, payload);
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
      case Change.NodePassed n -> {}
      case Change.EdgePassed e -> {}
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
          if (after.isDefault()) {
            db.update(
                "UPDATE graph SET is_default = 0 WHERE owner = ? AND gid <> ? AND is_default = 1",
                after.owner().value(),
                state.gid);
          }
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
          // Versions go on when a node comes back, so what has the first was never there.
          Long known = before == null && after.version() == 1 ? null : findNid(state, after.id());
          boolean isNew = known == null;
          long nid = known == null ? newNid(state, after.id()) : known;
          boolean newTerms = before == null || !terms(before).equals(terms(after));
          nodes.add(new PendingNode(state, nid, after, sequence, isNew, newTerms));
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
      case Change.NodePassed n -> {
        if (findNid(state, n.id()) == null) {
          db.update(
              "INSERT INTO ident VALUES (?, ?, ?)",
              state.gid,
              newNid(state, n.id()),
              Codec.bytes(n.id().value()));
        }
      }
      case Change.EdgePassed e ->
          db.update(
              "INSERT OR IGNORE INTO edge_passed VALUES (?, ?)",
              state.gid,
              Codec.bytes(e.id().value()));
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

  private long nid(State state, NodeId id) throws SQLException {
    Long nid = findNid(state, id);
    if (nid == null) {
      throw new ConflictException("a node that a change needs is not there");
    }
    return nid;
  }

  private @Nullable Long findNid(State state, NodeId id) throws SQLException {
    var key = new NidKey(state.gid, id.value());
    Long known = newNids.get(key);
    if (known == null) {
      known = memory.nids.getIfPresent(key);
    }
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
      memory.nids.put(key, nid);
      return nid;
    }
  }

  private long newNid(State state, NodeId id) {
    long nid = state.nextNid++;
    newNids.put(new NidKey(state.gid, id.value()), nid);
    return nid;
  }

  private long type(String name) throws SQLException {
    Long known = memory.types.get(name);
    if (known != null) {
      return known;
    }
    db.update("INSERT OR IGNORE INTO edge_type (name) VALUES (?)", name);
    try (var row = db.bind("SELECT tid FROM edge_type WHERE name = ?", name).executeQuery()) {
      row.next();
      long tid = row.getLong(1);
      memory.types.put(name, tid);
      return tid;
    }
  }

  private void flush() throws SQLException {
    if (!newNids.isEmpty()) {
      var batch = new RowBatch(db, IDENT);
      for (PendingNode p : nodes) {
        if (p.isNew) {
          batch.add(p.state.gid, p.nid, Codec.bytes(p.node.id().value()));
        }
      }
      batch.flush();
      memory.nids.putAll(newNids);
      newNids.clear();
    }
    if (!nodes.isEmpty()) {
      var batch = new RowBatch(db, NODE);
      PendingNode last = null;
      for (PendingNode p : nodes) {
        if (last == null || !p.hasInCommon(last)) {
          batch.common(Rows.nodeInCommon(p.state.gid, p.node, p.sequence));
          last = p;
        }
        batch.add(Rows.nodeOfItsOwn(p.nid, p.node));
      }
      batch.flush();
      flushTerms();
      nodes.clear();
    }
    if (!edges.isEmpty()) {
      edges.sort(
          Comparator.comparingLong((PendingEdge p) -> p.state.gid)
              .thenComparingLong(PendingEdge::src)
              .thenComparingLong(PendingEdge::type)
              .thenComparingLong(PendingEdge::dst));
      var batch = new RowBatch(db, EDGE);
      PendingEdge last = null;
      for (PendingEdge p : edges) {
        if (last == null || !p.hasInCommon(last)) {
          batch.common(Rows.edgeInCommon(p.state.gid, p.edge, p.sequence));
          last = p;
        }
        batch.add(Rows.edgeOfItsOwn(p.src, p.type, p.dst, p.edge));
      }
      batch.flush();
      edges.clear();
    }
  }

  private void flushTerms() throws SQLException {
    var batches = new HashMap<List<Object>, RowBatch>();
    for (PendingNode p : nodes) {
      if (p.newTerms) {
        for (Term term : terms(p.node)) {
          List<Object> common = List.of(p.state.gid, (long) term.kind);
          RowBatch batch = batches.get(common);
          if (batch == null) {
            batch = new RowBatch(db, TERM);
            batch.common(common.toArray());
            batches.put(common, batch);
          }
          batch.add(term.text, p.nid);
        }
      }
    }
    for (RowBatch batch : batches.values()) {
      batch.flush();
    }
  }

  /** What each graph of this append is numbered, for the caches. */
  Map<GraphId, Long> gids() {
    var gids = new HashMap<GraphId, Long>();
    states.forEach((graph, state) -> gids.put(graph.id(), state.gid));
    return gids;
  }
}
