package dev.knowledgegraph.peers;

import java.util.function.IntConsumer;

/**
 * A peer that is asked for the neighbors of nodes, and walked along from outside: with the floor's
 * stamped marks, so that what is measured is the peer and not a set of visited nodes.
 */
public abstract class Walker implements Peer {
  private int[] marks = {};
  private int[] list = {};
  private int[] second = {};
  private int mark;

  /** For subclasses. */
  protected Walker() {}

  /** Says how many nodes there are; part of {@link #ready}. */
  protected final void size(int nodes) {
    marks = new int[nodes];
    list = new int[nodes];
    second = new int[nodes];
  }

  /** Shows all neighbors of a node, along edges of both directions; a node may be shown again. */
  protected abstract void neighbors(int node, IntConsumer action) throws Exception;

  /** Shows the neighbors of many nodes, for peers that can be asked for them at once. */
  protected void neighbors(int[] nodes, int from, int to, IntConsumer action) throws Exception {
    for (int i = from; i < to; i++) {
      neighbors(nodes[i], action);
    }
  }

  @Override
  public int within(int node, int hops) throws Exception {
    var reached = new Side(list, ++mark, node);
    for (int hop = 0; hop < hops && reached.from < reached.size; hop++) {
      reached.hop();
    }
    return reached.size - 1;
  }

  @Override
  public int distance(int source, int target) throws Exception {
    if (source == target) {
      return 0;
    }
    var here = new Side(list, ++mark, source);
    var there = new Side(second, ++mark, target);
    here.other = there.stamp;
    there.other = here.stamp;
    for (int hop = 1; hop <= Problem.MOST_HOPS; hop++) {
      Side smaller = here.size - here.from <= there.size - there.from ? here : there;
      if (smaller.from == smaller.size) {
        return -1;
      }
      smaller.hop();
      if (smaller.met) {
        return hop;
      }
    }
    return -1;
  }

  /** The nodes reached from one end; those from {@code from} on are yet to be gone on from. */
  private final class Side implements IntConsumer {
    private final int[] nodes;
    private final int stamp;
    private int other = -1;
    private int from;
    private int size = 1;
    private boolean met;

    Side(int[] nodes, int stamp, int start) {
      this.nodes = nodes;
      this.stamp = stamp;
      nodes[0] = start;
      marks[start] = stamp;
    }

    void hop() throws Exception {
      int to = size;
      neighbors(nodes, from, to, this);
      from = to;
    }

    @Override
    public void accept(int node) {
      if (marks[node] == other) {
        met = true;
      } else if (marks[node] != stamp) {
        marks[node] = stamp;
        nodes[size++] = node;
      }
    }
  }
}
