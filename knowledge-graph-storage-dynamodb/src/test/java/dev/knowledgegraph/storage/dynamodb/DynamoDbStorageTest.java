package dev.knowledgegraph.storage.dynamodb;

import static dev.knowledgegraph.tck.Scribe.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.BulkCommand.ImportEdges;
import dev.knowledgegraph.command.BulkCommand.ImportNodes;
import dev.knowledgegraph.command.BulkCommand.ImportedEdge;
import dev.knowledgegraph.command.BulkCommand.ImportedNode;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.query.NodeFilter;
import dev.knowledgegraph.query.NodeSort;
import dev.knowledgegraph.query.Page;
import dev.knowledgegraph.spi.Commit;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.GraphReader;
import dev.knowledgegraph.tck.Answers;
import dev.knowledgegraph.tck.GraphSamples;
import dev.knowledgegraph.tck.Scribe;
import dev.knowledgegraph.tck.Together;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What is of DynamoDB, beside what every store does. */
class DynamoDbStorageTest {
  private static final long NOW = GraphReader.LATEST;

  private final String table = LocalDynamoDb.newTable();
  private final DynamoDbStorage storage = open(LocalDynamoDb.client());
  private final Scribe scribe = new Scribe("ada", 1);

  private DynamoDbStorage open(DynamoDbClient client) {
    return DynamoDbStorage.open(client, config());
  }

  private DynamoDbStorageConfig config() {
    return DynamoDbFixture.config(table)
        .retries(3, Duration.ofNanos(1), Duration.ofNanos(2))
        .build();
  }

  @AfterEach
  void close() {
    storage.close();
    LocalDynamoDb.client().deleteTable(delete -> delete.tableName(table));
  }

  private void append(Commit... commits) {
    storage.append(List.of(commits));
  }

  // Sizes.

  @Test
  void a_body_that_cannot_be_deflated_is_kept_in_parts() {
    var random = new Random(7);
    var body = new StringBuilder();
    for (int i = 0; i < 700_000; i++) {
      body.appendCodePoint(0x4E00 + random.nextInt(0x5000));
    }
    append(scribe.create("notes"), scribe.node(1, NodeData.node("long").body(body.toString())));
    append(scribe.set(1, NodeData.node("short")));

    assertThat(storage.nodes(scribe.ref(), List.of(nodeId(1)), 2).get(nodeId(1)))
        .extracting(Node::body)
        .isEqualTo(body.toString());
    assertThat(storage.nodeHistory(scribe.ref(), nodeId(1))).hasSize(2);
    assertThat(storage.read(scribe.ref(), 0, 5)).hasSize(3);
  }

  @Test
  void an_import_of_thousands_is_laid_ready_and_written_in_batches() {
    append(scribe.create("notes"), importOf(3_000));
    var edges = new ArrayList<ImportedEdge>();
    for (long n = 1; n < 3_000; n++) {
      edges.add(
          new ImportedEdge(
              Scribe.edgeId(n), EdgeData.edge(nodeId(n), EdgeType.RELATED, nodeId(n + 1)), false));
    }
    append(scribe.write(new ImportEdges(scribe.ref().id(), edges)));

    assertThat(storage.counts(scribe.ref(), NOW).nodes()).isEqualTo(3_000);
    assertThat(storage.counts(scribe.ref(), NOW).edges()).isEqualTo(2_999);
    assertThat(storage.head(scribe.ref()).nodes()).isEqualTo(3_000);
    assertThat(partition(Keys.ATTEMPTS)).as("what was laid ready is taken away").isEmpty();
    var seen = new ArrayList<Node>();
    String after = null;
    do {
      var page =
          storage.listNodes(
              scribe.ref(),
              NodeFilter.all(),
              NodeSort.created(),
              new Page.Request(700, after),
              NOW);
      seen.addAll(page.items());
      after = page.next();
    } while (after != null);
    assertThat(seen).extracting(Node::id).doesNotHaveDuplicates().hasSize(3_000);
  }

  private Commit importOf(int count) {
    var nodes =
        LongStream.rangeClosed(1, count)
            .mapToObj(n -> new ImportedNode(nodeId(n), NodeData.node("Node " + n)))
            .toList();
    return scribe.write(new ImportNodes(scribe.ref().id(), nodes));
  }

