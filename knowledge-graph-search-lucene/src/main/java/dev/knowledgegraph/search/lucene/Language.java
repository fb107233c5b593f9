package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.search.StopWords;
import dev.knowledgegraph.search.Words;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;

/**
 * What is done to words beyond folding case and accents: a language's stemmer brings its inflected
 * forms together. Words of other languages are still found by themselves. Japanese, Chinese, Korean
 * and Thai need none. New ones may come in a minor release.
 */
public enum Language {
  /** No stemmer: words are found as they are written, in every language. */
  STANDARD,
  EN,
  DE,
  FR,
  ES,
  IT,
  PT,
  RU,
  AR,
  HI;

  /** The language of a code such as {@code en}; {@code ja}, {@code zh} and {@code ko} need none. */
  public static Language parse(String code) {
    return switch (code.toLowerCase(Locale.ROOT)) {
      case "standard", "ja", "zh", "ko", "th" -> STANDARD;
      case "en" -> EN;
      case "de" -> DE;
      case "fr" -> FR;
      case "es" -> ES;
      case "it" -> IT;
      case "pt" -> PT;
      case "ru" -> RU;
      case "ar" -> AR;
      case "hi" -> HI;
      default ->
          throw new IllegalArgumentException(
              "analyzer: expected one of standard, en, de, fr, es, it, pt, ru, ar, hi, ja, zh, ko,"
                  + " th");
    };
  }

  TokenStream stem(TokenStream words) {
    return switch (this) {
      case STANDARD -> words;
      case EN -> new PorterStemFilter(words);
      case DE -> new GermanLightStemFilter(words);
      case FR -> new FrenchLightStemFilter(words);
      case ES -> new SpanishLightStemFilter(words);
      case IT -> new ItalianLightStemFilter(words);
      case PT -> new PortugueseLightStemFilter(words);
      case RU -> new RussianLightStemFilter(words);
      case AR -> new ArabicStemFilter(new ArabicNormalizationFilter(words));
      case HI ->
          new HindiStemFilter(new HindiNormalizationFilter(new IndicNormalizationFilter(words)));
    };
  }

  /** The words that say nothing of what a text is about, folded as words are. */
  Set<String> stopWords() {
    return switch (this) {
      case STANDARD, EN -> StopWords.english();
      case DE -> folded(GermanAnalyzer.getDefaultStopSet());
      case FR -> folded(FrenchAnalyzer.getDefaultStopSet());
      case ES -> folded(SpanishAnalyzer.getDefaultStopSet());
      case IT -> folded(ItalianAnalyzer.getDefaultStopSet());
      case PT -> folded(PortugueseAnalyzer.getDefaultStopSet());
      case RU -> folded(RussianAnalyzer.getDefaultStopSet());
      case AR -> folded(ArabicAnalyzer.getDefaultStopSet());
      case HI -> folded(HindiAnalyzer.getDefaultStopSet());
    };
  }

  private static Set<String> folded(CharArraySet words) {
    var folded = new HashSet<String>();
    for (Object word : words) {
      folded.addAll(Words.ofQuery(new String((char[]) word)));
    }
    return Set.copyOf(folded);
  }
}
