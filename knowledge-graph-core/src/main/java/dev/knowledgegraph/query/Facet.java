package dev.knowledgegraph.query;

/** What hits can be counted by. New ones may come in a minor release. */
public enum Facet {
  LABEL,
  /** In lower case. */
  TAG,
  STATUS,
  /** By the category's id. */
  CATEGORY,
  /**
   * By the community's id, as {@link GraphQuery.FindCommunities} has it at resolution 1, seed 0.
   */
  COMMUNITY,
  /** By the graph's id, of those that are searched. */
  GRAPH,
  /** When it was created, in UTC: {@code 2026-05-01}; likewise {@link #MONTH} and {@link #YEAR}. */
  DAY,
  MONTH,
  YEAR
}
