package dev.knowledgegraph.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/** The labels of a node: 0 to 32 distinct names of 1 to 100 characters, sorted. */
public record Labels(List<String> names) implements Iterable<String> {
  /** The most labels on one node. */
  public static final int MAX_COUNT = 32;

  /** The longest label, in code points. */
  public static final int MAX_LENGTH = 100;

  private static final Labels NONE = new Labels(List.of());

  public Labels {
    names.forEach(name -> Texts.name("label", name, MAX_LENGTH));
    names = names.size() < 2 ? List.copyOf(names) : List.copyOf(new TreeSet<>(names));
    if (names.size() > MAX_COUNT) {
      throw new IllegalArgumentException(
          "labels: expected at most " + MAX_COUNT + ", found " + names.size());
    }
  }

  /** No labels. */
  public static Labels none() {
    return NONE;
  }

  /** The given names, without doubles. */
  public static Labels of(String... names) {
    return names.length == 0 ? NONE : new Labels(Arrays.asList(names));
  }

  /** The given names, without doubles. */
  public static Labels of(Collection<String> names) {
    return names.isEmpty() ? NONE : new Labels(List.copyOf(names));
  }

  /** These labels and {@code name}. */
  public Labels with(String name) {
    return union(of(name));
  }

  /** All labels of both. */
  public Labels union(Labels other) {
    var all = new TreeSet<>(names);
    all.addAll(other.names);
    return new Labels(List.copyOf(all));
  }

  public boolean contains(String name) {
    return names.contains(name);
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  @Override
  public Iterator<String> iterator() {
    return names.iterator();
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
