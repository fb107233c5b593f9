package dev.knowledgegraph.peers.arcadedb;

import com.arcadedb.database.Database;
import com.arcadedb.database.DatabaseFactory;
import com.arcadedb.database.RID;
import com.arcadedb.engine.WALFile;
import com.arcadedb.graph.Vertex;
import com.arcadedb.schema.Schema;
import com.arcadedb.schema.Type;
import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.peers.StoredPeer;
import dev.knowledgegraph.peers.Versions;
import dev.knowledgegraph.peers.Walker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Documents with links, embedded. */
public final class ArcadeDb extends Walker implements StoredPeer {
  private static final int COMMIT = 10_000;

  private final Map<RID, Integer> numbers = new HashMap<>();
  private RID[] nodes = {};
  private @Nullable Database database;

  @Override
  public String name() {
    return "ArcadeDB";
  }

  @Override
  public String version() {
    return Versions.of("arcadedb-engine");
  }

  @Override
  public String durability() {
    return "a commit for 10,000 elements, synced (WAL flush YES_FULL)";
  }

  @Override
  public String how() {
    return "embedded, Vertex.getVertices in a loop with stamped marks";
  }

  @Override
  public void load(Problem problem, Path directory) {
    database = new DatabaseFactory(directory.toString()).create();
    Schema schema = database.getSchema();
    schema
        .buildVertexType()
        .withName("Node")
        .withTotalBuckets(1)
        .create()
        .createProperty("key", Type.STRING)
        .createIndex(Schema.INDEX_TYPE.LSM_TREE, true);
    for (String type : problem.typeNames()) {
      schema.buildEdgeType().withName(type).withTotalBuckets(1).create();
    }
    database.setWALFlush(WALFile.FLUSH_TYPE.YES_FULL);
    nodes = new RID[problem.nodes()];
    database.begin();
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = database.newVertex("Node").set("key", problem.keys().get(i)).save().getIdentity();
      commitSometimes(i);
    }
    for (int i = 0; i < problem.edges(); i++) {
      Vertex source = nodes[problem.sources()[i]].asVertex();
      source.newEdge(problem.type(i), nodes[problem.targets()[i]], true);
      commitSometimes(i);
    }
    database.commit();
  }

  private void commitSometimes(int done) {
    if (done % COMMIT == COMMIT - 1) {
      database().commit();
      database().begin();
    }
  }

  @Override
  public void open(Path directory) {
    database = new DatabaseFactory(directory.toString()).open();
    database.begin();
  }

  @Override
  public void ready(Problem problem) {
    size(problem.nodes());
    for (RID node : nodes) {
      numbers.put(node, numbers.size());
    }
    database().begin();
  }

  @Override
  protected void neighbors(int node, IntConsumer action) {
    for (Vertex neighbor : nodes[node].asVertex().getVertices()) {
      action.accept(Objects.requireNonNull(numbers.get(neighbor.getIdentity())));
    }
  }

  @Override
  public Set<String> neighbors(String key) {
    Vertex node = database().lookupByKey("Node", "key", key).next().asVertex();
    var keys = new HashSet<String>();
    for (Vertex neighbor : node.getVertices()) {
      keys.add(neighbor.getString("key"));
    }
    keys.remove(key);
    return keys;
  }

  private Database database() {
    return Objects.requireNonNull(database);
  }

  @Override
  public void close() {
    if (database().isTransactionActive()) {
      database().rollback();
    }
    database().close();
  }
}