  @Test
  void more_graphs_than_a_transaction_takes_are_refused_before_anything_is_written() {
    var commits =
        LongStream.rangeClosed(1, 60).mapToObj(n -> new Scribe("ada", n).create("g" + n)).toList();

    assertThat(failure(() -> storage.append(commits)).code()).isEqualTo("STORE_LIMIT");
    assertThat(storage.graphs(scribe.ref().owner())).isEmpty();
    assertThat(partition(Keys.ATTEMPTS)).isEmpty();
  }

  @Test
  void a_transaction_has_one_operation_for_an_item() {
    var transaction = new Transaction(table);
    transaction.put(Item.at(new Key("a", "b")));

    assertThatIllegalStateException()
        .isThrownBy(() -> transaction.create(Item.at(new Key("a", "b"))));
  }

  // What others see meanwhile.

  /** Looks at the graph between a transaction and what comes after it. */
  private final class Gap extends ClientDecorator {
    private final List<Answers> seen = new ArrayList<>();
    private boolean looking;

    Gap() {
      super(LocalDynamoDb.client());
    }

    @Override
    Object answer(Method method, SdkRequest request) throws Throwable {
      if (request instanceof UpdateItemRequest && looking) {
        seen.add(Answers.of(storage, scribe.ref(), NOW));
      }
      return call(method, request);
    }
  }

  @Test
  void nothing_of_a_commit_is_seen_until_all_of_it_is_there() {
    var gap = new Gap();
    try (var writer = open(gap.client())) {
      GraphSamples.triangle(scribe).forEach(commit -> writer.append(List.of(commit)));
      var before = Answers.of(storage, scribe.ref(), NOW);
      gap.looking = true;
      writer.append(List.of(scribe.removeNode(1)));

      assertThat(gap.seen).hasSize(1);
      assertThat(gap.seen.getFirst().differenceFrom(before)).isEmpty();
      assertThat(Answers.of(storage, scribe.ref(), NOW).differenceFrom(before)).isPresent();
    }
  }

  /** Dies just before the state may be read, like a process that is killed there. */
  private static final class DiesInTheGap extends ClientDecorator {
    DiesInTheGap() {
      super(LocalDynamoDb.client());
    }

    @Override
    Object answer(Method method, SdkRequest request) throws Throwable {
      if (request instanceof UpdateItemRequest) {
        throw new FaultyClient.Dead();
      }
      return call(method, request);
    }
  }

