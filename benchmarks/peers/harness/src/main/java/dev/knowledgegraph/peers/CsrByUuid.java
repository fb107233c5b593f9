package dev.knowledgegraph.peers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/** The floor for a caller who names nodes by ids, as ours does: a hash table before the arrays. */
public final class CsrByUuid implements Peer {
  private static final int SEED = 5;

  private final BareCsr csr = new BareCsr();
  private UUID[] ids = {};
  private Map<UUID, Integer> numbers = Map.of();

  @Override
  public String name() {
    return "bare CSR by UUID";
  }

  @Override
  public String version() {
    return csr.version();
  }

  @Override
  public String durability() {
    return csr.durability();
  }

  @Override
  public String how() {
    return "the same behind a HashMap<UUID, Integer>";
  }

  @Override
  public void load(Problem problem, Path directory) {
    csr.load(problem, directory);
    ids = new UUID[problem.nodes()];
    numbers = HashMap.newHashMap(ids.length);
    var random = new Random(SEED);
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new UUID(random.nextLong(), random.nextLong());
      numbers.put(ids[i], i);
    }
  }

  private int number(int node) {
    return Objects.requireNonNull(numbers.get(ids[node]));
  }

  @Override
  public int within(int node, int hops) {
    return csr.within(number(node), hops);
  }

  @Override
  public int distance(int source, int target) {
    return csr.distance(number(source), number(target));
  }

  @Override
  public long viewBytes() {
    return csr.viewBytes();
  }

  @Override
  public void close() {}
}
