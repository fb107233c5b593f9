package dev.knowledgegraph.cli.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two files to import, and what is in them in the order in which it must appear.
 *
 * @param keys of the nodes
 * @param edges as {@code source type target}
 */
record Tables(Path nodes, Path edges, List<String> keys, List<String> edgesInOrder) {
  /** Makes files of this many nodes, and half as many edges again. */
  static Tables generate(Path folder, int size) throws IOException {
    RandomGenerator random = Chance.of(size);
    var keys = new ArrayList<String>();
    var rows = new ArrayList<>(List.of("key,title,labels,body,year"));
    for (int i = 0; i < size; i++) {
      keys.add("k" + i);
      rows.add("k%d,Title %d,L%d,%s,%d".formatted(i, i, i % 7, "some words ".repeat(i % 9), i));
    }
    var edges = new LinkedHashSet<String>();
    while (edges.size() < size * 3 / 2) {
      edges.add(
          "k%d T%d k%d".formatted(random.nextInt(size), edges.size() % 5, random.nextInt(size)));
    }
    var links = new ArrayList<>(List.of("source,type,target,weight"));
    for (String edge : edges) {
      links.add(edge.replace(' ', ',') + "," + links.size() / 10.0);
    }
    return new Tables(
        Files.write(folder.resolve("nodes.csv"), rows),
        Files.write(folder.resolve("edges.csv"), links),
        List.copyOf(keys),
        List.copyOf(edges));
  }

  int size() {
    return keys.size() + edgesInOrder.size();
  }
}
