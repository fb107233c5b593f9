package dev.knowledgegraph.peers;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A graph and the questions about it, the same for every peer: nodes are numbers from 0, and edge
 * {@code i} leads from {@code sources[i]} to {@code targets[i]}. The arrays are not copied.
 *
 * @param name of the graph
 * @param keys of the nodes, each another
 * @param sources of the edges
 * @param targets of the edges
 * @param types of the edges, as places in {@code typeNames}
 * @param typeNames of the types of edges
 * @param starts the nodes whose neighborhoods are asked for
 * @param pairs the ends of paths asked for, two after each other
 * @param firstKey the node that a fresh process is asked for
 */
@SuppressWarnings("ArrayRecordComponent") // two numbers an edge, for tens of millions of them
public record Problem(
    String name,
    List<String> keys,
    int[] sources,
    int[] targets,
    byte[] types,
    List<String> typeNames,
    int[] starts,
    int[] pairs,
    String firstKey) {
  /** No pair is further apart. */
  public static final int MOST_HOPS = 6;

  /** How many neighborhoods, and how many paths. */
  public static final int QUESTIONS = 1_000;

  private static final int SEED = 20_261_125;
  private static final int TRIES = 1_000_000;

  /** Finds questions about a graph: random nodes, and random pairs that are near enough. */
  public static Problem about(
      String name,
      List<String> keys,
      int[] sources,
      int[] targets,
      byte[] types,
      List<String> typeNames,
      String firstKey) {
    int nodes = keys.size();
    var random = new Random(SEED);
    int[] starts = random.ints(QUESTIONS, 0, nodes).toArray();
    var floor = new BareCsr();
    floor.build(nodes, sources, targets);
    int[] pairs = new int[2 * QUESTIONS];
    int found = 0;
    for (int i = 0; i < TRIES && found < pairs.length; i++) {
      int source = random.nextInt(nodes);
      int target = random.nextInt(nodes);
      if (source != target && floor.distance(source, target) > 0) {
        pairs[found++] = source;
        pairs[found++] = target;
      }
    }
    if (found < pairs.length) {
      throw new IllegalArgumentException("expected a graph in which paths are easy to find");
    }
    return new Problem(name, keys, sources, targets, types, typeNames, starts, pairs, firstKey);
  }

  /** How many nodes there are. */
  public int nodes() {
    return keys.size();
  }

  /** How many edges there are. */
  public int edges() {
    return sources.length;
  }

  /** The name of an edge's type. */
  public String type(int edge) {
    return typeNames.get(types[edge]);
  }

  /** Writes it for other processes. */
  public void write(Path file) throws IOException {
    try (var out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
      out.writeUTF(name);
      write(keys, out);
      write(sources, out);
      write(targets, out);
      out.write(types);
      write(typeNames, out);
      write(starts, out);
      write(pairs, out);
      out.writeUTF(firstKey);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Problem read(Path file) throws IOException {
    try (var in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
      String name = in.readUTF();
      List<String> keys = readTexts(in);
      int[] sources = readNumbers(in);
      int[] targets = readNumbers(in);
      byte[] types = new byte[sources.length];
      in.readFully(types);
      return new Problem(
          name,
          keys,
          sources,
          targets,
          types,
          readTexts(in),
          readNumbers(in),
          readNumbers(in),
          in.readUTF());
    }
  }

  private static void write(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static void write(int[] numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers.length);
    for (int number : numbers) {
      out.writeInt(number);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int size = in.readInt();
    var texts = new ArrayList<String>(size);
    for (int i = 0; i < size; i++) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  private static int[] readNumbers(DataInputStream in) throws IOException {
    int[] numbers = new int[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readInt();
    }
    return numbers;
  }
}
