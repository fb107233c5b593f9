package dev.knowledgegraph.search.lucene;

import static dev.knowledgegraph.model.NodeData.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.UserId;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the analyzer of a language, a word is found by its other forms, and by itself. */
class LanguageTest {
  @ParameterizedTest
  @CsvSource({
    "en, Publishing notes on websites, publish, website, publishi*",
    "de, Die Häuser der Städte, Haus, Stadt, häus*",
    "fr, Les chevaux nationaux, cheval, national, nationau*",
    "es, Las canciones españolas, canción, española, cancion*",
    "it, I ragazzi italiani, ragazzo, italiano, italia*",
    "pt, As casas brasileiras, casa, brasileira, brasil*",
    "ru, Книги о городах, книга, город, город*",
    "ar, المكتبات والكتب, مكتبات, الكتب, مكتب*",
    "hi, किताबें और लड़कियों, किताब, लड़की, किता*",
    "ja, 図書館の本, 図書館, 本, 図書*",
  })
  void other_forms_of_a_word_find_it(
      String language, String text, String one, String other, String beginning) {
    try (var store =
        KnowledgeGraph.builder()
            .storage(new InMemoryStorage())
            .search(
                LuceneSearch.inMemory(
                    LuceneSearchConfig.standard().withLanguage(Language.parse(language))))
            .build()) {
      var view = store.as(UserId.of("ada")).graph("notes");
      view.add(node("x").body(text));
      view.add(node("y").body("12345"));
      for (String word : text.split(" ")) {
        assertThat(count(view.search(word))).as(word).isEqualTo(1);
      }
      for (String word : new String[] {one, other, beginning}) {
        assertThat(count(view.search(word))).as(word).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "standard, Publishing the notes on websites, publishing notes websites",
    "en, Publishing the notes on websites, publish note websit",
    "de, Das und die nicht, ''",
    "fr, Les chevaux avec nous, cheval",
    "ja, 図書館の, 図書 書館 館の",
  })
  void texts_are_compared_by_the_stems_of_what_is_no_stop_word(
      String language, String text, String terms) {
    assertThat(String.join(" ", new Analysis(Language.parse(language)).terms(text).keySet()))
        .isEqualTo(terms);
  }

  private static long count(Iterable<?> hits) {
    return StreamSupport.stream(hits.spliterator(), false).count();
  }
}
