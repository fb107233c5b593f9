package dev.knowledgegraph.tck.storage;

import static dev.knowledgegraph.tck.Scribe.day;
import static dev.knowledgegraph.tck.Scribe.edgeId;
import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.knowledgegraph.model.Direction;
import dev.knowledgegraph.model.NodeKey;
import dev.knowledgegraph.query.EdgeFilter;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.spi.Lease;
import dev.knowledgegraph.tck.StorageFixture;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The law of {@link dev.knowledgegraph.spi.Storage} about its end. */
public abstract class CloseContract extends StorageContract {
  /** A suite for stores of such a fixture. */
  protected CloseContract(Supplier<? extends StorageFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void a_closed_storage_refuses_every_call() {
    append(scribe.create("notes"));
    var id = List.of(nodeId(1));
    var edge = List.of(edgeId(1));
    var first = Page.Request.first();
    storage.close();

    var calls =
        List.<ThrowingCallable>of(
            () -> append(scribe.node(1, "Ada")),
            () -> storage.read(ref, 0, 1),
            () -> storage.logs(null, 1),
            () -> storage.findReceipt(ref, "key", day(0)),
            () -> storage.sequenceAt(ref, day(1)),
            () -> storage.findGraph(ref.id()),
            () -> storage.findGraph(ref.owner(), "notes"),
            () -> storage.graphs(ref.owner()),
            () -> storage.head(ref),
            () -> storage.graphAt(ref, NOW),
            () -> storage.nodes(ref, id, NOW),
            () -> storage.nodesByKey(ref, List.of(NodeKey.of("k")), NOW),
            () -> storage.nodesByTitle(ref, "Ada", 1, NOW),
            () -> storage.edges(ref, edge, NOW),
            () -> storage.edgesOf(ref, id, Direction.BOTH, List.of(), NOW),
            () -> storage.edgesFrom(ref, id, NOW),
            () -> storage.edgesOfShape(ref, List.of(), NOW),
            () -> storage.degree(ref, nodeId(1), NOW),
            () -> storage.usedNodeIds(ref, id),
            () -> storage.usedEdgeIds(ref, edge),
            () -> storage.listNodes(ref, NodeFilter.all(), NodeSort.created(), first, NOW),
            () -> storage.listEdges(ref, EdgeFilter.all(), first, NOW),
            () -> storage.categories(ref, NOW),
            () -> storage.counts(ref, NOW),
            () -> storage.forEachNode(ref, NOW, node -> {}),
            () -> storage.forEachEdge(ref, NOW, found -> {}),
            () -> storage.nodeHistory(ref, nodeId(1)),
            () -> storage.edgeHistory(ref, edgeId(1)),
            () -> storage.checkpoint("mail", ref),
            () -> storage.saveCheckpoint("mail", ref, 1),
            () -> storage.lease("mail"),
            () -> storage.replaceLease("mail", Lease.NONE, Lease.NONE.passedTo("me")),
            () -> storage.park("mail", ref, List.of()),
            () -> storage.unpark("mail", ref, List.of()),
            () -> storage.parked("mail", ref, null, 1),
            () -> storage.parkedFor(ref));
    calls.forEach(call -> assertThatIllegalStateException().isThrownBy(call));
  }

  @Test
  void closing_twice_is_closing_once() {
    append(scribe.create("notes"));
    storage.close();
    storage.close();

    assertThatIllegalStateException().isThrownBy(() -> storage.head(ref));
  }

  @Test
  void closing_one_store_leaves_the_others_open() {
    var other = fixture.create();
    other.append(List.of(scribe.create("notes")));
    storage.close();

    assertThat(other.head(ref).sequence()).isEqualTo(1);
  }
}
