package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Change;
import dev.knowledgegraph.spi.Commit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whose name is whose, and which graph is an owner's default: what an append changes of it, and
 * what must hold before. A name stays when it is given up, and says that it is free: whoever reads
 * the state before still finds its holder by it.
 */
final class Names {
  private static final String NAME = "name";
  private static final String FREE = "free";

  private record Name(UserId owner, String name) {}

  /** Who holds a name before and after; null for nobody. */
  private record Holders(@Nullable GraphId before, @Nullable GraphId after, GraphId last) {}

  private final Map<Name, Holders> names = new LinkedHashMap<>();
  private final Map<UserId, GraphId> defaults = new HashMap<>();

  private Names() {}

  static Names of(List<Commit> commits) {
    var names = new Names();
    for (Commit commit : commits) {
      for (Change change : commit.changes()) {
        if (change instanceof Change.GraphChange g) {
          names.note(commit.graph().id(), g.before(), g.after());
        }
      }
    }
    return names;
  }

  private void note(GraphId graph, @Nullable Graph before, @Nullable Graph after) {
    boolean isSame = before != null && after != null && before.name().equals(after.name());
    if (before != null && !isSame) {
      giveUp(new Name(before.owner(), before.name()), graph);
    }
    if (after != null && !isSame) {
      take(new Name(after.owner(), after.name()), graph);
    }
    if (after != null && after.isDefault()) {
      defaults.put(after.owner(), graph);
    }
  }

  private void giveUp(Name name, GraphId graph) {
    Holders known = names.get(name);
    names.put(name, new Holders(known == null ? graph : known.before, null, graph));
  }

  private void take(Name name, GraphId graph) {
    Holders known = names.get(name);
    if (known != null && known.after != null) {
      throw taken();
    }
    names.put(name, new Holders(known == null ? null : known.before, graph, graph));
  }

  static ConflictException taken() {
    return new ConflictException("the owner has a graph of this name already");
  }

  boolean isName(Key key) {
    return names.keySet().stream().anyMatch(name -> Keys.name(name.owner, name.name).equals(key));
  }

  void addTo(Transaction transaction) {
    names.forEach((name, change) -> add(transaction, name, change));
    defaults.forEach((owner, graph) -> transaction.put(chosen(owner, graph)));
  }

  private static void add(Transaction transaction, Name name, Holders change) {
    Item item = item(name.owner, name.name, change.last, change.after == null);
    if (change.before == null) {
      transaction.put(
          item,
          "attribute_not_exists(#p) OR #free = :true",
          Map.of("#p", DynamoDbTable.PARTITION_KEY, "#free", FREE),
          Map.of(":true", AttributeValue.fromBool(true)));
    } else {
      GraphId before = change.before;
      transaction.put(
          before.equals(change.last)
              ? item
              : item.text(GraphReads.HOLDER_BEFORE, Codec.hex(before.value())),
          "#graph = :graph AND #free = :false",
          Map.of("#graph", GraphReads.HOLDER, "#free", FREE),
          Map.of(
              ":graph", AttributeValue.fromS(Codec.hex(before.value())),
              ":false", AttributeValue.fromBool(false)));
    }
  }

  /** A name and who has it, or had it last. */
  static Item item(UserId owner, String name, GraphId graph, boolean isFree) {
    return Item.at(Keys.name(owner, name))
        .text(NAME, name)
        .text(GraphReads.HOLDER, Codec.hex(graph.value()))
        .with(FREE, AttributeValue.fromBool(isFree));
  }

  /** Which graph is the default of an owner. */
  static Item chosen(UserId owner, GraphId graph) {
    return Item.at(Keys.defaultGraph(owner)).text(GraphReads.HOLDER, Codec.hex(graph.value()));
  }
}
