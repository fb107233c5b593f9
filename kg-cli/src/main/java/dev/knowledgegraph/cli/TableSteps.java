package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.StorageException;
import java.util.List;

/** What {@code kg migrate} does about a store in DynamoDB: it has one step, its table. */
final class TableSteps {
  private static final String PREFIX = "dynamodb:";
  private static final String NAME = "table";

  private final Context context;

  TableSteps(Context context) {
    this.context = context;
  }

  /** Whether the store is of this kind. */
  boolean isOne() {
    return isOne(context.address());
  }

  static boolean isOne(String address) {
    return address.startsWith(PREFIX);
  }

  /** Opening a store looks whether its table is as it should be. */
  private boolean isThere() {
    try (var store = KnowledgeGraph.open(context.address(), true)) {
      return store.storage().isReadOnly();
    } catch (StorageException e) {
      if (e.code().equals("STORE_ABSENT")) {
        return false;
      }
      throw e;
    }
  }

  void status() {
    ObjectNode step = Output.json().put("version", 1).put("name", NAME).put("applied", isThere());
    context.output().many(List.of(step), "version", "name", "applied");
  }

  void plan() {
    ObjectNode json = Output.json();
    var statements = json.putArray("statements");
    boolean isThere = isThere();
    if (!isThere) {
      statements.add("create the table");
    }
    context.output().one(json, isThere ? "nothing to do" : "create the table");
  }

  /** Makes the table if it is not there; returns how many steps that took. */
  int make() {
    if (isThere()) {
      return 0;
    }
    String address = context.address();
    String creating = address + (address.contains("?") ? "&" : "?") + "create=true";
    KnowledgeGraph.open(creating, false).close();
    return 1;
  }
}
