package dev.knowledgegraph.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.GraphView;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while {@code kg import} works, again and again. */
class ImportKillTest {
  private static final List<String> SMALL_WINDOWS = List.of("-Dknowledgegraph.import.window=5");
  private static final Pattern SAVED =
      Pattern.compile("importing {3}([0-9,]+) nodes? {3}([0-9,]+) edges?");

  @TempDir Path temp;
  private final RandomGenerator random = Chance.of(ImportKillTest.class);
  private final Map<String, Integer> moments = new TreeMap<>();
  private Tables tables;
  private String expected;

  @BeforeEach
  void import_without_interruption() throws Exception {
    tables = Tables.generate(temp, 400);
    Path whole = temp.resolve("whole");
    try (Child child = startImport(whole)) {
      assertThat(child.await().exitCode()).isZero();
    }
    expected = fingerprint(whole);
  }

  @Test
  void nothing_acknowledged_is_lost_in_40_kills() throws Exception {
    kill(Integer.getInteger("kills", 40));
  }

  @Tag("soak")
  @Test
  void nothing_acknowledged_is_lost_in_many_kills() throws Exception {
    kill(Chance.kills());
  }

  private void kill(int kills) throws Exception {
    long start = System.nanoTime();
    int stores = 0;
    for (int done = 0; done < kills; stores++) {
      done += importWithKills(temp.resolve("store" + stores), kills - done);
    }
    System.out.printf(
        Locale.ROOT,
        "%d kills of imports in %d stores, %.1f s: %s%n",
        kills,
        stores,
        (System.nanoTime() - start) / 1e9,
        moments);
  }

  /** Kills an import, and starts it again until it is complete; answers how often it was killed. */
  private int importWithKills(Path store, int most) throws Exception {
    int kills = 0;
    int[] acknowledged = {0};
    boolean complete = false;
    while (!complete) {
      try (Child child = startImport(store)) {
        if (kills < most) {
          waitForAMoment(child, acknowledged[0]);
          boolean killed = child.kill();
          complete = !killed && child.await().exitCode() == 0;
          kills += killed ? 1 : 0;
          acknowledged[0] = Math.max(acknowledged[0], lastSaved(child));
          holds(store, acknowledged[0], killed);
        } else {
          assertThat(child.await().exitCode()).as(child.err().text()).isZero();
          complete = true;
        }
      }
    }
    assertThat(fingerprint(store)).isEqualTo(expected);
    Proof.followsFromItsLog(store);
    return kills;
  }

  /** Some way into the work that is left; now and then, often at first, while Java starts. */
  private void waitForAMoment(Child child, int before) throws InterruptedException {
    if (random.nextInt(before == 0 ? 2 : 20) == 0) {
      Thread.sleep(random.nextInt(700));
      return;
    }
    int target = before + random.nextInt(tables.size() / 4);
    child.err().await(line -> saved(line) >= target);
    Thread.sleep(random.nextInt(15));
  }

  private void holds(Path store, int acknowledged, boolean killed) {
    int[] found = {0};
    Proof.read(store, graph -> found[0] = prefix(graph));
    assertThat(found[0]).as("elements in the store").isGreaterThanOrEqualTo(acknowledged);
    if (killed) {
      String moment =
          found[0] == 0
              ? "before the first commit"
              : found[0] < tables.size() ? "between commits" : "after the last";
      moments.merge(moment, 1, Integer::sum);
    }
  }

  /** The store holds what stands first in the files, all of it and each once. */
  private int prefix(GraphView graph) {
    var keys = new HashSet<String>();
    var byId = new HashMap<Object, String>();
    graph.forEachNode(
        node -> {
          String key = node.key().orElseThrow().value();
          assertThat(keys.add(key)).as(key).isTrue();
          byId.put(node.id(), key);
        });
    assertThat(keys).isEqualTo(new HashSet<>(tables.keys().subList(0, keys.size())));
    var edges = new HashSet<String>();
    graph.forEachEdge(
        edge -> {
          String name =
              byId.get(edge.source()) + " " + edge.type().name() + " " + byId.get(edge.target());
          assertThat(edges.add(name)).as(name).isTrue();
        });
    assertThat(edges).isEqualTo(new HashSet<>(tables.edgesInOrder().subList(0, edges.size())));
    return keys.size() + edges.size();
  }

  private Child startImport(Path store) {
    return Child.kg(
        SMALL_WINDOWS, store, "import", "-v", tables.nodes().toString(), tables.edges().toString());
  }

  private static String fingerprint(Path store) {
    String[] fingerprint = {""};
    Proof.read(store, graph -> fingerprint[0] = graph.head().fingerprint().hex());
    return fingerprint[0];
  }

  private static int lastSaved(Child child) {
    return child.err().soFar().stream().mapToInt(ImportKillTest::saved).max().orElse(0);
  }

  /** How many elements a line of progress acknowledges. */
  private static int saved(String line) {
    Matcher counts = SAVED.matcher(line);
    return counts.matches() ? number(counts.group(1)) + number(counts.group(2)) : 0;
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace(",", ""));
  }
}
