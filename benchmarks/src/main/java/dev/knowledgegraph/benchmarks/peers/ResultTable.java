package dev.knowledgegraph.benchmarks.peers;

import dev.knowledgegraph.peers.Json;
import dev.knowledgegraph.peers.Problem;
import dev.knowledgegraph.peers.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The results as Markdown for people and as JSON for programs. */
final class ResultTable {
  private static final String NONE = "–";

  private final Problem problem;
  private final Settings settings;
  private final List<PeerResult> results;
  private final Optional<PeerResult> ours;

  /** The middle, the least and the most of some rounds. */
  private record Spread(double median, double least, double most) {
    static Optional<Spread> of(List<Long> nanos, double unit) {
      double[] sorted = nanos.stream().mapToDouble(each -> each / unit).sorted().toArray();
      return sorted.length == 0
          ? Optional.empty()
          : Optional.of(
              new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]));
    }
  }

  private interface Timed {
    Optional<Spread> of(PeerResult result);
  }

  ResultTable(Problem problem, Settings settings, List<PeerResult> results) {
    this.problem = problem;
    this.settings = settings;
    this.results = results;
    this.ours = results.stream().filter(result -> result.name().equals("ours")).findFirst();
  }

  String markdown() {
    var lines = new StringBuilder();
    lines.append(
        String.format(
            Locale.ROOT,
            "%s, %,d nodes, %,d edges; %d rounds; %s, %d processors, -Xmx%s%n%n",
            problem.name(),
            problem.nodes(),
            problem.edges(),
            settings.rounds(),
            System.getProperty("java.vm.version"),
            Runtime.getRuntime().availableProcessors(),
            settings.heap()));
    lines.append("| work | peer | median | least – most | ours ÷ it | asked |\n");
    lines.append("|---|---|---|---|---|---|\n");
    for (Workload workload : Workload.values()) {
      results.forEach(result -> lines.append(row(workload, result)));
    }
    rows(lines, "load", "ms", result -> Spread.of(result.numbers("load"), 1e6));
    rows(lines, "cold", "ms", result -> Spread.of(result.numbers("cold"), 1e6));
    rows(lines, "heap", "bytes per edge end", result -> perEnd(result, "heap"));
    rows(lines, "view", "bytes per edge end", result -> perEnd(result, "view"));
    lines.append("\n| peer | version | durability | how it is asked |\n|---|---|---|---|\n");
    for (PeerResult result : results) {
      lines.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  result.name(),
                  result.text("version"),
                  result.text("durability"),
                  result.text("how")));
    }
    return lines.toString();
  }

  private Optional<Spread> perEnd(PeerResult result, String what) {
    return result.number(what).flatMap(bytes -> Spread.of(List.of(bytes), 2.0 * problem.edges()));
  }

  private String row(Workload workload, PeerResult result) {
    String work = workload.title();
    int asked = result.asked(work);
    int askedOfBoth = Math.min(asked, ours.map(each -> each.asked(work)).orElse(asked));
    return row(
        work,
        "µs",
        result,
        time(workload, result, asked),
        ratio(result, each -> time(workload, each, askedOfBoth)),
        asked == 0 ? NONE : Integer.toString(asked));
  }

  private static Optional<Spread> time(Workload workload, PeerResult result, int asked) {
    return result.answered(workload.title())
        ? Spread.of(result.nanos(workload.title(), asked), 1e3 * asked)
        : Optional.empty();
  }

  private void rows(StringBuilder lines, String work, String unit, Timed timed) {
    results.forEach(
        result ->
            lines.append(row(work, unit, result, timed.of(result), ratio(result, timed), NONE)));
  }

  private Optional<Double> ratio(PeerResult result, Timed timed) {
    return timed
        .of(result)
        .flatMap(each -> ours.flatMap(timed::of).map(own -> own.median() / each.median()));
  }

  private static String row(
      String work,
      String unit,
      PeerResult result,
      Optional<Spread> spread,
      Optional<Double> ratio,
      String asked) {
    String complaint = result.complaints().getOrDefault(work, "");
    if (spread.isEmpty() && complaint.isEmpty() && result.text("version").isEmpty()) {
      complaint = String.join("; ", result.complaints().values());
    }
    String median =
        spread
            .map(each -> number(each.median()) + " " + unit)
            .orElse(complaint.isEmpty() ? NONE : complaint);
    String range =
        spread.map(each -> number(each.least()) + " – " + number(each.most())).orElse(NONE);
    String times = ratio.map(value -> number(value) + " ×").orElse(NONE);
    return "| %s | %s | %s | %s | %s | %s |\n"
        .formatted(work, result.name(), median, range, times, asked);
  }

  private static String number(double number) {
    String format = number < 0.1 ? "%.4f" : number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, number);
  }

  String json() {
    var all = new LinkedHashMap<String, Object>();
    all.put("graph", problem.name());
    all.put("nodes", problem.nodes());
    all.put("edges", problem.edges());
    all.put("java", System.getProperty("java.vm.version"));
    all.put("processors", Runtime.getRuntime().availableProcessors());
    all.put("heap", settings.heap());
    all.put("peers", results.stream().map(this::object).toList());
    return Json.text(all) + "\n";
  }

  private Map<String, Object> object(PeerResult result) {
    var object = new LinkedHashMap<String, Object>();
    object.put("name", result.name());
    for (String text : List.of("version", "durability", "how")) {
      object.put(text, result.text(text));
    }
    object.put("complaints", result.complaints());
    object.put("loadNanos", result.numbers("load"));
    object.put("coldNanos", result.numbers("cold"));
    for (String bytes : List.of("heap", "view", "ready")) {
      result
          .number(bytes)
          .ifPresent(
              value -> object.put(bytes.equals("ready") ? "readyNanos" : bytes + "Bytes", value));
    }
    for (Workload workload : Workload.values()) {
      String work = workload.title();
      int asked = result.asked(work);
      time(workload, result, asked)
          .ifPresent(
              spread ->
                  object.put(
                      work,
                      Map.of(
                          "asked", asked,
                          "medianMicros", spread.median(),
                          "leastMicros", spread.least(),
                          "mostMicros", spread.most(),
                          "nanosAfter1_3_10etc", result.rounds().get(work))));
    }
    return object;
  }
}
