package dev.knowledgegraph.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knowledgegraph.event.Committed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while commands are carried out, again and again. */
class CommandKillTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int THREADS = 6;
  private static final int KILLS_OF_A_STORE = 10;

  /** More than a child can answer before it is killed, however late the kill comes. */
  private static final int LINES = 5_000;

  @TempDir Path temp;
  private final RandomGenerator random = Chance.of(CommandKillTest.class);

  /** Where each acknowledged command stands, by its key. */
  private final Map<String, Long> acknowledged = new HashMap<>();

  private long inDoubt;

  @Test
  void nothing_acknowledged_to_several_threads_is_lost_in_20_kills() throws Exception {
    killWriters(Integer.getInteger("kills", 20));
  }

  @Test
  void no_line_answered_by_a_batch_is_lost_in_20_kills() throws Exception {
    killBatches(Integer.getInteger("kills", 20));
  }

  @Tag("soak")
  @Test
  void nothing_acknowledged_to_several_threads_is_lost_in_many_kills() throws Exception {
    killWriters(Chance.kills());
  }

  @Tag("soak")
  @Test
  void no_line_answered_by_a_batch_is_lost_in_many_kills() throws Exception {
    killBatches(Chance.kills());
  }

  private void killWriters(int kills) throws Exception {
    Path store = temp;
    var names = new ArrayList<String>();
    for (int kill = 0; kill < kills; kill++) {
      if (kill % KILLS_OF_A_STORE == 0) {
        store = temp.resolve("store" + kill);
        acknowledged.clear();
        names.clear();
        for (int i = 0; i < THREADS; i++) {
          names.add("w" + random.nextInt(1_000_000));
        }
      }
      var arguments = new ArrayList<>(List.of(store.toString()));
      for (String name : names) {
        arguments.addAll(List.of(name, String.valueOf(done(name))));
      }
      try (Child child = Child.java(List.of(), List.of(), Writers.class, arguments)) {
        int[] left = {random.nextInt(120)};
        child.out().await(line -> left[0]-- == 0);
        Thread.sleep(random.nextInt(10));
        assertThat(child.kill()).as(child.err().text()).isTrue();
        child.out().soFar().stream().filter(line -> line.contains(" ")).forEach(this::acknowledge);
      }
      holds(store, names);
      if ((kill + 1) % KILLS_OF_A_STORE == 0) {
        Proof.followsFromItsLog(store);
      }
    }
    report(kills, "of %d threads".formatted(THREADS));
  }

  private void acknowledge(String line) {
    int space = line.indexOf(' ');
    acknowledge(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
  }

  /** A command that is answered twice is answered the same. */
  private void acknowledge(String key, long position) {
    Long before = acknowledged.put(key, position);
    assertThat(before == null || before == position).as(key).isTrue();
  }

  private int done(String name) {
    int done = 0;
    while (acknowledged.containsKey(CommandStream.key(name, done))) {
      done++;
    }
    return done;
  }

  /**
   * The log has each command once and in order, the acknowledged ones where that was said; at most
   * the one that each writer waited for is more.
   */
  private void holds(Path store, List<String> names) {
    var places = new HashMap<String, Integer>();
    var found = new HashMap<String, Long>();
    for (Committed entry : Proof.log(store)) {
      String key = entry.commandId();
      if (!key.isEmpty()) {
        String name = key.substring(0, key.lastIndexOf('-'));
        int place = places.merge(name, 1, Integer::sum) - 1;
        assertThat(key).isEqualTo(CommandStream.key(name, place));
        found.put(key, entry.position().sequence());
      }
    }
    assertThat(found).containsAllEntriesOf(acknowledged);
    assertThat(found.size() - acknowledged.size()).isBetween(0, names.size());
    inDoubt += found.size() - acknowledged.size();
  }

  private void killBatches(int kills) throws Exception {
    Path store = temp;
    String name = "";
    for (int kill = 0; kill < kills; kill++) {
      if (kill % KILLS_OF_A_STORE == 0) {
        store = temp.resolve("batches" + kill);
        acknowledged.clear();
        name = "b" + random.nextInt(1_000_000);
      }
      int done = done(name);
      try (Child child = Child.kg(store, "batch")) {
        String lines = BatchLines.of(name, done, done + LINES);
        Thread.ofVirtual().start(() -> write(child, lines));
        int target = 1 + random.nextInt(120);
        child.out().await(line -> line.contains("\"line\":" + target + ","));
        Thread.sleep(random.nextInt(10));
        assertThat(child.kill()).as(child.err().text()).isTrue();
        for (String line : child.out().soFar()) {
          JsonNode answer = JSON.readTree(line);
          assertThat(answer.path("ok").asBoolean()).as(line).isTrue();
          acknowledge(
              CommandStream.key(name, done + answer.path("line").asInt() - 1),
              answer.path("position").asLong());
        }
      }
      holds(store, List.of(name));
      if ((kill + 1) % KILLS_OF_A_STORE == 0) {
        Proof.followsFromItsLog(store);
      }
    }
    report(kills, "of batches");
  }

  private void report(int kills, String what) {
    System.out.printf(
        Locale.ROOT,
        "%d kills %s; the last store has %d acknowledged commands; %d were done but not yet said%n",
        kills,
        what,
        acknowledged.size(),
        inDoubt);
  }

  private static void write(Child child, String lines) {
    try (var input = child.input()) {
      input.write(lines);
    } catch (IOException e) {
      // It was killed meanwhile.
    }
  }
}
