package dev.knowledgegraph.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The tags of a node: compared without regard to case, shown as first written, sorted.
 *
 * <p>How many and how long is the graph's {@link Policy}; a tag is never blank and has no control
 * characters. Two sets are equal if they hold the same tags, whatever their case.
 */
public record Tags(List<String> names) implements Iterable<String> {
  private static final Tags NONE = new Tags(List.of());

  public Tags {
    names.forEach(name -> Texts.name("tag", name, Integer.MAX_VALUE / 2));
    names = names.size() < 2 ? List.copyOf(names) : distinct(names);
  }

  private static List<String> distinct(Collection<String> names) {
    var byFolded = new TreeMap<String, String>();
    names.forEach(name -> byFolded.putIfAbsent(fold(name), name));
    return List.copyOf(byFolded.values());
  }

  /** No tags. */
  public static Tags none() {
    return NONE;
  }

  /** The given tags, without doubles; of two that differ in case only, the first is kept. */
  public static Tags of(String... names) {
    return names.length == 0 ? NONE : new Tags(Arrays.asList(names));
  }

  /** The given tags, without doubles; of two that differ in case only, the first is kept. */
  public static Tags of(Collection<String> names) {
    return names.isEmpty() ? NONE : new Tags(List.copyOf(names));
  }

  /** The form in which tags are compared and indexed. */
  public static String fold(String tag) {
    return tag.toLowerCase(Locale.ROOT);
  }

  /** These tags and those of {@code other}; a tag that is already here keeps its spelling. */
  public Tags union(Tags other) {
    if (other.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(names);
    all.addAll(other.names);
    return new Tags(all);
  }

  /** These tags without those of {@code other}. */
  public Tags minus(Tags other) {
    return new Tags(names.stream().filter(name -> !other.contains(name)).toList());
  }

  public boolean contains(String tag) {
    String folded = fold(tag);
    return names.stream().anyMatch(name -> fold(name).equals(folded));
  }

  /** The folded forms, sorted. */
  public List<String> folded() {
    return names.stream().map(Tags::fold).toList();
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  @Override
  public Iterator<String> iterator() {
    return names.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tags tags && folded().equals(tags.folded());
  }

  @Override
  public int hashCode() {
    return folded().hashCode();
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
