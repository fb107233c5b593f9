package dev.knowledgegraph.peers;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A process of one peer, or of a few that are measured in turn. Prints what it found as JSON, a
 * line each; what peers print goes to the standard error.
 */
public final class PeerProcess {
  /** After how many questions the clock is read: peers that are slow answer fewer of them. */
  private static final int[] MARKS = {1, 3, 10, 30, 100, 300, 1_000};

  /** A round is no shorter, in nanoseconds. */
  private static final long LEAST = 300_000_000;

  private final PrintStream out;
  private final Problem problem;
  private final int rounds = Integer.getInteger("rounds", 5);
  private final long budget = seconds("budget", 10);
  private final long warm = seconds("warm", 5);

  private PeerProcess(PrintStream out, Problem problem) {
    this.out = out;
    this.problem = problem;
  }

  /**
   * What to do, then with what: {@code measure} or {@code load}, the file of the problem, an empty
   * directory and the classes of peers; or {@code open}, the directory, the key and one class.
   */
  public static void main(String[] arguments) {
    // Some peers leave threads behind that are no daemons.
    try {
      run(arguments);
      System.exit(0);
    } catch (Exception | Error e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(String[] arguments) throws Exception {
    long start = System.nanoTime();
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    switch (arguments[0]) {
      case "open" -> open(out, start, Path.of(arguments[1]), arguments[2], arguments[3]);
      case "load", "measure" -> {
        var process = new PeerProcess(out, Problem.read(Path.of(arguments[1])));
        var peers = new ArrayList<Peer>();
        for (String type : List.of(arguments).subList(3, arguments.length)) {
          peers.add(peer(type));
        }
        process.load(peers, Path.of(arguments[2]), arguments[0].equals("measure"));
        if (arguments[0].equals("measure")) {
          for (Workload workload : Workload.values()) {
            process.measure(workload, peers);
          }
        }
        for (Peer peer : peers) {
          peer.close();
        }
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static Peer peer(String type) throws ReflectiveOperationException {
    return Class.forName(type).asSubclass(Peer.class).getDeclaredConstructor().newInstance();
  }

  private static void open(PrintStream out, long start, Path directory, String key, String type)
      throws Exception {
    try (var peer = (StoredPeer) peer(type)) {
      peer.open(directory);
      var neighbors = new TreeSet<>(peer.neighbors(key));
      long nanos = System.nanoTime() - start;
      out.println(Json.text(Map.of("peer", peer.name(), "cold", nanos, "neighbors", neighbors)));
    }
  }

  private void load(List<Peer> peers, Path directory, boolean isMeasured) throws Exception {
    for (Peer peer : peers) {
      Path own = directory.resolve(peer.getClass().getSimpleName());
      Path store = own.resolve("store");
      Files.createDirectories(store);
      peer.prepare(problem, own);
      long before = usedHeap();
      long start = System.nanoTime();
      peer.load(problem, store);
      long loaded = System.nanoTime();
      tell(peer, "load", loaded - start);
      if (isMeasured) {
        peer.ready(problem);
        peer.within(problem.starts()[0], 1);
        tell(peer, "ready", System.nanoTime() - loaded);
        tell(peer, "heap", usedHeap() - before);
        tell(peer, "view", peer.viewBytes());
        tell(peer, "version", peer.version());
        tell(peer, "durability", peer.durability());
        tell(peer, "how", peer.how());
        tell(peer, "store", store.toString());
        tell(peer, "class", peer.getClass().getName());
      }
    }
  }

  /** What a peer answered at first, and how long each round took it. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or prints it
  private record Measured(Peer peer, int[] answers, List<long[]> rounds) {}

  private void measure(Workload workload, List<Peer> peers) throws Exception {
    var all = new ArrayList<Measured>();
    for (Peer peer : peers) {
      all.add(new Measured(peer, warm(workload, peer), new ArrayList<>()));
    }
    for (int round = 0; round < rounds; round++) {
      for (Measured each : all) {
        each.rounds().add(round(workload, each.peer(), each.answers()));
      }
    }
    for (Measured each : all) {
      var line = new LinkedHashMap<String, Object>();
      line.put("peer", each.peer().name());
      line.put("workload", workload.title());
      line.put("answers", each.answers());
      line.put("nanos", each.rounds());
      out.println(Json.text(line));
    }
  }

  /** Asks all it can within the budget, again and again until it is warm; the first answers. */
  private int[] warm(Workload workload, Peer peer) throws Exception {
    long start = System.nanoTime();
    int[] answers = new int[MARKS[MARKS.length - 1]];
    int asked = 0;
    int last = 0;
    for (int mark : MARKS) {
      while (asked < mark && (last == 0 || System.nanoTime() - start < budget)) {
        answers[asked] = workload.ask(peer, problem, asked);
        asked++;
      }
      last = asked == mark ? mark : last;
    }
    answers = Arrays.copyOf(answers, last);
    while (System.nanoTime() - start < warm) {
      round(workload, peer, answers);
    }
    return answers;
  }

  /**
   * The time that the questions up to each mark took; the mean of as many passes as it takes to
   * measure something.
   */
  private long[] round(Workload workload, Peer peer, int[] answers) throws Exception {
    long[] times = new long[(int) Arrays.stream(MARKS).filter(m -> m <= answers.length).count()];
    long expected = Arrays.stream(answers).asLongStream().sum();
    long start = System.nanoTime();
    int passes = 0;
    do {
      passes++;
      long sum = 0;
      int asked = 0;
      long begin = System.nanoTime();
      for (int i = 0; i < times.length; i++) {
        for (; asked < MARKS[i]; asked++) {
          sum += workload.ask(peer, problem, asked);
        }
        times[i] += System.nanoTime() - begin;
      }
      if (sum != expected) {
        throw new IllegalStateException(peer.name() + " answers one question in two ways");
      }
    } while (System.nanoTime() - start < LEAST);
    for (int i = 0; i < times.length; i++) {
      times[i] /= passes;
    }
    return times;
  }

  private void tell(Peer peer, String what, Object value) {
    out.println(Json.text(Map.of("peer", peer.name(), what, value)));
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long seconds(String property, int otherwise) {
    return Long.getLong(property, otherwise) * 1_000_000_000;
  }
}
