package dev.knowledgegraph.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** What the processes of a peer said, put together line by line. */
final class PeerResult {
  private final String name;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, List<Long>> numbers = new LinkedHashMap<>();
  private final Map<String, Long> single = new LinkedHashMap<>();
  private final Map<String, long[]> answers = new LinkedHashMap<>();
  private final Map<String, List<long[]>> rounds = new LinkedHashMap<>();
  private final Map<String, String> complaints = new LinkedHashMap<>();
  private List<String> neighbors = List.of();

  PeerResult(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(JsonNode line) {
    if (line.has("workload")) {
      String workload = line.get("workload").asText();
      answers.put(workload, longs(line.get("answers")));
      rounds.put(
          workload,
          StreamSupport.stream(line.get("nanos").spliterator(), false)
              .map(PeerResult::longs)
              .toList());
      return;
    }
    line.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              switch (field.getKey()) {
                case "load", "cold" ->
                    numbers
                        .computeIfAbsent(field.getKey(), key -> new ArrayList<>())
                        .add(value.asLong());
                case "neighbors" -> {
                  var keys = new TreeSet<String>();
                  value.forEach(key -> keys.add(key.asText()));
                  neighbors = List.copyOf(keys);
                }
                default -> {
                  if (value.isNumber()) {
                    single.put(field.getKey(), value.asLong());
                  } else {
                    texts.put(field.getKey(), value.asText());
                  }
                }
              }
            });
  }

  private static long[] longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  /** Takes out what does not agree with another's answers, and keeps why. */
  void compareWith(PeerResult other) {
    other.answers.forEach(
        (workload, expected) -> {
          long[] mine = answers.getOrDefault(workload, new long[0]);
          for (int i = 0; i < Math.min(mine.length, expected.length); i++) {
            if (mine[i] != expected[i]) {
              complain(
                  workload,
                  "answer %d is %d, %s has %d".formatted(i + 1, mine[i], other.name, expected[i]));
              rounds.remove(workload);
              return;
            }
          }
        });
  }

  /** The same for what a fresh process answered. */
  void compareNeighbors(List<String> expected) {
    if (!neighbors.isEmpty() && !neighbors.equals(expected)) {
      complain(
          "cold", "%d neighbors, expected are %d".formatted(neighbors.size(), expected.size()));
      numbers.remove("cold");
    }
  }

  void complain(String work, String complaint) {
    complaints.put(work, complaint);
  }

  Map<String, String> complaints() {
    return complaints;
  }

  String text(String what) {
    return texts.getOrDefault(what, "");
  }

  Optional<Long> number(String what) {
    return Optional.ofNullable(single.get(what)).filter(number -> number >= 0);
  }

  List<Long> numbers(String what) {
    return numbers.getOrDefault(what, List.of());
  }

  boolean answered(String workload) {
    return rounds.containsKey(workload);
  }

  int asked(String workload) {
    return answers.getOrDefault(workload, new long[0]).length;
  }

  /** Of each round, the nanoseconds that the first {@code 1, 3, 10 …} questions took. */
  List<Long> nanos(String workload, int questions) {
    int place = (int) Math.round(2 * Math.log10(questions));
    return rounds.getOrDefault(workload, List.of()).stream().map(round -> round[place]).toList();
  }

  Map<String, List<long[]>> rounds() {
    return rounds;
  }

  List<String> neighbors() {
    return neighbors;
  }
}
