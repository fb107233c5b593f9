package dev.knowledgegraph.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.functions.Connection;
import dev.knowledgegraph.functions.ConnectionStoreContract;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.dynamodb.DynamoDbTable;
import dev.knowledgegraph.tck.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The connections in DynamoDB, in the local stand-in. */
class DynamoDbConnectionStoreTest {
  private static final Duration LIFE = Duration.ofHours(2);

  @Nested
  class As_a_connection_store extends ConnectionStoreContract {
    As_a_connection_store() {
      super(
          clock ->
              DynamoDbConnectionStore.open(LocalTables.client(), LocalTables.newTable(), clock));
    }
  }

  private final ManualClock clock = new ManualClock();
  private final String table = LocalTables.newTable();
  private final DynamoDbConnectionStore store =
      DynamoDbConnectionStore.open(LocalTables.client(), table, clock);

  private Connection connection(String owner) {
    Instant now = clock.instant();
    return new Connection(UserId.of(owner), "c1", now, now.plus(LIFE));
  }

  @Test
  void every_item_says_when_it_expires_and_nothing_of_an_event_is_kept_but_its_id() {
    var ada = connection("ada");
    store.put(ada);
    store.claim(ada, "graph/1/0", clock.instant().plusSeconds(30));
    store.claim(ada, "graph/2/0", clock.instant().plusSeconds(30));
    store.sent(ada, "graph/2/0");
    store.end("c2", clock.instant().plus(LIFE));

    var items = LocalTables.client().scan(scan -> scan.tableName(table)).items();

    String end = Long.toString(ada.expires().getEpochSecond());
    assertThat(items)
        .extracting(
            item ->
                text(item, DynamoDbTable.PARTITION_KEY) + " " + text(item, DynamoDbTable.SORT_KEY))
        .containsExactlyInAnyOrder(
            "connection#c1 state",
            "connection#c2 state",
            "owner#ada c1",
            "sent#c1#ada graph/1/0",
            "sent#c1#ada graph/2/0");
    assertThat(items)
        .allSatisfy(
            item ->
                assertThat(item).containsEntry(DynamoDbTable.EXPIRES, AttributeValue.fromN(end)));
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name)).s();
  }

  @Test
  void another_process_sees_what_this_one_wrote() {
    store.put(connection("ada"));

    var other = DynamoDbConnectionStore.open(LocalTables.client(), table, clock);

    assertThat(other.of(UserId.of("ada"), null, 10)).containsExactly(connection("ada"));
    other.close();
    assertThat(store.count(UserId.of("ada"))).as("the client is still open").isEqualTo(1);
  }

  @Test
  void a_table_that_is_not_there_is_told() {
    var nowhere = DynamoDbConnectionStore.open(LocalTables.client(), "nowhere", clock);

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> nowhere.count(UserId.of("ada")))
        .matches(e -> e.code().equals("STORE_ABSENT") && !e.retryable());
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> nowhere.put(connection("ada")));
  }
}
