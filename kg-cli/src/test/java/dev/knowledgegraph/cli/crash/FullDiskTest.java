package dev.knowledgegraph.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.model.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk becomes full, and has room again. */
class FullDiskTest {
  private static final UserId USER = UserId.of("local");
  private static final int ENOUGH = 32 * 1024;

  @TempDir Path temp;
  private final RandomGenerator random = Chance.of(FullDiskTest.class);

  @Test
  void commands_fail_clearly_on_30_disks_that_become_full_and_go_on_when_there_is_room()
      throws Exception {
    needsSmallDisk();
    int acknowledged = 0;
    for (int i = 0; i < 30; i++) {
      try (SmallDisk disk =
          SmallDisk.mount(temp.resolve("disk" + i), 8 + 4 * random.nextInt(300))) {
        acknowledged += fill(disk);
      }
    }
    System.out.println(acknowledged + " commands acknowledged on 30 disks before they were full");
  }

  private int fill(SmallDisk disk) {
    Path store = disk.folder().resolve("store");
    var acknowledged = new ArrayList<NodeId>();
    addUntilFull(store, acknowledged);
    addUntilFull(store, acknowledged);
    disk.resize(ENOUGH);
    try (KnowledgeGraph open = KnowledgeGraph.open(store)) {
      acknowledged.add(addOne(open.as(USER).graph("main")));
    }
    Proof.read(store, graph -> assertThat(ids(graph)).containsAll(acknowledged));
    Proof.followsFromItsLog(store);
    return acknowledged.size();
  }

  private void addUntilFull(Path store, List<NodeId> acknowledged) {
    try (KnowledgeGraph open = KnowledgeGraph.open(store)) {
      GraphView graph = open.as(USER).graph("main");
      while (true) {
        acknowledged.add(addOne(graph));
      }
    } catch (KnowledgeGraphException e) {
      assertThat(e.code()).as(String.valueOf(e.getCause())).isEqualTo("STORE_FULL");
      assertThat(e.category().exitCode()).isEqualTo(7);
    }
  }

  @Test
  void an_open_store_goes_on_when_there_is_room_again() throws Exception {
    needsSmallDisk();
    try (SmallDisk disk = SmallDisk.mount(temp.resolve("disk"), 1_000);
        KnowledgeGraph open = KnowledgeGraph.open(disk.folder().resolve("store"))) {
      GraphView graph = open.as(USER).graph("main");
      var acknowledged = new ArrayList<NodeId>();
      for (int size = 1_000; size <= 3_000; size += 1_000) {
        disk.resize(size);
        addUntilFull(graph, acknowledged);
        assertThat(ids(graph)).isEqualTo(new HashSet<>(acknowledged));
      }
      disk.resize(ENOUGH);
      acknowledged.add(addOne(graph));
      assertThat(ids(graph)).isEqualTo(new HashSet<>(acknowledged));
    }
  }

  private void addUntilFull(GraphView graph, List<NodeId> acknowledged) {
    try {
      while (true) {
        acknowledged.add(addOne(graph));
      }
    } catch (KnowledgeGraphException e) {
      assertThat(e.code()).as(String.valueOf(e.getCause())).isEqualTo("STORE_FULL");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 60, 300, 500, 700})
  void an_import_says_that_the_disk_is_full_and_what_to_do(int kilobytes) throws Exception {
    needsSmallDisk();
    Tables tables = Tables.generate(temp, 2_000);
    String[] command = {"import", tables.nodes().toString(), tables.edges().toString()};
    List<String> windows = List.of("-Dknowledgegraph.import.window=20");
    try (SmallDisk disk = SmallDisk.mount(temp.resolve("disk"), kilobytes)) {
      Path store = disk.folder().resolve("store");
      Child.Result full;
      try (Child child = Child.kg(windows, store, command)) {
        full = child.await();
      }
      assertThat(full.exitCode()).as(full.err()).isEqualTo(7);
      assertThat(full.err())
          .contains("The disk with " + store + " is full; all that was acknowledged is safe.")
          .contains("Make room there")
          .doesNotContain("\tat ");

      disk.resize(ENOUGH);
      assertThat(Child.run(store, command).exitCode()).isZero();
      Proof.read(store, graph -> assertThat(graph.head().nodes()).isEqualTo(2_000));
    }
  }

  /** The way for those who cannot make a small disk: a process that may write small files only. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void an_import_that_may_write_no_more_fails_and_goes_on_when_it_may() throws Exception {
    Tables tables = Tables.generate(temp, 2_000);
    List<String> words =
        List.of(
            "--store",
            temp.resolve("store").toString(),
            "import",
            tables.nodes().toString(),
            tables.edges().toString());
    for (int limit : new int[] {100_000, 400_000}) {
      try (Child child =
          Child.java(
              List.of("prlimit", "--fsize=" + limit),
              List.of("-Dknowledgegraph.import.window=20"),
              dev.knowledgegraph.cli.Kg.class,
              words)) {
        Child.Result refused = child.await();
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(7);
        assertThat(refused.err()).doesNotContainPattern(Pattern.compile("^\tat "));
      }
    }
    try (Child child = Child.java(List.of(), List.of(), dev.knowledgegraph.cli.Kg.class, words)) {
      assertThat(child.await().exitCode()).isZero();
    }
    Proof.read(temp.resolve("store"), graph -> assertThat(graph.head().edges()).isEqualTo(3_000));
  }

  private static void needsSmallDisk() {
    boolean possible = SmallDisk.isPossible();
    if (!possible) {
      System.out.println("not root, or no mount: a full disk is not tried, a file limit is");
    }
    assumeTrue(possible, "only root on Linux can mount a small disk");
  }

  private NodeId addOne(GraphView graph) {
    return graph.add(NodeData.node("Node").body("x".repeat(random.nextInt(3_000))));
  }

  private static Set<NodeId> ids(GraphView graph) {
    var ids = new HashSet<NodeId>();
    graph.forEachNode(node -> ids.add(node.id()));
    return ids;
  }
}