  @Test
  void what_a_dead_process_left_is_finished_by_the_next_writer() {
    append(scribe.create("notes"));
    var imported = importOf(200);
    try (var writer = open(new DiesInTheGap().client())) {
      assertThatExceptionOfType(FaultyClient.Dead.class)
          .isThrownBy(() -> writer.append(List.of(imported)));
    }
    assertThat(storage.head(scribe.ref()).sequence()).isEqualTo(1);
    var late = new Scribe("ada", 1);
    late.create("notes");

    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> append(late.node(9, "decided before")));
    assertThat(storage.head(scribe.ref())).isEqualTo(imported.head());
    assertThat(storage.counts(scribe.ref(), NOW).nodes()).isEqualTo(200);
    assertThat(partition(Keys.ATTEMPTS)).isEmpty();
  }

  @Test
  void processes_that_write_large_appends_to_one_graph_finish_each_others_work() {
    append(scribe.create("notes"));
    int writers = 4;
    int each = 8;
    Together.run(
        writers,
        writer ->
            () -> {
              try (var mine =
                  DynamoDbStorage.open(
                      new Table(LocalDynamoDb.client(), config(), 4), false, false)) {
                for (int n = 0; n < each; n++) {
                  importTen(mine, 1_000L * (writer + 1) + 10L * n);
                }
              }
              return writer;
            });

    var head = storage.head(scribe.ref());
    assertThat(head.nodes()).isEqualTo(10L * writers * each);
    assertThat(head.sequence()).isEqualTo(1 + writers * each);
    assertThat(KnowledgeGraph.recount(storage, scribe.ref(), head.sequence()))
        .isEqualTo(head.fingerprint());
    assertThat(partition(Keys.ATTEMPTS)).isEmpty();
  }

  private void importTen(DynamoDbStorage into, long first) {
    var engine = KnowledgeGraph.builder().storage(into).build();
    var nodes =
        LongStream.range(first, first + 10)
            .mapToObj(n -> new ImportedNode(nodeId(n), NodeData.node("Node " + n)))
            .toList();
    while (true) {
      try {
        engine
            .commands()
            .send(
                scribe.ref().owner(),
                new ImportNodes(scribe.ref().id(), nodes),
                CommandOptions.none())
            .orThrow();
        return;
      } catch (ConflictException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void items_of_a_transaction_that_show_late_are_waited_for() {
    append(scribe.create("notes"));
    try (var writer = open(new DiesInTheGap().client())) {
      assertThatExceptionOfType(FaultyClient.Dead.class)
          .isThrownBy(() -> writer.append(List.of(scribe.node(1, "Ada"))));
    }
    var hiding = new HidesFoundKeys(LocalDynamoDb.client(), 2);
    try (var other = open(hiding.client())) {
      assertThatExceptionOfType(ConflictException.class)
          .isThrownBy(
              () -> {
                var late = new Scribe("ada", 1);
                late.create("notes");
                other.append(List.of(late.node(2, "Bob")));
              });
    }
    assertThat(hiding.left.get()).isNegative();
    assertThat(storage.nodes(scribe.ref(), List.of(nodeId(1)), NOW)).hasSize(1);
  }

  /** Answers that nothing is there, a number of times, to who looks whether items are there. */
  private static final class HidesFoundKeys extends ClientDecorator {
    private final AtomicInteger left;

    HidesFoundKeys(DynamoDbClient below, int times) {
      super(below);
      left = new AtomicInteger(times);
    }

    @Override
    Object answer(Method method, SdkRequest request) throws Throwable {
      Object answer = call(method, request);
      boolean isLook =
          request instanceof software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest get
              && get.requestItems().values().iterator().next().projectionExpression() != null;
      return isLook && left.getAndDecrement() > 0
          ? ((BatchGetItemResponse) answer).toBuilder().responses(Map.of()).build()
          : answer;
    }
  }

  @Test
  void what_others_began_is_waited_for_by_those_who_follow_all_logs() {
    append(scribe.create("notes"));
    append(new Scribe("bob", 2).create("notes"));
    append(new Scribe("eve", 3).create("notes"));
    var second = Keys.log(2).values();
    LocalDynamoDb.client().deleteItem(delete -> delete.tableName(table).key(second));

    assertThat(storage.logs(null, 9)).containsExactly(scribe.ref());
  }

  @Test
  void a_title_that_many_nodes_had_is_looked_through_until_enough_have_it() {
    append(scribe.create("notes"));
    for (long n = 1; n <= 150; n++) {
      append(scribe.node(n, "same"));
    }
    for (long n = 1; n <= 140; n++) {
      append(scribe.set(n, NodeData.node("other")));
    }
    append(scribe.set(140, NodeData.node("same")));

    assertThat(storage.nodesByTitle(scribe.ref(), "same", 3, NOW))
        .extracting(Node::id)
        .containsExactly(nodeId(140), nodeId(141), nodeId(142));
    assertThat(storage.nodesByTitle(scribe.ref(), "same", 99, NOW)).hasSize(11);
    assertThat(storage.nodesByTitle(scribe.ref(), "same", 999, 151)).hasSize(150);
  }

  // Failures.

  /** Fails every request of a kind, for now. */
  private static final class Failing extends ClientDecorator {
    private final Class<? extends SdkRequest> kind;
    private final RuntimeException failure;

    Failing(Class<? extends SdkRequest> kind, RuntimeException failure) {
      super(LocalDynamoDb.client());
      this.kind = kind;
      this.failure = failure;
    }

    @Override
    Object answer(Method method, SdkRequest request) throws Throwable {
      Object answer =
          kind.isInstance(request) && failure instanceof SdkClientException
              ? call(method, request)
              : null;
      if (kind.isInstance(request)) {
        throw failure;
      }
      return answer == null ? call(method, request) : answer;
    }
  }

  private static RuntimeException throttled() {
    return ProvisionedThroughputExceededException.builder().message("too much").build();
  }

  private static RuntimeException lost() {
    return SdkClientException.create("lost", new IOException("reset"));
  }

  @Test
  void a_service_that_takes_nothing_any_more_is_unavailable_and_may_be_asked_again() {
    append(scribe.create("notes"));
    try (var slow = open(new Failing(TransactWriteItemsRequest.class, throttled()).client())) {
      var failure = failure(() -> slow.append(List.of(scribe.node(1, "Ada"))));

      assertThat(failure.code()).isEqualTo("STORE_UNAVAILABLE");
      assertThat(failure.retryable()).isTrue();
      assertThat(storage.head(scribe.ref()).sequence()).isEqualTo(1);
    }
  }

  @Test
  void answers_that_are_lost_for_good_are_looked_up() {
    append(scribe.create("notes"));
    try (var lossy = open(new Failing(TransactWriteItemsRequest.class, lost()).client())) {
      lossy.append(List.of(scribe.node(1, "Ada")));

      assertThat(storage.head(scribe.ref()).sequence()).isEqualTo(2);
      assertThat(storage.read(scribe.ref(), 0, 5)).hasSize(2);
    }
  }

  @Test
  void what_is_looked_up_is_waited_for_until_all_of_it_shows() {
    append(scribe.create("notes"));
    var lossy = new Failing(TransactWriteItemsRequest.class, lost());
    var hiding = new HidesFoundKeys(lossy.client(), 2);
    try (var late = open(hiding.client())) {
      late.append(List.of(scribe.node(1, "Ada")));

      assertThat(hiding.left.get()).isNegative();
      assertThat(storage.nodesByTitle(scribe.ref(), "Ada", 1, NOW)).hasSize(1);
    }
  }

  /** Answers transactions with a lost connection, and no look whether they were carried out. */
  private static final class Cut extends ClientDecorator {
    private boolean isCut;

    Cut() {
      super(LocalDynamoDb.client());
    }

    @Override
    Object answer(Method method, SdkRequest request) throws Throwable {
      isCut |= request instanceof TransactWriteItemsRequest;
      if (isCut) {
        throw lost();
      }
      return call(method, request);
    }
  }

  @Test
  void a_commit_that_is_written_and_cannot_be_shown_has_a_code_of_its_own() {
    append(scribe.create("notes"));
    try (var slow = open(new Failing(UpdateItemRequest.class, throttled()).client())) {
      var failure = failure(() -> slow.append(List.of(scribe.node(1, "Ada"))));

      assertThat(failure.code()).isEqualTo("STORE_OUTCOME_UNKNOWN");
      assertThat(storage.head(scribe.ref()).sequence()).isEqualTo(1);
    }
    append(scribe.node(2, "Bob"));
    assertThat(storage.head(scribe.ref()).nodes()).isEqualTo(2);
  }

  @Test
  void an_outcome_that_nobody_can_find_out_has_a_code_of_its_own() {
    append(scribe.create("notes"));
    try (var cut = open(new Cut().client())) {
      var failure = failure(() -> cut.append(List.of(scribe.node(1, "Ada"))));

      assertThat(failure.code()).isEqualTo("STORE_OUTCOME_UNKNOWN");
      // Whoever sends it again blindly may have it twice.
      assertThat(failure.retryable()).isFalse();
    }
  }

  @Test
  void reads_that_fail_too_often_are_refused() {
    append(scribe.create("notes"));
    try (var slow = open(LocalDynamoDb.client());
        var failing =
            DynamoDbStorage.over(
                new Table(
                    new Failing(GetItemRequest.class, throttled()).client(),
                    config(),
                    Transaction.MOST))) {
      assertThat(slow.head(scribe.ref()).sequence()).isEqualTo(1);
      assertThat(failure(() -> failing.head(scribe.ref())).code()).isEqualTo("STORE_UNAVAILABLE");
    }
  }

  @Test
  void a_table_that_is_not_there_is_absent() {
    var nowhere = DynamoDbStorageConfig.of("kg-nowhere");

    assertThat(failure(() -> DynamoDbStorage.open(LocalDynamoDb.client(), nowhere)).code())
        .isEqualTo("STORE_ABSENT");
  }

  @Test
  void a_store_that_a_newer_version_wrote_is_refused() {
    append(scribe.create("notes"));
    var item = Item.at(Keys.lastLog()).number(Append.LAST, 1).number(Append.FORMAT, 2);
    LocalDynamoDb.client().putItem(put -> put.tableName(table).item(item.all()));

    assertThatExceptionOfType(IntegrityException.class)
        .isThrownBy(() -> open(LocalDynamoDb.client()))
        .matches(e -> e.code().equals("STORE_NEWER"));
  }

  @Test
  void a_store_that_is_open_for_reading_refuses_to_write() {
    append(scribe.create("notes"));
    try (var reader = DynamoDbStorage.openReadOnly(LocalDynamoDb.client(), config())) {
      assertThat(reader.isReadOnly()).isTrue();
      assertThat(reader.head(scribe.ref()).sequence()).isEqualTo(1);
      assertThat(failure(() -> reader.append(List.of(scribe.node(1, "Ada")))).code())
          .isEqualTo("STORE_READ_ONLY");
      assertThat(failure(() -> reader.saveCheckpoint("mail", scribe.ref(), 1)).code())
          .isEqualTo("STORE_READ_ONLY");
    }
  }

  @Test
  void a_log_with_a_hole_is_told_and_reconciled() {
    append(scribe.create("notes"), scribe.node(1, "Ada"), scribe.node(2, "Bob"));
    Key lost = new Keys(scribe.ref().id(), 2).entry(2);
    LocalDynamoDb.client().deleteItem(delete -> delete.tableName(table).key(lost.values()));

    assertThatExceptionOfType(IntegrityException.class)
        .isThrownBy(() -> storage.read(scribe.ref(), 0, 9))
        .withMessageContaining("reconcile");
    DynamoDbStorage.reconcile(LocalDynamoDb.client(), config());
    assertThat(storage.head(scribe.ref())).isEqualTo(GraphHead.EMPTY);
  }

  // Keys.

  @Test
  void every_item_of_a_graph_is_under_a_key_with_its_id() {
    append(scribe.create("notes"));
    GraphSamples.triangle(new Scribe("bob", 2)).forEach(this::append);
    var graphs = new ArrayList<String>();
    LocalDynamoDb.client().scanPaginator(scan -> scan.tableName(table)).items().stream()
        .map(Key::of)
        .filter(key -> key.partition().startsWith("G#"))
        .forEach(key -> graphs.add(key.partition().substring(2, 34)));

    assertThat(graphs)
        .containsOnly(Codec.hex(Scribe.graphId(1).value()), Codec.hex(Scribe.graphId(2).value()));
  }

  @Test
  void receipts_expire() {
    append(
        scribe.create("notes"),
        scribe.write(
            new dev.knowledgegraph.command.NodeCommand.AddNode(
                scribe.ref().id(), nodeId(1), NodeData.node("Ada")),
            CommandOptions.none().withIdempotencyKey("key")));
    var keys = new Keys(scribe.ref().id(), 2);
    var receipt =
        LocalDynamoDb.client()
            .getItem(get -> get.tableName(table).key(keys.receipt("key", 2).values()))
            .item();

    long expires = Item.of(receipt).number(DynamoDbTable.EXPIRES);
    long now = config().clock().instant().getEpochSecond();
    assertThat(expires)
        .isBetween(now + Duration.ofDays(29).toSeconds(), now + Duration.ofDays(31).toSeconds());
  }

  @Test
  void a_configuration_says_what_is_wrong_with_it() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DynamoDbStorageConfig.of("no table"))
        .withMessageContaining("table");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DynamoDbStorageConfig.builder("table").buckets(0).build())
        .withMessageContaining("buckets");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DynamoDbStorageConfig.builder("table")
                    .retries(1, Duration.ZERO, Duration.ZERO)
                    .build())
        .withMessageContaining("firstWait");
  }

  private List<Map<String, AttributeValue>> partition(String partition) {
    QueryResponse found = LocalDynamoDb.client().query(Range.all(partition).request(table).build());
    return found.items();
  }

  private static StorageException failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(StorageException.class, call);
  }
}
