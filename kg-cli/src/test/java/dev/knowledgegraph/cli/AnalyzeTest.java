package dev.knowledgegraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two triangles of stars and of wheels, joined by one edge, and a node that nothing is linked to.
 */
class AnalyzeTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double TWO_TRIANGLES = 5.0 / 14;

  private final Shell shell;

  AnalyzeTest(@TempDir Path folder) {
    shell = new Shell(folder.resolve("store"));
  }

  @BeforeEach
  void fill() {
    for (String name : List.of("star 1", "star 2", "star 3", "wheel 1", "wheel 2", "wheel 3")) {
      kg("node", "add", "--title", name);
    }
    kg("node", "add", "--title", "alone");
    for (String kind : List.of("star", "wheel")) {
      kg("edge", "add", kind + " 1", "NEAR", kind + " 2");
      kg("edge", "add", kind + " 2", "NEAR", kind + " 3");
      kg("edge", "add", kind + " 3", "NEAR", kind + " 1");
    }
    kg("edge", "add", "star 1", "NEAR", "wheel 1");
  }

  private Shell.Result kg(String... words) {
    Shell.Result result = shell.kg(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private JsonNode json(String... words) throws IOException {
    var all = new ArrayList<>(List.of("--format", "json"));
    all.addAll(List.of(words));
    return JSON.readTree(kg(all.toArray(String[]::new)).out());
  }

  @Test
  void rank_shows_the_highest_first() throws IOException {
    JsonNode ranking = json("rank", "--by", "betweenness", "--limit", "3");

    assertThat(ranking.path("metric").asText()).isEqualTo("betweenness");
    assertThat(ranking.path("nodes").findValuesAsText("title"))
        .hasSize(3)
        .startsWith("star 1", "wheel 1");
    // On all paths from its two neighbors to the three of the other triangle.
    assertThat(ranking.path("nodes").get(0).path("score").asDouble()).isEqualTo(6);
    assertThat(kg("rank", "--by", "degree").out()).contains("score", "star 1");
  }

  @Test
  void path_shows_as_many_as_wanted_the_shortest_first() throws IOException {
    JsonNode paths = json("path", "star 2", "wheel 2", "--limit", "3");

    assertThat(paths.findValuesAsText("path").getFirst())
        .isEqualTo("star 2 ←NEAR─ star 1 ─NEAR→ wheel 1 ─NEAR→ wheel 2");
    assertThat(paths.findValuesAsText("hops")).containsExactly("3", "4", "4");
    assertThat(kg("path", "star 1", "alone", "--limit", "2").err()).contains("not connected");
    Shell.Result both = shell.kg("path", "star 2", "wheel 2", "--limit", "3", "--max-hops", "4");
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.kg("path", "star 2", "wheel 2", "--limit", "0").err()).contains("1 to 100");
  }

  @Test
  void bench_says_how_long_each_kind_of_question_takes() throws IOException {
    JsonNode figures = json("bench", "--seconds", "0.05");

    assertThat(figures.path("nodes").asInt()).isEqualTo(7);
    assertThat(figures.path("works").findValuesAsText("work"))
        .contains("node by id", "3 hops, counted", "shortest path", "text search");
    for (JsonNode work : figures.path("works")) {
      assertThat(work.path("answers").asInt()).as(work.toString()).isPositive();
      assertThat(work.path("p50Micros").asDouble())
          .as(work.toString())
          .isBetween(0.0, work.path("p99Micros").asDouble());
    }
    assertThat(kg("bench", "--seconds", "0.01").out()).contains("p95", "per second", "µs");
    kg("node", "add", "--title", "…");
    assertThat(kg("bench", "--seconds", "1e-9").out()).contains("text search");
    assertThat(shell.kg("bench", "--seconds", "0").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void an_unknown_metric_is_wrong_usage_and_tells_those_there_are() {
    Shell.Result result = shell.kg("rank", "--by", "fame");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("pagerank", "betweenness");
  }

  @Test
  void communities_have_names_that_tell_them_apart_and_keep_their_ids() throws IOException {
    JsonNode found = json("communities");

    assertThat(found.path("count").asInt()).isEqualTo(3);
    assertThat(found.path("modularity").asDouble()).isCloseTo(TWO_TRIANGLES, within(1e-9));
    JsonNode first = found.path("communities").get(0);
    assertThat(first.path("name").asText()).isEqualTo("star");
    assertThat(first.path("size").asInt()).isEqualTo(3);
    assertThat(first.path("members")).hasSize(3);
    assertThat(first.path("cohesion").asDouble()).isEqualTo(3.0 / 4);
    assertThat(first.path("central").path("title").asText()).startsWith("star");

    kg("node", "add", "--title", "wheel 4");
    kg("edge", "add", "wheel 4", "NEAR", "wheel 1");
    kg("edge", "add", "wheel 4", "NEAR", "wheel 2");
    JsonNode again = json("communities").path("communities");
    assertThat(again.get(0).path("name").asText()).isEqualTo("wheel");
    assertThat(again.get(0).path("id").asLong())
        .isEqualTo(found.path("communities").get(1).path("id").asLong());
    assertThat(kg("communities").err()).contains("3 communities, modularity");
  }

  @Test
  void components_are_what_nothing_connects() throws IOException {
    assertThat(json("components").path("components").findValuesAsText("size"))
        .containsExactly("6", "1");
    assertThat(json("components", "--strong").path("count").asInt()).isEqualTo(3);
    assertThat(kg("components").out()).contains("size", "alone");
  }

  @Test
  void chains_lead_across_communities_first() throws IOException {
    JsonNode chain = json("chains", "star 2").path("chains").get(0);

    assertThat(chain.path("crossed").asInt()).isEqualTo(2);
    assertThat(chain.path("nodes").findValuesAsText("title"))
        .startsWith("star 2", "star 3", "star 1", "wheel 1");
    assertThat(kg("chains", "star 2").out()).contains("star 2 → star 3 → star 1 → wheel 1");
  }

  @Test
  void impact_tells_who_is_hit_and_how_hard() throws IOException {
    JsonNode impact = json("impact", "wheel 1");

    assertThat(impact.path("total").asInt()).isEqualTo(5);
    assertThat(impact.path("affected").findValuesAsText("tier")).contains("WILL_BREAK");
    assertThat(kg("impact", "wheel 1").err()).contains("risk", "5 nodes affected");
  }

  @Test
  void all_of_it_can_be_asked_as_of_an_earlier_moment() throws IOException {
    assertThat(json("--at", "8", "components").path("count").asInt()).isEqualTo(7);
    assertThat(json("--at", "8", "communities").path("count").asInt()).isEqualTo(7);
  }
}
