package dev.knowledgegraph.storage.jdbc;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.json.EventCodec;
import dev.knowledgegraph.json.LogFormat;
import dev.knowledgegraph.json.ValueJson;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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

  // gid, nid, id, key, title, body, format, labels, tags, x, y, z, props, status, source,
  // categories,
  // created_us, updated_us, ver, from_seq
  private static final TableShape NODE = new TableShape("node", "crrrrrcrrrrrrccrcccc");

  // gid, src, type, dst, disc, id, weight, directed, label, props, origin, method, confidence,
  // reason, created_us, updated_us, ver, from_seq
  private static final TableShape EDGE = new TableShape("edge", "crrrrrrccrcccccccc");
  private static final TableShape IDENT = new TableShape("ident", "rrr");
  private static final TableShape TERM = new TableShape("node_term", "ccrr");

  // gid, seq, time_us, actor, cmd_id, corr, caus, codec, crc32c, chain, payload
  private static final TableShape LOG = new TableShape("log", "rrrrrrrrrrr");

  /** Commits of so many changes are encoded beside the writing. */
  private static final int LARGE = 1_000;

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

    /** The same, to go on from without changing this. */
    State copy() {
      return new State(gid, sequence, chain, nextNid);
    }
  }

  /** Events as the log keeps them. */
  private static final class Payload {
    final byte[] bytes;
    final boolean isDeflated;

    private Payload(byte[] bytes, boolean isDeflated) {
      this.bytes = bytes;
      this.isDeflated = isDeflated;
    }

    /** Of a large entry it is made while its elements are written, which is mostly waiting. */
    static CompletableFuture<Payload> ahead(Commit commit) {
      return commit.changes().size() < LARGE
          ? CompletableFuture.completedFuture(of(commit.entry()))
          : CompletableFuture.supplyAsync(
              () -> of(commit.entry()), Thread.ofVirtual().name("kg-payload")::start);
    }

    static Payload of(Committed entry) {
      byte[] plain = EventCodec.encode(entry.events());
      return plain.length > LogFormat.DEFLATE_ABOVE
          ? new Payload(LogFormat.deflate(plain), true)
          : new Payload(plain, false);
    }
  }

  private record PendingNode(State state, long nid, Node node, long sequence, boolean newTerms) {
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

  private record PendingEntry(
      State state, Committed entry, long sequence, CompletableFuture<Payload> payload) {}

  private final Db db;
  private final WriterMemory memory;
  private final Map<GraphRef, State> states = new LinkedHashMap<>();
  private final Map<NidKey, Long> nids = new HashMap<>();
  private final Map<String, Long> types = new HashMap<>();
  private final List<@Nullable Object[]> idents = new ArrayList<>();
  private final List<PendingNode> nodes = new ArrayList<>();
  private final List<PendingEdge> edges = new ArrayList<>();
  private final List<PendingEntry> log = new ArrayList<>();

  Writer(Db db, WriterMemory memory) {
    this.db = db;
    this.memory = memory;
  }

  void write(List<Commit> commits) throws SQLException {
    // In one order for all, so that no two writers wait for each other.
    for (String type : typesOf(commits)) {
      type(type);
    }
    for (GraphRef graph : graphsOf(commits)) {
      states.put(graph, load(graph));
    }
    var payloads = new ArrayDeque<CompletableFuture<Payload>>();
    commits.forEach(commit -> payloads.add(Payload.ahead(commit)));
    for (Commit commit : commits) {
      write(commit, payloads.remove());
    }
    flush();
    var heads = new ArrayList<@Nullable Object[]>();
    for (State state : states.values()) {
      heads.add(
          new @Nullable Object[] {
            state.gid,
            state.sequence,
            LogFormat.micros(state.head.time()),
            state.head.nodes(),
            state.head.edges(),
            state.head.fingerprint().bytes(),
            state.chain,
            state.nextNid
          });
    }
    db.updateAll(
        "UPDATE graph SET seq = ?2, time_us = ?3, nodes = ?4, edges = ?5, fingerprint = ?6,"
            + " chain = ?7, next_nid = ?8 WHERE gid = ?1",
        heads);
  }

  /** Whether the log has these commits, after an answer that was lost. */
  boolean isWritten(List<Commit> commits) throws SQLException {
    for (Commit commit : commits) {
      State state = select(commit.graph(), Codec.bytes(commit.graph().id().value()));
      if (state == null || !isWritten(state, commit)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWritten(State state, Commit commit) throws SQLException {
    Committed entry = commit.entry();
    return db.number(
            "SELECT count(*) FROM log WHERE gid = ? AND seq = ? AND cmd_id = ? AND time_us = ?"
                + " AND actor = ? AND crc32c = ?",
            state.gid,
            commit.expectedHead() + 1,
            entry.commandId(),
            LogFormat.micros(entry.time()),
            entry.actor().value(),
            LogFormat.crc32c(Payload.of(entry).bytes))
        == 1;
  }

  /** Leaves what was learned to the writers that follow; to be called after the commit. */
  void remember() {
    memory.remember(states, nids, types);
  }

  private static List<GraphRef> graphsOf(List<Commit> commits) {
    return commits.stream()
        .map(Commit::graph)
        .distinct()
        .sorted(Comparator.comparing(GraphRef::id))
        .toList();
  }

  private static SortedSet<String> typesOf(List<Commit> commits) {
    var types = new TreeSet<String>();
    for (Commit commit : commits) {
      for (Change change : commit.changes()) {
        if (change instanceof Change.EdgeChange edge && edge.after() != null) {
          types.add(edge.after().type().name());
        }
      }
    }
    return types;
  }

  private State load(GraphRef graph) throws SQLException {
    State known = memory.state(graph);
    if (known != null) {
      return known.copy();
    }
    byte[] id = Codec.bytes(graph.id().value());
    State found = select(graph, id);
    if (found == null) {
      int made =
          db.update(
              "INSERT INTO graph (id, owner) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
              id,
              graph.owner().value());
      found = made == 0 ? null : select(graph, id);
    }
    if (found == null) {
      throw new ConflictException("graph id " + graph.id() + " is or was in use");
    }
    return found;
  }

  private @Nullable State select(GraphRef graph, byte[] id) throws SQLException {
    try (var row =
        db.bind(
                "SELECT gid, seq, chain, next_nid FROM graph WHERE id = ? AND owner = ? {lock}",
                id,
                graph.owner().value())
            .executeQuery()) {
      return row.next()
          ? new State(row.getLong(1), row.getLong(2), row.getBytes(3), row.getLong(4))
          : null;
    }
  }

  private void write(Commit commit, CompletableFuture<Payload> payload) throws SQLException {
    State state = Objects.requireNonNull(states.get(commit.graph()), "a graph of this append");
    if (state.sequence != commit.expectedHead()) {
      throw new ConflictException(
          "the log stands at " + state.sequence + ", expected " + commit.expectedHead());
    }
    long sequence = commit.expectedHead() + 1;
    find(state, commit.changes());
    end(state, commit.changes(), sequence);
    for (Change change : commit.changes()) {
      begin(state, change, sequence);
    }
    log.add(new PendingEntry(state, commit.entry(), sequence, payload));
    Receipt receipt = commit.receipt();
    if (receipt != null) {
      db.update(
          "INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (gid, key) DO UPDATE SET"
              + " hash = excluded.hash, seq = excluded.seq, events = excluded.events,"
              + " time_us = excluded.time_us",
          state.gid,
          receipt.idempotencyKey(),
          receipt.requestHash(),
          receipt.sequence(),
          receipt.events(),
          LogFormat.micros(receipt.time()));
    }
    state.sequence = sequence;
    state.head = commit.head();
  }

  private static @Nullable Object[] row(PendingEntry p) {
    Committed entry = p.entry;
    Payload payload = p.payload.join();
    long micros = LogFormat.micros(entry.time());
    List<String> words =
        List.of(
            entry.actor().value(), entry.commandId(), entry.correlationId(), entry.causationId());
    p.state.chain = LogFormat.chain(p.state.chain, p.sequence, micros, words, payload.bytes);
    return new @Nullable Object[] {
      p.state.gid,
      p.sequence,
      micros,
      entry.actor().value(),
      entry.commandId(),
      entry.correlationId(),
      entry.causationId(),
      payload.isDeflated ? Codec.DEFLATED : Codec.PLAIN,
      LogFormat.crc32c(payload.bytes),
      p.state.chain,
      payload.bytes
    };
  }

  /** Finds the numbers of the nodes that changes are about, all at once. */
  private void find(State state, List<Change> changes) throws SQLException {
    var made = new HashSet<UUID>();
    var wanted = new LinkedHashSet<UUID>();
    for (Change change : changes) {
      switch (change) {
        case Change.NodeChange n -> {
          Node node = n.after() == null ? n.before() : n.after();
          if (node != null) {
            (isFirst(n) ? made : wanted).add(node.id().value());
          }
        }
        case Change.NodePassed n -> wanted.add(n.id().value());
        case Change.EdgeChange e -> {
          if (e.after() != null) {
            wanted.add(e.after().source().value());
            wanted.add(e.after().target().value());
          }
        }
        case Change.GraphChange g -> {}
        case Change.CategoryChange c -> {}
        case Change.EdgePassed e -> {}
      }
    }
    wanted.removeIf(id -> made.contains(id) || knownNid(state, id) != null);
    if (wanted.isEmpty()) {
      return;
    }
    for (List<UUID> part : db.parts(wanted)) {
      try (var row = db.bind(Sql.NUMBERS, state.gid, Codec.ids(part.stream())).executeQuery()) {
        while (row.next()) {
          nids.put(new NidKey(state.gid, Codec.uuid(row.getBytes(2))), row.getLong(1));
        }
      }
    }
  }

  /** Versions go on when a node comes back, so what has the first was never there. */
  private static boolean isFirst(Change.NodeChange change) {
    Node after = change.after();
    return change.before() == null && after != null && after.version() == 1;
  }

  /** What was becomes history. */
  private void end(State state, List<Change> changes, long sequence) throws SQLException {
    var ended = new Ended(state.gid, sequence);
    for (Change change : changes) {
      switch (change) {
        case Change.GraphChange g -> {
          if (g.before() != null) {
            flush();
            end(state, g, sequence);
          }
        }
        case Change.CategoryChange c -> ended.category(c);
        case Change.NodeChange n -> {
          if (n.before() != null) {
            ended.node(n, nid(state, n.before().id()));
          }
        }
        case Change.EdgeChange e -> ended.edge(e);
        case Change.NodePassed n -> {}
        case Change.EdgePassed e -> {}
      }
    }
    if (!ended.isEmpty()) {
      flush();
      ended.write(db);
    }
  }

  private void end(State state, Change.GraphChange change, long sequence) throws SQLException {
    db.update(
        "INSERT INTO graph_hist SELECT gid, from_seq, ?2, data, is_default, created_us,"
            + " updated_us, ver FROM graph WHERE gid = ?1 AND live = 1",
        state.gid,
        sequence);
    if (change.after() == null) {
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
              LogFormat.micros(after.created()),
              LogFormat.micros(after.updated()),
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
              LogFormat.micros(after.created()),
              LogFormat.micros(after.updated()),
              after.version(),
              sequence);
        }
      }
      case Change.NodeChange n -> {
        Node after = n.after();
        if (after != null) {
          Node before = n.before();
          Long known = isFirst(n) ? null : knownNid(state, after.id().value());
          long nid = known == null ? newNid(state, after.id()) : known;
          boolean newTerms = before == null || !Term.of(before).equals(Term.of(after));
          nodes.add(new PendingNode(state, nid, after, sequence, newTerms));
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
        if (knownNid(state, n.id().value()) == null) {
          newNid(state, n.id());
        }
      }
      case Change.EdgePassed e ->
          db.update(
              "INSERT INTO edge_passed VALUES (?, ?) ON CONFLICT (gid, id) DO NOTHING",
              state.gid,
              Codec.bytes(e.id().value()));
    }
  }

  private long nid(State state, NodeId id) {
    Long nid = knownNid(state, id.value());
    if (nid == null) {
      throw new ConflictException("a node that a change needs is not there");
    }
    return nid;
  }

  private @Nullable Long knownNid(State state, UUID id) {
    var key = new NidKey(state.gid, id);
    Long known = nids.get(key);
    return known == null ? memory.nid(key) : known;
  }

  private long newNid(State state, NodeId id) {
    long nid = state.nextNid++;
    nids.put(new NidKey(state.gid, id.value()), nid);
    idents.add(new @Nullable Object[] {state.gid, nid, Codec.bytes(id.value())});
    return nid;
  }

  private long type(String name) throws SQLException {
    Long known = types.get(name);
    if (known == null) {
      known = memory.type(name);
    }
    if (known != null) {
      return known;
    }
    long tid = db.number("SELECT tid FROM edge_type WHERE name = ?", name);
    if (tid == 0) {
      db.update("INSERT INTO edge_type (name) VALUES (?) ON CONFLICT (name) DO NOTHING", name);
      tid = db.number("SELECT tid FROM edge_type WHERE name = ?", name);
    }
    types.put(name, tid);
    return tid;
  }

  private void flush() throws SQLException {
    if (!idents.isEmpty()) {
      write(IDENT, idents);
      idents.clear();
    }
    if (!nodes.isEmpty()) {
      RowSink rows = db.dialect().rows(db, NODE);
      PendingNode last = null;
      for (PendingNode p : nodes) {
        if (last == null || !p.hasInCommon(last)) {
          rows.common(Rows.nodeInCommon(p.state.gid, p.node, p.sequence));
          last = p;
        }
        rows.add(Rows.nodeOfItsOwn(p.nid, p.node));
      }
      rows.flush();
      flushTerms();
      nodes.clear();
    }
    if (!edges.isEmpty()) {
      edges.sort(
          Comparator.comparingLong((PendingEdge p) -> p.state.gid)
              .thenComparingLong(PendingEdge::src)
              .thenComparingLong(PendingEdge::type)
              .thenComparingLong(PendingEdge::dst));
      RowSink rows = db.dialect().rows(db, EDGE);
      PendingEdge last = null;
      for (PendingEdge p : edges) {
        if (last == null || !p.hasInCommon(last)) {
          rows.common(Rows.edgeInCommon(p.state.gid, p.edge, p.sequence));
          last = p;
        }
        rows.add(Rows.edgeOfItsOwn(p.src, p.type, p.dst, p.edge));
      }
      rows.flush();
      edges.clear();
    }
    if (!log.isEmpty()) {
      write(LOG, log.stream().map(Writer::row).toList());
      log.clear();
    }
  }

  private void write(TableShape table, List<@Nullable Object[]> pending) throws SQLException {
    RowSink rows = db.dialect().rows(db, table);
    for (@Nullable Object[] row : pending) {
      rows.add(row);
    }
    rows.flush();
  }

  private void flushTerms() throws SQLException {
    var sinks = new HashMap<List<Object>, RowSink>();
    for (PendingNode p : nodes) {
      if (p.newTerms) {
        for (Term term : Term.of(p.node)) {
          List<Object> common = List.of(p.state.gid, (long) term.kind());
          RowSink rows = sinks.get(common);
          if (rows == null) {
            rows = db.dialect().rows(db, TERM);
            rows.common(common.toArray());
            sinks.put(common, rows);
          }
          rows.add(term.text(), p.nid);
        }
      }
    }
    for (RowSink rows : sinks.values()) {
      rows.flush();
    }
  }

  /** What each graph of this append is numbered, for the caches. */
  Map<GraphId, Long> gids() {
    var gids = new HashMap<GraphId, Long>();
    states.forEach((graph, state) -> gids.put(graph.id(), state.gid));
    return gids;
  }
}
