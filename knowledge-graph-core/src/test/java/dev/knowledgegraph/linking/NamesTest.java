package dev.knowledgegraph.linking;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  private final Names names = new Names(3);
  private int nodes;

  private NodeId add(NodeData data) {
    var id = id(++nodes);
    names.put(new Node(id, GRAPH, data, List.of(), Instant.EPOCH, Instant.EPOCH, 1));
    return id;
  }

  private static final GraphId GRAPH = GraphId.of(new UUID(0x7000L, Long.MIN_VALUE));

  private static NodeId id(long number) {
    return NodeId.of(new UUID(0x7000L, Long.MIN_VALUE | number));
  }

  private List<Mention> in(String body) {
    return names.in(id(999), new Content("", body, ContentFormat.MARKDOWN));
  }

  /** What of a body is said to be a name. */
  private List<String> found(String body) {
    return in(body).stream()
        .map(
            mention -> {
              int start = body.offsetByCodePoints(0, mention.start());
              return body.substring(start, body.offsetByCodePoints(start, mention.length()));
            })
        .sorted()
        .toList();
  }

  @Nested
  class A_name {
    @Test
    void is_found_as_whole_words_whatever_their_case_and_accents() {
      add(node("Émile Zola"));

      assertThat(found("by emile ZOLA, and not by Emile Zolaesque or xÉmile Zola"))
          .containsExactly("emile ZOLA");
    }

    @Test
    void is_a_title_or_an_alias() {
      add(node("Ada Lovelace").property("aliases", List.of("Countess of Lovelace", "AAL")));
      add(node("Charles Babbage").property("alias", "the Inventor, C. Babbage"));

      assertThat(found("The countess of Lovelace knew C. Babbage"))
          .containsExactly("C. Babbage", "countess of Lovelace");
      assertThat(found("the inventor")).containsExactly("the inventor");
    }

    @Test
    void is_a_key_or_the_end_of_a_path() {
      var note = add(node("What to install").key("user/getting-started/recommended-extensions"));

      assertThat(in("see recommended extensions"))
          .extracting(Mention::target)
          .containsExactly(note);
      assertThat(found("in user/getting-started/recommended-extensions"))
          .containsExactly("user/getting-started/recommended-extensions");
    }

    @Test
    void that_is_longer_wins_over_what_it_covers() {
      add(node("Engine"));
      var analytical = add(node("Analytical Engine"));
      add(node("Engine Room"));

      assertThat(in("The Analytical Engine Room"))
          .extracting(Mention::target)
          .containsExactly(analytical);
    }

    @Test
    void of_two_letters_or_of_stop_words_is_none() {
      add(node("Go"));
      add(node("C++"));
      add(node("The Who"));
      add(node("R2"));

      assertThat(found("go to the who with C++ and R2")).isEmpty();
    }

    @Test
    void of_two_characters_is_enough_in_a_script_without_spaces() {
      add(node("東京"));

      assertThat(found("明日東京都に行く")).containsExactly("東京");
      assertThat(found("東洋と京都")).isEmpty();
    }

    @Test
    void of_several_nodes_is_nobodys() {
      add(node("Mercury"));
      add(node("Mercury"));
      add(node("Venus"));

      assertThat(found("Mercury and Venus")).containsExactly("Venus");
      assertThat(names.ambiguous()).isEqualTo(1);
    }

    @Test
    void is_a_nodes_title_before_it_is_anothers_alias() {
      add(node("Hermes").property("aliases", List.of("Mercury")));
      var planet = add(node("Mercury"));

      assertThat(in("Mercury")).extracting(Mention::target).containsExactly(planet);
      names.remove(planet);
      assertThat(in("Mercury")).extracting(Mention::target).containsExactly(id(1));
    }

    @Test
    void is_not_a_mention_in_the_body_of_its_own_node() {
      add(node("Ada"));

      assertThat(names.in(id(1), new Content("Ada", "I am Ada", ContentFormat.TEXT))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Star Wars: A New Hope",
          "St. Pauli",
          "Node.js",
          "Ada, Countess of Lovelace",
          "Tom & Jerry",
          "note-taking",
          "UN*X",
          "(TM) sign"
        })
    void may_have_marks_in_it(String name) {
      add(node(name));

      assertThat(in("see " + name + ".")).hasSize(1);
    }

    @Test
    void goes_on_in_the_next_line_but_not_in_the_next_sentence_or_paragraph() {
      add(node("bit bucket"));

      assertThat(found("into the bit\n   bucket")).hasSize(1);
      assertThat(found("It is a bit. Bucket after bucket")).isEmpty();
      assertThat(found("a bit\n\nbucket")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[Ada]]",
        "![[notes/Ada#Life|her]]",
        "`Ada`",
        "``code `Ada` ``",
        "```\nAda\n```",
        "~~~ ada\nAda",
        "[Ada](ada.md)",
        "[Ada][1]",
        "https://example.org/Ada",
        "ada@example.org",
        "<a title=\"Ada\">",
        "<!-- Ada -->"
      })
  void code_links_addresses_and_markup_are_no_prose(String body) {
    add(node("Ada"));

    assertThat(found(body)).isEmpty();
    assertThat(found(body + "\n```\n```\n\nbut Ada")).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void what_is_around_code_and_links_is_prose() {
    add(node("Ada"));

    assertThat(in("`x` 😀 Ada [[y]] Ada, ADA"))
        .extracting(Mention::start, Mention::length, Mention::times)
        .containsExactly(tuple(6, 3, 3));
    assertThat(found("```\ncode\n```\nAda")).hasSize(1);
  }

  @Test
  void rarer_words_are_surer_and_so_is_the_spelling_of_the_name() {
    add(node("common"));
    add(node("rare thing"));
    add(node("x").body("common"));
    add(node("y").body("common"));

    assertThat(in("common, rare thing"))
        .extracting(Mention::name)
        .containsExactly("rare thing", "common");
    // 3 of 4 texts have "common", 1 has each of the others
    assertThat(in("common, rare thing"))
        .extracting(Mention::confidence)
        .containsExactly(1 - 1.0 / 25, 1 - 3.0 / 5);
    assertThat(in("Common").getFirst().confidence()).isEqualTo((1 - 3.0 / 5) * 0.9);
  }

  @Test
  void a_node_that_is_called_otherwise_is_no_longer_found_by_what_it_was_called() {
    var ada = add(node("Ada Byron"));
    names.put(
        new Node(ada, GRAPH, node("Ada Lovelace"), List.of(), Instant.EPOCH, Instant.EPOCH, 2));

    assertThat(found("Ada Byron, Ada Lovelace")).containsExactly("Ada Lovelace");
  }

  @Property
  void every_name_in_a_text_of_names_is_found_once(
      @ForAll @Size(min = 1, max = 20) List<Byte> order) {
    var all = new Names(3);
    for (int i = 0; i < 256; i++) {
      all.put(new Node(id(i), GRAPH, node("name" + i), List.of(), Instant.EPOCH, Instant.EPOCH, 1));
    }
    String body = String.join(" ", order.stream().map(b -> "name" + (b & 0xff)).toList());

    assertThat(all.in(id(999), new Content("", body, ContentFormat.TEXT)))
        .extracting(Mention::target)
        .containsExactlyInAnyOrderElementsOf(
            order.stream().map(b -> id(b & 0xff)).distinct().toList());
  }
}
