package dev.knowledgegraph.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.io.ImportOptions;
import dev.knowledgegraph.io.Importer;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.Content;
import dev.knowledgegraph.model.ContentFormat;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.UserId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Texts that people have linked, and their links.
 *
 * @param targets the links by their source: each target once, none to the source itself
 */
record LinkedTexts(String name, List<Linked> texts, Map<String, Set<String>> targets) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WIKILINK =
      Pattern.compile("!?\\[\\[([^\\[\\]|#\\n]*)(?:#[^\\[\\]|\\n]*)?(?:\\|([^\\[\\]\\n]*))?\\]\\]");

  /** What editors write below a note: where its links lead, with the titles of what is there. */
  private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[[^\\]\\n]+\\]: .*$");

  /**
   * A text in two forms.
   *
   * @param node with the text of its links, and nothing that tells them from other text
   * @param hidden the body without the text of its links
   */
  record Linked(String id, NodeData node, String hidden) {
    NodeData withoutLinks() {
      return node.withContent(node.content().withBody(hidden));
    }
  }

  /** The means over texts with links: of the first k, how many are linked; of the linked, found. */
  record Grades(Map<Integer, Double> precision, Map<Integer, Double> recall) {
    double precision(int k) {
      return precision.getOrDefault(k, 0.0);
    }

    double recall(int k) {
      return recall.getOrDefault(k, 0.0);
    }
  }

  /** The Jargon File: entries, with the spans that are links. */
  static LinkedTexts jargon() throws IOException {
    var texts = new ArrayList<Linked>();
    var targets = new HashMap<String, Set<String>>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Data.links("jargon/entries.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = JSON.readTree(line);
        String id = json.get("id").asText();
        var body = new StringBuilder(json.get("text").asText());
        String visible = body.toString();
        for (JsonNode link : json.get("links")) {
          for (int i = link.get("start").asInt(); i < link.get("end").asInt(); i++) {
            body.setCharAt(i, ' ');
          }
          link(targets, id, link.path("target").asText(""));
        }
        var aliases = new ArrayList<String>();
        json.get("aliases").forEach(alias -> aliases.add(alias.asText()));
        var node = NodeData.node(json.get("title").asText()).key(id).body(visible);
        texts.add(
            new Linked(
                id, aliases.isEmpty() ? node : node.property("aliases", aliases), body.toString()));
      }
    }
    return new LinkedTexts("Jargon File", texts, targets);
  }

  /** A vault of notes; a link is shown as its other text, else as the name it is made with. */
  static LinkedTexts vault(String name) throws IOException {
    var targets = new HashMap<String, Set<String>>();
    try (var rows =
        CsvReader.builder().ofNamedCsvRecord(Data.links("vaults/" + name + "-links.csv"))) {
      for (var row : rows) {
        if (row.getField("status").equals("resolved")) {
          link(targets, note(row.getField("source")), note(row.getField("target")));
        }
      }
    }
    var texts = new ArrayList<Linked>();
    try (var store = KnowledgeGraph.builder().storage(new InMemoryStorage()).build()) {
      var graph = store.as(UserId.of("bench")).graph("vault");
      Importer.run(graph, List.of(Data.vault(name)), ImportOptions.defaults());
      graph.forEachNode(
          node -> {
            var kept = Properties.none();
            for (String alias : List.of("aliases", "alias")) {
              var value = node.properties().find(alias);
              kept = value.isPresent() ? kept.with(alias, value.get()) : kept;
            }
            String id = node.key().orElseThrow().value();
            Matcher links = WIKILINK.matcher(DEFINITION.matcher(node.body()).replaceAll(""));
            String visible = links.replaceAll(each -> Matcher.quoteReplacement(shown(each)));
            var content = new Content(node.title(), visible, ContentFormat.MARKDOWN);
            texts.add(
                new Linked(
                    id,
                    NodeData.empty()
                        .key(id)
                        .withContent(content)
                        .withTags(node.tags())
                        .withProperties(kept),
                    links.reset().replaceAll(" ")));
          });
    }
    return new LinkedTexts(name, texts, targets);
  }

  private static String shown(java.util.regex.MatchResult link) {
    String other = link.group(2);
    return other != null ? other : link.group(1);
  }

  private static String note(String file) {
    return file.endsWith(".md") ? file.substring(0, file.length() - 3) : file;
  }

  private static void link(Map<String, Set<String>> targets, String source, String target) {
    if (!target.isEmpty() && !target.equals(source)) {
      targets.computeIfAbsent(source, id -> new HashSet<>()).add(target);
    }
  }

  /** How well rankings by source find what people linked. */
  Grades grade(Map<String, List<String>> rankings) {
    var precision = new HashMap<Integer, Double>();
    var recall = new HashMap<Integer, Double>();
    for (int k : List.of(1, 5, 10)) {
      double found = 0;
      double share = 0;
      for (var linked : targets.entrySet()) {
        long hits =
            rankings.getOrDefault(linked.getKey(), List.of()).stream()
                .limit(k)
                .filter(linked.getValue()::contains)
                .count();
        found += (double) hits / k;
        share += (double) hits / linked.getValue().size();
      }
      precision.put(k, found / targets.size());
      recall.put(k, share / targets.size());
    }
    return new Grades(precision, recall);
  }
}
