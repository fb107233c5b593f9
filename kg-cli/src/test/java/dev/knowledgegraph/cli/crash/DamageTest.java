package dev.knowledgegraph.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a loss of power, or a disk that errs, leaves. */
class DamageTest {
  private static final UserId USER = UserId.of("local");
  private static final List<String> FILES = List.of("events.db", "events.db-wal", "kg.json");

  @TempDir Path temp;
  private final RandomGenerator random = Chance.of(DamageTest.class);

  @Test
  void a_wal_that_lost_its_end_leaves_a_whole_beginning_in_200_cases() throws Exception {
    damageWals(200);
  }

  @Tag("soak")
  @Test
  void a_wal_that_lost_its_end_leaves_a_whole_beginning_in_many_cases() throws Exception {
    damageWals(10 * Chance.kills());
  }

  private void damageWals(int cases) throws Exception {
    Path origin = temp.resolve("origin");
    Path killed = temp.resolve("killed");
    // What is checkpointed cannot be lost any more; the WAL that the second opening begins can.
    write(origin, 60, null);
    NavigableMap<Long, Long> heads = write(origin, 60, killed);
    byte[] wal = Files.readAllBytes(killed.resolve("events.db-wal"));
    List<Committed> whole = Proof.log(killed);
    assertThat(whole).hasSize(121);

    for (int i = 0; i < cases; i++) {
      Path copy = temp.resolve("copy" + i);
      copy(killed, copy);
      int from = random.nextInt(wal.length);
      Files.write(copy.resolve("events.db-wal"), damaged(wal, from));

      JdbcStorage.openSqlite(copy).close();

      List<Committed> left = Proof.log(copy);
      assertThat(left).as("damaged from byte %d", from).isEqualTo(whole.subList(0, left.size()));
      assertThat(left.size())
          .isGreaterThanOrEqualTo(heads.floorEntry((long) from).getValue().intValue());
      Proof.followsFromItsLog(copy);
      delete(copy);
    }
  }

