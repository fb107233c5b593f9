package dev.knowledgegraph.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Small files that can be imported, by name: exports, pieces of real files, and plain ones. */
final class HealthyInput {
  private static final Path DATA = Path.of("../../shared/data");
  private static final int PIECE = 3_000;
  private static final List<String> REAL =
      List.of(
          "graphs/csv-airports/airports.csv",
          "graphs/csv-airports/flights-airport.csv",
          "graphs/graphml/tinkerpop-modern.xml",
          "graphs/graphml/mixed_multigraph.graphml",
          "neo4j-csv/northwind/orders.csv",
          "neo4j-csv/northwind/suppliers.csv",
          "vaults/foam-docs/index.md",
          "vaults/silverbullet-docs/Frontmatter.md",
          "wordnet/nodes.csv.gz",
          "wordnet/edges.csv.gz");

  private HealthyInput() {}

  static SortedMap<String, byte[]> files(Path scratch) throws IOException {
    var files = new TreeMap<String, byte[]>();
    plain().forEach((name, text) -> files.put(name, text.getBytes(UTF_8)));
    exported(scratch, files);
    for (String name : REAL) {
      Path file = DATA.resolve(name);
      if (Files.exists(file)) {
        String plainName = Sources.plainName(file).replace(".gz", "");
        files.put("real-" + plainName, piece(file));
      }
    }
    return files;
  }

  private static Map<String, String> plain() {
    return Map.of(
        "people.csv",
        """
        id,name,labels,tags,x,y,born,score
        a,Ada,Person,math;first,1,2,1815-12-10,1.5
        b,"Bab""bage, Charles",Person|Man,,3,4,1791-12-26,2
        """,
        "knows.csv",
        "source,target,type,weight,since\na,b,KNOWS,0.5,1833-06-05\nb,a,KNOWS,1,\n",
        "nodes.tsv",
        "id\ttitle\n1\tone\n2\ttwo\n",
        "n.csv",
        "key:ID(P)|name|age:int|tags:string[]|:LABEL\n1|Ada|36|a;b|Person\n2|Bob|7||Person;Man\n",
        "n_knows_n.csv",
        ":START_ID(P)|:END_ID(P)|weight:double|:TYPE\n1|2|0.5|KNOWS\n2|1|1|KNOWS\n",
        "note.md",
        """
        ---
        title: Note
        tags: [a, b]
        aliases:
          - other
        rank: 3
        ---
        # Head
        [[people]] #tag
        """,
        "types.graphml",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
          <key id="d" for="node" attr.name="d" attr.type="double"/>
          <key id="i" for="node" attr.name="i" attr.type="int"><default>7</default></key>
          <key id="w" for="edge" attr.name="weight" attr.type="double"/>
          <graph edgedefault="undirected">
            <node id="a"><data key="d">1.5</data></node><node id="b"/>
            <edge id="e" source="a" target="b"><data key="w">0.5</data></edge>
          </graph>
        </graphml>
        """);
  }

  private static void exported(Path scratch, Map<String, byte[]> files) throws IOException {
    var numbers = new AtomicLong();
    try (var store =
        KnowledgeGraph.builder()
            .storage(new InMemoryStorage())
            .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
            .ids(() -> new UUID(7, numbers.incrementAndGet()))
            .build()) {
      var graph = store.as(UserId.of("ada")).create(GraphData.named("healthy"));
      var ada =
          graph.add(
              NodeData.node("Ada")
                  .key("ada")
                  .label("Person")
                  .tag("math")
                  .body("[[bob]] says =1+1")
                  .at(1, 2)
                  .property("list", List.of(1, "two", Map.of("three", 3.5)))
                  .property("when", Instant.EPOCH)
                  .property("day", LocalDate.EPOCH));
      var bob = graph.add(NodeData.node("Bob").key("bob"));
      graph.link(EdgeData.edge(ada, EdgeType.of("KNOWS"), bob).property("since", 1833));
      graph.link(EdgeData.edge(bob, EdgeType.REFERENCE, bob).withWeight(0.25));
      for (ExportFormat format : Comparison.bothWays()) {
        if (format.name().equals("markdown")) {
          continue;
        }
        Path target = scratch.resolve("healthy." + format.name());
        format.write(graph, target, ExportOptions.defaults(), note -> {});
        if (Files.isDirectory(target)) {
          try (var made = Files.list(target)) {
            for (Path file : made.sorted().toList()) {
              files.put(format.name() + "-" + file.getFileName(), Files.readAllBytes(file));
            }
          }
        } else {
          files.put("healthy." + format.name(), Files.readAllBytes(target));
        }
      }
    }
  }

  /** The first lines. */
  private static byte[] piece(Path file) throws IOException {
    try (InputStream in = Sources.open(file, Long.MAX_VALUE)) {
      String text = new String(in.readNBytes(PIECE), UTF_8);
      int end = text.lastIndexOf('\n') + 1;
      return (end == 0 ? text : text.substring(0, end)).getBytes(UTF_8);
    }
  }
}
