package dev.knowledgegraph.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knowledgegraph.peers.BareCsr;
import dev.knowledgegraph.peers.CsrByUuid;
import dev.knowledgegraph.peers.Peer;
import dev.knowledgegraph.peers.PowerLaw;
import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.peers.StoredPeer;
import dev.knowledgegraph.peers.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeersTest {
  private static final int ASKED = 100;
  private static final Problem SMALL = PowerLaw.problem(400, 1_200);

  @TempDir private Path directory;

  private static int[] answers(Supplier<Peer> made, Workload workload, Path store)
      throws Exception {
    try (Peer peer = made.get()) {
      peer.prepare(SMALL, store);
      Path place = Files.createDirectories(store.resolve("store"));
      peer.load(SMALL, place);
      peer.ready(SMALL);
      int[] answers = new int[ASKED];
      for (int i = 0; i < ASKED; i++) {
        answers[i] = workload.ask(peer, SMALL, i);
      }
      return answers;
    }
  }

  static List<Supplier<Peer>> peers() {
    return List.of(CsrByUuid::new, Sqlite::new, Ours::new);
  }

  static List<Supplier<StoredPeer>> storedPeers() {
    return List.of(Sqlite::new, Ours::new);
  }

  @Nested
  class The_floor {
    private final Problem chainWithLoop =
        new Problem(
            "chain",
            List.of("a", "b", "c", "d", "e"),
            new int[] {0, 2, 2, 1, 3},
            new int[] {1, 1, 3, 1, 2},
            new byte[5],
            List.of("LINKS"),
            new int[0],
            new int[0],
            "a");

    @Test
    void reaches_nodes_against_the_direction_of_edges_too() {
      try (var floor = new BareCsr()) {
        floor.load(chainWithLoop, directory);

        assertThat(List.of(floor.within(0, 1), floor.within(0, 2), floor.within(0, 3)))
            .containsExactly(1, 2, 3);
        assertThat(floor.within(4, 3)).isZero();
      }
    }

    @Test
    void counts_the_hops_of_a_shortest_path() {
      try (var floor = new BareCsr()) {
        floor.load(chainWithLoop, directory);

        assertThat(floor.distance(0, 3)).isEqualTo(3);
        assertThat(floor.distance(3, 2)).isEqualTo(1);
        assertThat(floor.distance(1, 1)).isZero();
        assertThat(floor.distance(0, 4)).isEqualTo(-1);
      }
    }
  }

  @Nested
  class The_power_law_graph {
    @Test
    void is_the_same_each_time() {
      Problem again = PowerLaw.problem(400, 1_200);

      assertThat(again.sources()).containsExactly(SMALL.sources());
      assertThat(again.targets()).containsExactly(SMALL.targets());
      assertThat(again.pairs()).containsExactly(SMALL.pairs());
    }

    @Test
    void has_different_edges_and_no_self_loops() {
      var edges = new ArrayList<Long>();
      for (int i = 0; i < SMALL.edges(); i++) {
        assertThat(SMALL.sources()[i]).isNotEqualTo(SMALL.targets()[i]);
        edges.add(SMALL.sources()[i] * 400L + SMALL.targets()[i]);
      }

      assertThat(edges).hasSize(1_200).doesNotHaveDuplicates();
    }

    @Test
    void reads_back_as_it_was_written() throws Exception {
      Path file = directory.resolve("problem");
      SMALL.write(file);
      Problem read = Problem.read(file);

      assertThat(read.keys()).isEqualTo(SMALL.keys());
      assertThat(read.targets()).containsExactly(SMALL.targets());
      assertThat(read.starts()).containsExactly(SMALL.starts());
      assertThat(read.firstKey()).isEqualTo(SMALL.firstKey());
    }
  }

  @Nested
  class Peers {
    @ParameterizedTest
    @MethodSource("dev.knowledgegraph.benchmarks.peers.PeersTest#peers")
    void agree_with_the_floor(Supplier<Peer> peer) throws Exception {
      for (Workload workload : Workload.values()) {
        Path store = Files.createDirectories(directory.resolve(workload.name()));

        assertThat(answers(peer, workload, store))
            .as(workload.title())
            .containsExactly(answers(BareCsr::new, workload, store.resolve("floor")));
      }
    }

    @ParameterizedTest
    @MethodSource("dev.knowledgegraph.benchmarks.peers.PeersTest#storedPeers")
    void have_what_they_stored_when_opened_again(Supplier<StoredPeer> made) throws Exception {
      Path store = Files.createDirectories(directory.resolve("store"));
      try (StoredPeer peer = made.get()) {
        peer.prepare(SMALL, directory);
        peer.load(SMALL, store);
      }
      try (StoredPeer peer = made.get();
          var floor = new BareCsr()) {
        peer.open(store);
        floor.load(SMALL, directory);
        Set<String> neighbors = peer.neighbors(SMALL.firstKey());

        assertThat(neighbors)
            .doesNotContain(SMALL.firstKey())
            .hasSize(floor.within(SMALL.keys().indexOf(SMALL.firstKey()), 1));
      }
    }
  }

  @Nested
  class Results {
    @Test
    void that_differ_have_no_times() throws Exception {
      PeerResult right = result("right", "{'workload':'1 hop','answers':[4,5,6],'nanos':[[1,3]]}");
      PeerResult wrong = result("wrong", "{'workload':'1 hop','answers':[4,7,6],'nanos':[[1,3]]}");
      wrong.compareWith(right);

      assertThat(wrong.answered("1 hop")).isFalse();
      assertThat(wrong.complaints()).containsEntry("1 hop", "answer 2 is 7, right has 5");
    }

    @Test
    void are_compared_as_far_as_both_answered() throws Exception {
      PeerResult fast = result("fast", "{'workload':'1 hop','answers':[4,5,6],'nanos':[[1,3]]}");
      PeerResult slow = result("slow", "{'workload':'1 hop','answers':[4],'nanos':[[9]]}");
      slow.compareWith(fast);

      assertThat(slow.complaints()).isEmpty();
      assertThat(slow.nanos("1 hop", 1)).containsExactly(9L);
      assertThat(fast.nanos("1 hop", 3)).containsExactly(3L);
    }

    private PeerResult result(String name, String line) throws Exception {
      var result = new PeerResult(name);
      result.add(new JsonMapper().readTree(line.replace('\'', '"')));
      return result;
    }
  }

  @Nested
  class A_run {
    @Test
    void measures_each_peer_in_a_process_and_writes_a_table() throws Exception {
      var settings =
          new Settings(
              List.of("csr", "sqlite"),
              "power-law",
              400,
              1_200,
              "256m",
              1,
              1,
              0,
              1,
              1,
              1,
              directory,
              directory.resolve("results"));

      assertThat(BesidePeers.run(settings, SMALL))
          .contains("| 3 hops | bare CSR by UUID | ", "| cold | hand-written SQLite | ")
          .doesNotContain("failed");
      assertThat(directory.resolve("results/power-law-400-1200.json")).isNotEmptyFile();
    }
  }
}
