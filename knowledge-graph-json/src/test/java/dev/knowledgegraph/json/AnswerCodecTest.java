package dev.knowledgegraph.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Tags;
import dev.knowledgegraph.query.Analysis;
import dev.knowledgegraph.query.Views;
import dev.knowledgegraph.spi.CachedAnswer;
import dev.knowledgegraph.spi.Fingerprint;
import dev.knowledgegraph.spi.GraphHead;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCodecTest {
  private static final GraphId GRAPH = GraphId.of(Samples.uuid(0x31));
  private static final Instant CREATED = Instant.parse("2024-02-29T12:34:56.123456789Z");
  private static final GraphHead HEAD =
      new GraphHead(Long.MAX_VALUE, CREATED, 3, 4, new Fingerprint(-1, 2, Long.MIN_VALUE, 0));

  private static final Node NODE =
      new Node(
          Samples.NODE,
          GRAPH,
          Samples.FULL,
          List.of(new Categorization(Samples.CATEGORY, 0.1, Origin.AUTOMATIC)),
          CREATED,
          CREATED.plusNanos(1),
          7);
  private static final Node BARE =
      new Node(Samples.OTHER, GRAPH, NodeData.empty(), List.of(), Instant.EPOCH, CREATED, 1);
  private static final Edge EDGE =
      new Edge(Samples.EDGE, GRAPH, Samples.FULL_EDGE, CREATED, CREATED.plusNanos(1), 2);

  private final AnswerCodec codec = new AnswerCodec();

  private Object again(Object answer) {
    var kept = new CachedAnswer(HEAD, answer);
    var decoded = codec.decode(codec.encode(kept));
    assertThat(decoded).isEqualTo(kept).hasSameHashCodeAs(kept);
    return decoded.answer();
  }

  @Test
  void all_that_elements_hold_comes_back() {
    var route = new Views.Route(List.of(NODE, BARE), List.of(EDGE), 0.1 + 0.2);
    assertThat(again(Optional.of(route))).isEqualTo(Optional.of(route));
    assertThat(again(List.of(route, route))).isEqualTo(List.of(route, route));
  }

  @Test
  void tags_come_back_as_they_are_spelled() {
    var near = (Views.Neighborhood) again(new Views.Neighborhood(NODE, 1, 0, List.of()));
    assertThat(near.node().tags().names()).isEqualTo(Tags.of("Lake", "swiss").names());
  }

  @Test
  void nothing_comes_back_as_nothing() {
    assertThat(again(Optional.empty())).isEqualTo(Optional.empty());
    assertThat(again(List.of())).isEqualTo(List.of());
    again(new Views.Subgraph(List.of(), List.of(), true));
    again(new Analysis.Chains(List.of(), false));
  }

  @Test
  void counts_come_back_in_their_order() {
    var counts = new LinkedHashMap<String, Long>();
    List.of("z", "a", "", "\uD83C\uDF0D", "m").forEach(name -> counts.put(name, 1L << 40));
    var answer =
        (Views.Statistics)
            again(new Views.Statistics(1, 2, 3, counts, Map.of(), counts, 4, 5, 1e-300, 0.5, 6));
    assertThat(answer.labels().keySet()).containsExactly("z", "a", "", "\uD83C\uDF0D", "m");
    assertThat(answer.tags().keySet()).containsExactly("z", "a", "", "\uD83C\uDF0D", "m");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0.0, -0.0, 1, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, 1e22, 123456789012345680.0})
  void numbers_come_back_bit_by_bit(double score) {
    again(List.of(new Analysis.PossibleLink(NODE, BARE, score, "why")));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numbers_that_are_not_finite_are_refused(double score) {
    var kept = new CachedAnswer(HEAD, new Analysis.PossibleLink(NODE, BARE, score, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(kept));
  }

  @Test
  void answers_that_are_not_kept_are_refused() {
    for (Object answer :
        List.of(NODE.categories().getFirst(), "text", Views.PatternKind.HUB, Analysis.Risk.LOW)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> codec.encode(new CachedAnswer(HEAD, answer)))
          .withMessageStartingWith("expected an answer that is kept");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret \uD83C", "secret \uD83C.", "\uDF0D secret", "\uDF0D\uD83C secret"})
  void a_text_that_is_not_well_formed_comes_back_equal_or_is_refused_and_not_quoted(String text) {
    var kept = new CachedAnswer(HEAD, new Analysis.PossibleLink(NODE, BARE, 1, text));
    byte[] bytes;
    try {
      bytes = codec.encode(kept);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageNotContaining("secret").hasNoCause();
      return;
    }
    assertThat(codec.decode(bytes)).isEqualTo(kept);
  }

  @Test
  void another_form_is_refused() {
    byte[] bytes = codec.encode(new CachedAnswer(HEAD, List.of()));
    bytes[0]++;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.decode(bytes))
        .withMessageContaining("form 1");
  }

  @Test
  void the_form_is_the_one_this_number_stands_for() {
    byte[] bytes =
        codec.encode(
            new CachedAnswer(
                new GraphHead(5, CREATED, 3, 4, new Fingerprint(0, 0, 0, 255)),
                List.of(new Analysis.Component(List.of(Samples.NODE)))));
    assertThat(bytes).startsWith(1);
    assertThat(new String(Arrays.copyOfRange(bytes, 5, bytes.length), UTF_8))
        .isEqualTo(
            "[[\"head\",5,\"2024-02-29T12:34:56.123456789Z\",3,4,\""
                + "0".repeat(62)
                + "ff\"],[\"list\",[\"component\",[\""
                + Samples.NODE
                + "\"]]]]");
  }
}
