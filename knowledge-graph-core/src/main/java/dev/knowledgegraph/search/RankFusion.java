package dev.knowledgegraph.search;

import dev.knowledgegraph.query.SearchWeights;
import dev.knowledgegraph.query.Views.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): the score is the sum of weight
 * ÷ (60 + rank) over the rankings a node is in; unrounded, ties by {@link FoundNode}.
 */
public final class RankFusion {
  /** How much the first places are above those after them. */
  public static final int K = 60;

  private static final Comparator<Ranked> ORDER =
      Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::node);

  private RankFusion() {}

  /** A node with its score in one ranking. */
  public record Scored(FoundNode node, double score) {}

  /** A node with its fused score and its places in both rankings. */
  public record Ranked(
      FoundNode node, double score, @Nullable Match text, @Nullable Match vector) {}

  /** Fuses two rankings, each best first. */
  public static List<Ranked> fuse(List<Scored> text, List<Scored> vector, SearchWeights weights) {
    Map<FoundNode, Match> byText = matches(text);
    Map<FoundNode, Match> byVector = matches(vector);
    var all = new LinkedHashMap<FoundNode, Match>(byText);
    all.putAll(byVector);
    var fused = new ArrayList<Ranked>(all.size());
    for (FoundNode node : all.keySet()) {
      Match inText = byText.get(node);
      Match inVector = byVector.get(node);
      fused.add(
          new Ranked(
              node,
              share(weights.text(), inText) + share(weights.vector(), inVector),
              inText,
              inVector));
    }
    fused.sort(ORDER);
    return fused;
  }

  /** One ranking as it stands, with the places in it. */
  public static List<Ranked> single(List<Scored> ranking, boolean isText, int before) {
    var ranked = new ArrayList<Ranked>(ranking.size());
    int rank = before;
    for (Scored each : ranking) {
      var match = new Match(++rank, each.score());
      ranked.add(
          new Ranked(each.node(), each.score(), isText ? match : null, isText ? null : match));
    }
    return ranked;
  }

  private static double share(double weight, @Nullable Match match) {
    return match == null ? 0 : weight / (K + match.rank());
  }

  private static Map<FoundNode, Match> matches(List<Scored> ranking) {
    var matches = new LinkedHashMap<FoundNode, Match>();
    for (Scored each : ranking) {
      matches.put(each.node(), new Match(matches.size() + 1, each.score()));
    }
    return matches;
  }
}
