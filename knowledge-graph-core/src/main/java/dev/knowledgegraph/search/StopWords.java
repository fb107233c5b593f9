package dev.knowledgegraph.search;

import java.util.Set;

/**
 * Words that hold sentences together and say nothing of what a text is about. They count when a
 * text is searched, and are left out when two texts are compared.
 */
public final class StopWords {
  private static final Set<String> ENGLISH =
      Set.of(
          ("a about above after again against all also am an and any are as at be because been"
                  + " before being below between both but by can cannot could did do does doing"
                  + " don down during each either else etc ever every few for from further get"
                  + " gets got had has have having he her here hers herself him himself his how"
                  + " however i if in into is isn it its itself just like ll may me might more"
                  + " most much must my myself neither no nor not now of off on once one only or"
                  + " other others our ours ourselves out over own per rather re same she should"
                  + " so some such than that the their theirs them themselves then there these"
                  + " they this those though through thus to too under until up upon us ve very"
                  + " via was we were what when where whether which while who whom whose why will"
                  + " with within without would yet you your yours yourself yourselves")
              .split(" "));

  private StopWords() {}

  /** Those of English, as {@link Words} writes them. */
  public static Set<String> english() {
    return ENGLISH;
  }
}
