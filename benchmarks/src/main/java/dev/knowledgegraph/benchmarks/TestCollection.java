package dev.knowledgegraph.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Documents, queries, and what people judged to belong together.
 *
 * @param gains by query and document
 */
record TestCollection(
    List<Document> documents, List<Query> queries, Map<String, Map<String, Integer>> gains) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is searched. */
  record Document(String id, String title, String text) {}

  /** What is looked for. */
  record Query(String id, String text) {}

  /**
   * Means over the queries that have a relevant document.
   *
   * @param ndcg of the first 10
   * @param recall of the first 100
   * @param mrr of all that were found
   */
  record Grades(double ndcg, double recall, double mrr) {}

  static TestCollection read(String name) throws IOException {
    var documents = new ArrayList<Document>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Data.retrieval(name, "corpus.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = JSON.readTree(line);
        documents.add(
            new Document(
                json.get("id").asText(), json.get("title").asText(), json.get("text").asText()));
      }
    }
    var queries = new ArrayList<Query>();
    for (String line : Files.readAllLines(Data.retrieval(name, "queries.jsonl"))) {
      JsonNode json = JSON.readTree(line);
      queries.add(new Query(json.get("id").asText(), json.get("text").asText()));
    }
    return new TestCollection(documents, queries, gains(Data.retrieval(name, "qrels.tsv")));
  }

  private static Map<String, Map<String, Integer>> gains(Path file) throws IOException {
    var gains = new HashMap<String, Map<String, Integer>>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.split("\t");
      gains
          .computeIfAbsent(columns[0], query -> new HashMap<>())
          .put(columns[1], Integer.parseInt(columns[2]));
    }
    return gains;
  }

  /** How well something finds what belongs to the queries. */
  Grades grade(Retriever retriever) {
    double ndcg = 0;
    double recall = 0;
    double mrr = 0;
    int count = 0;
    for (Query query : queries) {
      var judged = gains.getOrDefault(query.id, Map.of());
      if (Quality.isJudged(judged.values())) {
        List<String> ranking = retriever.top(query.text, documents.size());
        ndcg += Quality.ndcg(ranking, judged, 10);
        recall += Quality.recall(ranking, judged, 100);
        mrr += Quality.reciprocalRank(ranking, judged);
        count++;
      }
    }
    return new Grades(ndcg / count, recall / count, mrr / count);
  }
}
