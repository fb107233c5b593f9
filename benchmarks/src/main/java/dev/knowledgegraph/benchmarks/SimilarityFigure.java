package dev.knowledgegraph.benchmarks;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.knowledgegraph.embeddings.onnx.OnnxEmbedder;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.spi.Embedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How similar two sentences are, to an embedder and to people: STS-B, the part "dev". */
final class SimilarityFigure implements Figure {
  @Override
  public String name() {
    return "sts";
  }

  @Override
  public List<Row> measure() throws Exception {
    try (var model = OnnxEmbedder.allMiniLm();
        var hashing = HashingEmbedder.create()) {
      return List.of(
          Row.atLeast(
              1,
              "similarity of sentences by MiniLM: Spearman",
              correlation(model),
              "",
              correlation(hashing),
              "by words hashed"));
    }
  }

  private static double correlation(Embedder embedder) throws IOException {
    var first = new ArrayList<String>();
    var second = new ArrayList<String>();
    var people = new ArrayList<Double>();
    try (var rows = CsvReader.builder().ofCsvRecord(Data.similarity("stsb-en-dev.csv"))) {
      for (var row : rows) {
        first.add(row.getField(0));
        second.add(row.getField(1));
        people.add(Double.valueOf(row.getField(2)));
      }
    }
    var a = embedder.embedDocuments(first);
    var b = embedder.embedDocuments(second);
    double[] cosines = new double[a.size()];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = VectorRetriever.cosine(a.get(i), b.get(i));
    }
    return Quality.spearman(cosines, people.stream().mapToDouble(score -> score).toArray());
  }
}
