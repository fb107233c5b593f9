package dev.knowledgegraph.peers.neo4j;

import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.peers.StoredPeer;
import dev.knowledgegraph.peers.Versions;
import dev.knowledgegraph.peers.Walker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;
import org.neo4j.io.ByteUnit;

/** Neo4j Community in this process. */
@SuppressWarnings("removal") // ids as numbers: the fastest way it has to name a node
public final class Neo4j extends Walker implements StoredPeer {
  private static final Label NODE = Label.label("Node");
  private static final int COMMIT = 50_000;

  private @Nullable DatabaseManagementService server;
  private @Nullable GraphDatabaseService database;
  private @Nullable Transaction transaction;
  private long[] ids = {};
  private int[] numbers = {};

  @Override
  public String name() {
    return "Neo4j";
  }

  @Override
  public String version() {
    return Versions.of("neo4j");
  }

  @Override
  public String durability() {
    return "a commit for 50,000 elements, synced (its transaction log)";
  }

  @Override
  public String how() {
    return "embedded, Node.getRelationships in a loop with stamped marks, one transaction";
  }

  @Override
  public void load(Problem problem, Path directory) {
    start(directory);
    ids = new long[problem.nodes()];
    for (int i = 0; i < ids.length; i++) {
      Node node = transaction().createNode(NODE);
      node.setProperty("key", problem.keys().get(i));
      ids[i] = node.getId();
      commitSometimes(i);
    }
    for (int i = 0; i < problem.edges(); i++) {
      Node source = transaction().getNodeById(ids[problem.sources()[i]]);
      Node target = transaction().getNodeById(ids[problem.targets()[i]]);
      source.createRelationshipTo(target, RelationshipType.withName(problem.type(i)));
      commitSometimes(i);
    }
    commit();
    transaction().schema().constraintFor(NODE).assertPropertyIsUnique("key").create();
    commit();
    transaction().schema().awaitIndexesOnline(10, TimeUnit.MINUTES);
  }

  private void commitSometimes(int done) {
    if (done % COMMIT == COMMIT - 1) {
      commit();
    }
  }

  private void commit() {
    transaction().commit();
    transaction = Objects.requireNonNull(database).beginTx();
  }

  @Override
  public void open(Path directory) {
    start(directory);
  }

  private void start(Path directory) {
    server =
        new DatabaseManagementServiceBuilder(directory)
            .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.gibiBytes(2))
            .build();
    database = server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
    transaction = database.beginTx();
  }

  @Override
  public void ready(Problem problem) {
    size(problem.nodes());
    numbers = new int[(int) Arrays.stream(ids).max().orElse(0) + 1];
    for (int i = 0; i < ids.length; i++) {
      numbers[(int) ids[i]] = i;
    }
  }

  @Override
  protected void neighbors(int node, IntConsumer action) {
    try (var edges = transaction().getNodeById(ids[node]).getRelationships()) {
      for (Relationship edge : edges) {
        action.accept(numbers[(int) edge.getOtherNodeId(ids[node])]);
      }
    }
  }

  @Override
  public Set<String> neighbors(String key) {
    Node node = Objects.requireNonNull(transaction().findNode(NODE, "key", key));
    var keys = new HashSet<String>();
    try (var edges = node.getRelationships()) {
      edges.forEach(edge -> keys.add((String) edge.getOtherNode(node).getProperty("key")));
    }
    keys.remove(key);
    return keys;
  }

  private Transaction transaction() {
    return Objects.requireNonNull(transaction);
  }

  @Override
  public void close() {
    transaction().close();
    Objects.requireNonNull(server).shutdown();
  }
}
