package dev.knowledgegraph.spi;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.NodeId;
import dev.knowledgegraph.query.Views.SearchResult;
import dev.knowledgegraph.query.Views.TitleSuggestion;
import dev.knowledgegraph.search.SearchQuestion;
import dev.knowledgegraph.search.Spread;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds nodes by what they say. It follows the log of a storage and can be made anew from it at any
 * time. Laws:
 *
 * <ol>
 *   <li>It answers from the state of each graph after one commit, {@link #position} or later, or
 *       the one asked for: never from half a commit.
 *   <li>An answer holds nodes of the named graphs only, and none of a graph of which the owner is
 *       not the one named with it. Nothing of others shows, not in totals, counts or words either.
 *   <li>A question about an earlier commit finds what the same question would have found then: the
 *       same nodes, the same counts, the same order by vector. (BM25 knows the texts of all times,
 *       so scores by text may differ.)
 *   <li>The total is exact, and so are the counts of facets; pages hold every hit once, best first,
 *       ties by id, then by graph, whatever is written between two pages.
 *   <li>A text finds what {@link dev.knowledgegraph.search.SearchSyntax} and {@link
 *       dev.knowledgegraph.search.Words} say it means.
 *   <li>{@link #awaitPosition} answers true only after the index has come there.
 *   <li>What it has taken from the log it keeps together with how far it has come: after any
 *       interruption it goes on without a gap and without a double.
 *   <li>An index of another log, of a log that has been set back, or that is damaged, is noticed
 *       and made anew.
 *   <li>A {@link #rebuild} makes the index anew beside the one that answers; questions go on
 *       meanwhile and see no gap.
 *   <li>A closed index refuses every call; closing it again does nothing. It does not close the
 *       storage.
 *   <li>{@link #alike} finds live nodes of the named graph only, never the node itself, and each
 *       once; a cosine is that of the two vectors, whichever way the node was found.
 *   <li>{@link #terms} gives the same for the same text as long as the index is made in the same
 *       way.
 *   <li>{@link #spread} counts exactly, and nothing of another graph or of an earlier version.
 *   <li>A question about several graphs finds, ranks and counts what it would in one graph with all
 *       of their nodes. Nodes of one id in two graphs are two.
 * </ol>
 *
 * May be shared between threads. Contracts in the TCK: {@code SearchContract} (laws 1 to 6, 10 to
 * 13), {@code SearchGraphsContract} (14, and 1 to 4 for several graphs), {@code
 * SearchHistoryContract} (3), {@code SearchRebuildContract} (7 to 9).
 */
public interface SearchIndex extends AutoCloseable {
  /** The last commit of a graph that questions see; 0 if none. */
  long position(GraphRef graph);

  /**
   * Waits until questions see a commit.
   *
   * @return whether they do; false if {@code timeout} ended first
   */
  boolean awaitPosition(GraphRef graph, long sequence, Duration timeout);

  /** Says that a graph's log has grown; returns at once. */
  void follow(GraphRef graph);

  /**
   * Says that a graph's log has grown by a commit, which need not be read from there then; returns
   * at once. Other processes may have added others before it.
   */
  default void follow(GraphRef graph, Committed commit) {
    follow(graph);
  }

  /**
   * Finds nodes.
   *
   * @throws IllegalArgumentException if the page begins where no page ended
   */
  SearchResult search(SearchQuestion question);

  /**
   * Live titles with all words of {@code text}, the last one perhaps only begun; shortest first.
   */
  List<TitleSuggestion> suggest(GraphRef graph, String text, int limit);

  /**
   * The words by which a text is compared with others: those that it is found by, without stop
   * words and what is short, as {@link dev.knowledgegraph.search.Terms} says; each with how often
   * it stands there.
   */
  Map<String, Integer> terms(String text);

  /** How many live nodes of a graph have each term, wherever it stands, and each folded tag. */
  Spread spread(GraphRef graph, Collection<String> terms, Collection<String> tags);

  /**
   * Nodes that may be like a node: the {@code limit} best by its most telling words and as many
   * nearest to its vector, in no order.
   */
  List<Alike> alike(GraphRef graph, Node node, int limit);

  /**
   * A node that may be like another.
   *
   * @param cosine of their vectors; null if either has none
   */
  record Alike(NodeId node, @Nullable Double cosine) {}

  /** Makes the index anew, and tells from time to time how far it has come. */
  void rebuild(Consumer<Progress> listener);

  /** Compares the index with the storage. */
  List<Check> check();

  /** Writes down what is only in memory, and releases what it holds. */
  @Override
  void close();

  /**
   * How far a rebuild has come.
   *
   * @param done commits read
   * @param total commits in all logs when it began
   */
  record Progress(long done, long total) {}

  /** A thing looked at, and what was found. */
  record Check(String name, boolean ok, String detail) {}
}