  /** Cut, zeroed or garbled from a byte on. */
  private byte[] damaged(byte[] whole, int from) {
    byte[] damaged = Arrays.copyOf(whole, whole.length);
    switch (random.nextInt(3)) {
      case 0 -> damaged = Arrays.copyOf(whole, from);
      case 1 -> Arrays.fill(damaged, from, whole.length, (byte) 0);
      default -> {
        byte[] noise = new byte[whole.length - from];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, damaged, from, noise.length);
      }
    }
    return damaged;
  }

  /** Carries out commands, and notes how long the WAL is when each is acknowledged. */
  private static NavigableMap<Long, Long> write(Path store, int commands, @Nullable Path copy)
      throws IOException {
    var heads = new TreeMap<Long, Long>();
    try (KnowledgeGraph open = KnowledgeGraph.open(store)) {
      GraphView graph = open.as(USER).graph("main");
      var stream = new CommandStream(graph.id(), "damage");
      for (long done = 1; done < graph.head().sequence(); done++) {
        stream.next();
      }
      heads.put(0L, graph.head().sequence());
      for (int i = 0; i < commands; i++) {
        var once = CommandOptions.none().withIdempotencyKey("at " + graph.head().sequence());
        graph.send(stream.next(), once).orThrow();
        heads.put(Files.size(store.resolve("events.db-wal")), graph.head().sequence());
      }
      if (copy != null) {
        copy(store, copy);
      }
    }
    return heads;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String file : FILES) {
      Files.copy(from.resolve(file), to.resolve(file));
    }
  }

  private static void copyStore(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String file : List.of("events.db", "kg.json")) {
      Files.copy(from.resolve(file), to.resolve(file));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Test
  void the_doctor_finds_each_of_150_bits_that_flipped_in_the_log() throws Exception {
    Path store = temp.resolve("store");
    write(store, 150, null);
    for (int i = 0; i < 150; i++) {
      long sequence = 1L + random.nextInt(151);
      int bit = flip(store, sequence, -1);

      try (JdbcStorage storage = JdbcStorage.openReadOnly(store)) {
        var graph = storage.graphs(USER).getFirst().ref();
        assertThat(storage.check(USER))
            .filteredOn(check -> !check.ok())
            .extracting(JdbcStorage.Check::detail)
            .anyMatch(detail -> detail.contains("the first is " + sequence + " of graph"));
        assertThatThrownBy(() -> storage.read(graph, sequence - 1, 1))
            .isInstanceOf(IntegrityException.class)
            .hasMessageContaining("log entry " + sequence);
      }
      flip(store, sequence, bit);
    }
    Proof.followsFromItsLog(store);
  }

  @Test
  void the_doctor_says_that_a_damaged_log_cannot_be_repaired_and_which_entry_it_is()
      throws Exception {
    Path store = temp.resolve("store");
    write(store, 20, null);
    flip(store, 7, -1);

    Child.Result result = Child.run(store, "doctor", "--repair");

    assertThat(result.exitCode()).isEqualTo(8);
    assertThat(result.out())
        .contains("1 of 21 log entries are damaged, the first is 7 of graph")
        .contains("Restore a backup: kg --store NEW restore BACKUP");
  }

  @Test
  void the_doctor_finds_that_somebody_else_is_named_as_the_author_of_a_change() throws Exception {
    Path store = temp.resolve("store");
    write(store, 20, null);
    for (String damage :
        List.of(
            "actor = 'local2'",
            "actor = '', cmd_id = actor || cmd_id",
            "corr = 'x'",
            "caus = 'x'",
            "corr = 'at', cmd_id = substr(cmd_id, 3)")) {
      Path copy = temp.resolve("damaged");
      copyStore(store, copy);
      execute(copy, "UPDATE log SET " + damage + " WHERE seq = 9");

      Child.Result found = Child.run(copy, "doctor");

      assertThat(found.exitCode()).as(damage).isEqualTo(8);
      assertThat(found.out()).contains("WRONG chain: 1 of 21 log entries do not follow");
      delete(copy);
    }
  }

  @Test
  void the_doctor_compares_each_row_with_what_the_log_makes() throws Exception {
    Path store = temp.resolve("store");
    write(store, 150, null);
    assertThat(Child.run(store, "doctor", "--replay").out()).contains("ok    replay: 0 rows");
    for (String damage :
        List.of(
            "UPDATE node_hist SET title = 'forged' WHERE from_seq = (SELECT min(from_seq) FROM"
                + " node_hist)",
            "DELETE FROM edge_hist WHERE to_seq = (SELECT max(to_seq) FROM edge_hist)")) {
      execute(store, damage);
      assertThat(Child.run(store, "doctor").exitCode()).as(damage).isZero();

      Child.Result found = Child.run(store, "doctor", "--replay");
      Child.Result repaired = Child.run(store, "doctor", "--replay", "--repair");

      assertThat(found.exitCode()).as(damage + found.out()).isEqualTo(8);
      assertThat(found.out()).contains("WRONG replay: ");
      assertThat(repaired.exitCode()).as(damage + repaired.out()).isZero();
    }
  }

  @Test
  void the_doctor_makes_the_state_anew_from_the_log() throws Exception {
    Path store = temp.resolve("store");
    write(store, 150, null);
    List<Committed> log = Proof.log(store);
    String[] fingerprint = {""};
    Proof.read(store, graph -> fingerprint[0] = graph.head().fingerprint().hex());
    for (String damage :
        List.of(
            "UPDATE node SET title = 'forged' WHERE nid = 3",
            "DELETE FROM edge WHERE weight = (SELECT max(weight) FROM edge)",
            "DELETE FROM node",
            "UPDATE node_hist SET to_seq = to_seq + 1 WHERE from_seq = (SELECT min(from_seq)"
                + " FROM node_hist)",
            "UPDATE node_hist SET ver = 99 WHERE from_seq = (SELECT min(from_seq) FROM node_hist)",
            "UPDATE edge_hist SET to_seq = 9999 WHERE to_seq = (SELECT max(to_seq) FROM edge_hist)",
            "INSERT INTO edge_hist SELECT *, from_seq + 1 FROM edge LIMIT 1",
            "UPDATE graph SET nodes = nodes + 1",
            "UPDATE graph SET fingerprint = zeroblob(32)",
            "INSERT INTO receipt SELECT gid, 'k', 'h', 9999, 1, 1 FROM graph",
            "INSERT INTO checkpoint SELECT 'mail', owner, id, 9999 FROM graph",
            "INSERT INTO dead_letter SELECT owner, id, 'mail', 3, 0, 'graph', 1, 1, 1, 'X', '' FROM"
                + " graph UNION SELECT owner, id, 'mail', 9999, 0, 'graph', 1, 1, 1, 'X', '' FROM"
                + " graph")) {
      execute(store, damage);

      assertThat(Child.run(store, "doctor").exitCode()).as(damage).isEqualTo(8);
      Child.Result repaired = Child.run(store, "doctor", "--repair");

      assertThat(repaired.exitCode()).as(damage + repaired.out() + repaired.err()).isZero();
      assertThat(repaired.out()).contains("all is well");
      assertThat(Proof.log(store)).isEqualTo(log);
      Proof.followsFromItsLog(store);
      Proof.read(
          store, graph -> assertThat(graph.head().fingerprint().hex()).isEqualTo(fingerprint[0]));
    }
    try (JdbcStorage storage = JdbcStorage.openReadOnly(store)) {
      var graph = storage.graphs(USER).getFirst().ref();
      assertThat(storage.checkpoint("mail", graph)).isEqualTo(log.size());
      assertThat(storage.parked("mail", graph, null, 9))
          .extracting(letter -> letter.place().sequence())
          .containsExactly(3L);
      assertThat(storage.findReceipt(graph, "at 150", Instant.EPOCH)).isPresent();
      assertThat(storage.findReceipt(graph, "k", Instant.EPOCH)).isEmpty();
    }
    assertThat(store.resolve("events.db.before-repair")).exists();
  }

  @Test
  void a_store_that_is_being_read_is_not_repaired() throws Exception {
    Path store = temp.resolve("store");
    write(store, 20, null);
    execute(store, "DELETE FROM node");
    try (KnowledgeGraph reader = KnowledgeGraph.open(store.toString(), true)) {
      assertThat(reader.as(USER).graphs()).hasSize(1);

      Child.Result refused = Child.run(store, "doctor", "--repair");

      assertThat(refused.exitCode()).as(refused.out()).isEqualTo(7);
      assertThat(refused.err()).contains("open for reading in another process");
    }
    assertThat(Child.run(store, "doctor", "--repair").exitCode()).isZero();
  }

  /** Flips a bit of an entry's payload, one by chance if it is negative; answers which. */
  private int flip(Path store, long sequence, int which) throws SQLException {
    try (Connection connection = connect(store)) {
      byte[] payload;
      try (var row =
          connection
              .createStatement()
              .executeQuery("SELECT payload FROM log WHERE seq = " + sequence)) {
        row.next();
        payload = row.getBytes(1);
      }
      int bit = which < 0 ? random.nextInt(payload.length * 8) : which;
      payload[bit / 8] ^= (byte) (1 << (bit % 8));
      try (var update =
          connection.prepareStatement("UPDATE log SET payload = ? WHERE seq = " + sequence)) {
        update.setBytes(1, payload);
        update.executeUpdate();
      }
      return bit;
    }
  }

  private static void execute(Path store, String sql) throws SQLException {
    try (Connection connection = connect(store);
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static Connection connect(Path store) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + store.resolve("events.db"));
  }
}
