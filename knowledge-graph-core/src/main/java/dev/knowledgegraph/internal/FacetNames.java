package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.query.Analysis.Community;
import dev.knowledgegraph.query.Facet;
import dev.knowledgegraph.query.Views.FacetCount;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.search.SearchQuestion.Scope;
import dev.knowledgegraph.spi.Storage;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people call the things that an index counts by their ids. */
final class FacetNames {
  private final Storage storage;

  FacetNames(Storage storage) {
    this.storage = storage;
  }

  /** The same, with the titles of categories and the names of communities and graphs. */
  SearchResult in(SearchResult found, List<Scope> scopes, List<Community> division) {
    Map<Facet, List<FacetCount>> facets = new EnumMap<>(Facet.class);
    found
        .facets()
        .forEach(
            (facet, counts) ->
                facets.put(
                    facet,
                    counts.isEmpty() ? counts : named(counts, names(facet, scopes, division))));
    return new SearchResult(
        found.query(),
        found.mode(),
        found.total(),
        found.tookMs(),
        found.hits(),
        facets,
        found.didYouMean(),
        found.warnings(),
        found.next());
  }

  private Map<String, String> names(Facet facet, List<Scope> scopes, List<Community> division) {
    var names = new HashMap<String, String>();
    switch (facet) {
      case CATEGORY -> {
        for (Scope scope : scopes) {
          for (Category category : storage.categories(scope.graph(), scope.at())) {
            names.putIfAbsent(category.id().toString(), category.title());
          }
        }
      }
      case COMMUNITY -> division.forEach(each -> names.put(Long.toString(each.id()), each.name()));
      case GRAPH ->
          scopes.forEach(
              scope ->
                  storage
                      .graphAt(scope.graph(), scope.at())
                      .ifPresent(graph -> names.put(graph.id().toString(), graph.name())));
      case LABEL, TAG, STATUS, DAY, MONTH, YEAR -> {}
    }
    return names;
  }

  private static List<FacetCount> named(List<FacetCount> counts, Map<String, String> names) {
    return counts.stream()
        .map(
            each ->
                new FacetCount(
                    each.value(), names.getOrDefault(each.value(), each.value()), each.count()))
        .toList();
  }
}
