package dev.knowledgegraph.linking;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.search.Spread;
import dev.knowledgegraph.search.Terms;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SimilarityTest {
  private static Profile profile(NodeData data) {
    return profile(data, SimilarityTest::spread);
  }

  private static Profile profile(
      NodeData data, BiFunction<Collection<String>, Collection<String>, Spread> spread) {
    var id = new UUID(0x7000L, Long.MIN_VALUE);
    var node =
        new Node(NodeId.of(id), GraphId.of(id), data, List.of(), Instant.EPOCH, Instant.EPOCH, 1);
    return Profile.of(node, Terms::of, spread);
  }

  /** Every word and tag has two of four nodes. */
  private static Spread spread(Collection<String> terms, Collection<String> tags) {
    var two = new HashMap<String, Long>();
    terms.forEach(term -> two.put(term, 2L));
    tags.forEach(tag -> two.put(tag, 2L));
    return new Spread(4, two, two);
  }

  private static final Profile ENGINE =
      profile(node("Analytical Engine").body("A machine of brass.").tag("history").tag("machine"));
  private static final Profile DIFFERENCE =
      profile(node("Difference Engine").body("The machine was of brass").tag("History"));

  @Test
  void terms_are_the_words_of_title_and_body_without_stop_words_and_short_ones() {
    assertThat(ENGINE.terms().keySet()).containsExactly("analytical", "engine", "machine", "brass");
    assertThat(DIFFERENCE.terms().keySet())
        .containsExactly("difference", "engine", "machine", "brass");
    assertThat(profile(node("of a I/O bus, to be")).terms().keySet()).containsExactly("bus");
    assertThat(profile(node("東京 タワー")).terms().keySet()).containsExactly("東京", "タワ", "ワー");
  }

  @Test
  void keywords_are_the_cosine_of_what_both_have() {
    // in a title a word stands three times: t = 1 + ln 3; elsewhere and as a tag 1
    double t = 1 + Math.log(3);
    double shared = t * t + 3;
    double length = Math.sqrt((2 * t * t + 4) * (2 * t * t + 3));
    assertThat(Similarity.keyword(ENGINE, DIFFERENCE)).isCloseTo(shared / length, within(1e-12));
  }

  @Test
  void a_weight_is_how_often_it_stands_there_times_how_rare_it_is() {
    Profile profile =
        profile(
            node("Brass").body("wheels and wheels").tag("history"),
            (terms, tags) ->
                new Spread(9, Map.of("brass", 1L, "wheels", 9L), Map.of("history", 4L)));

    assertThat(profile.terms().get("brass"))
        .isCloseTo((1 + Math.log(3)) * Math.log(0.5 + 10 / 1.5), within(1e-12));
    assertThat(profile.terms().get("wheels"))
        .isCloseTo((1 + Math.log(2)) * Math.log(0.5 + 10 / 9.5), within(1e-12));
    assertThat(profile.tags().get("history")).isCloseTo(Math.log(0.5 + 10 / 4.5), within(1e-12));
  }

  @Test
  void a_rare_word_counts_more() {
    var a = new Profile(Map.of("rare", 2.0, "common", 1.0), Map.of());
    assertThat(Similarity.keyword(a, new Profile(Map.of("rare", 2.0), Map.of())))
        .isGreaterThan(Similarity.keyword(a, new Profile(Map.of("common", 1.0), Map.of())));
  }

  @Test
  void a_part_that_neither_side_has_is_left_out() {
    var a = profile(node("brass wheel"));
    var b = profile(node("brass lever"));
    var tagged = profile(node("").tag("x"));

    assertThat(Similarity.of(a, b, null).score()).isCloseTo(1.0 / 2, within(1e-6));
    assertThat(Similarity.of(tagged, profile(node("").tag("X")), null).score()).isEqualTo(1);
    // one side has terms, the other tags: both parts count, and nothing is shared
    assertThat(Similarity.of(a, tagged, null).score()).isZero();
    assertThat(Similarity.of(profile(node("")), profile(node("")), null).score()).isZero();
  }

  @Test
  void with_vectors_a_tenth_is_their_cosine_unless_it_is_negative() {
    assertThat(Similarity.of(ENGINE, DIFFERENCE, 0.5).score())
        .isCloseTo(0.1 * 0.5 + 0.9 * Similarity.keyword(ENGINE, DIFFERENCE), within(1e-6));
    assertThat(Similarity.of(ENGINE, DIFFERENCE, -0.9).score())
        .isCloseTo(0.9 * Similarity.keyword(ENGINE, DIFFERENCE), within(1e-6));
  }

  @Test
  void two_identical_notes_have_1_though_vectors_are_rounded() {
    assertThat(Similarity.of(ENGINE, ENGINE, 0.999_999_9).score()).isEqualTo(1);
    assertThat(Similarity.of(ENGINE, ENGINE, 1.000_000_1).score()).isEqualTo(1);
  }

  @Test
  void the_reason_names_what_both_have() {
    assertThat(Similarity.of(ENGINE, DIFFERENCE, 0.5).reason())
        .isEqualTo("both say engine, machine, brass; both tagged history; cosine 0.50");
    String many = "one0 two0 three four five sixx seven eight nine tenn";
    assertThat(Similarity.of(profile(node(many)), profile(node(many)), null).reason())
        .isEqualTo("both say one0, two0, three, four, five, sixx, seven, eight and 2 more");
  }

  @Property
  void it_is_symmetric_and_between_0_and_1(
      @ForAll @Size(max = 8) Set<@AlphaChars @StringLength(min = 1, max = 2) String> terms,
      @ForAll @Size(max = 8) Set<@AlphaChars @StringLength(min = 1, max = 2) String> others,
      @ForAll @Size(max = 3) Set<@AlphaChars @StringLength(1) String> tags,
      @ForAll @DoubleRange(min = -1, max = 1) double cosine) {
    var a = new Profile(weights(terms), weights(tags));
    var b = new Profile(weights(others), weights(Set.of("a")));

    assertThat(Similarity.of(a, b, cosine).score())
        .isBetween(0.0, 1.0)
        .isEqualTo(Similarity.of(b, a, cosine).score());
    assertThat(Similarity.of(b, b, null).score()).isEqualTo(1);
  }

  private static Map<String, Double> weights(Set<String> words) {
    var weights = new HashMap<String, Double>();
    words.forEach(word -> weights.put(word, 1.0 + word.length()));
    return weights;
  }
}
