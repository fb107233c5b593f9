package dev.knowledgegraph.io;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Files made to do harm; the same seed makes the same.
 *
 * @param from the format a user would say they are in, or null
 */
record HostileInput(String what, List<Path> paths, @Nullable String from) {
  /** What no import may bring in: it stands in a file beside the import's. */
  static final String SECRET = "the secret of somebody else";

  private static final List<String> FORMATS =
      List.of("jsonl", "csv", "neo4j-csv", "markdown", "graphml");

  /** Makes the input in {@code folder}. */
  static HostileInput make(long seed, SortedMap<String, byte[]> healthy, Path folder)
      throws IOException {
    var random = new Random(seed * 0x9e3779b97f4a7c15L);
    random.nextInt();
    Files.writeString(folder.resolve("secret.md"), SECRET);
    Path input = Files.createDirectory(folder.resolve("input"));
    return switch (random.nextInt(10)) {
      case 0 -> crafted(random, input);
      case 1 -> vault(random, healthy, input);
      case 2 -> odd(random, healthy, input);
      default -> damaged(random, healthy, input);
    };
  }

  private static HostileInput damaged(Random random, SortedMap<String, byte[]> healthy, Path folder)
      throws IOException {
    var what = new ArrayList<String>();
    var paths = new ArrayList<Path>();
    var names = new ArrayList<>(healthy.keySet());
    for (int i = 0; i <= random.nextInt(2); i++) {
      String name = names.get(random.nextInt(names.size()));
      byte[] file = healthy.getOrDefault(name, new byte[0]);
      what.add(name);
      for (int j = 0; j == 0 || random.nextInt(3) == 0; j++) {
        Damage damage = Damage.any(random);
        file = damage.done(file, random);
        what.add(damage.toString());
      }
      boolean note = name.endsWith(".md");
      Path place = note ? Files.createDirectory(folder.resolve("vault" + i)) : folder;
      Path path = Files.write(place.resolve(i + "-" + name), file);
      paths.add(note ? place : path);
    }
    return new HostileInput(String.join(" ", what), paths, from(random));
  }

  private static @Nullable String from(Random random) {
    return random.nextInt(6) == 0 ? FORMATS.get(random.nextInt(FORMATS.size())) : null;
  }

  /** Attacks that are known by name. */
  private static HostileInput crafted(Random random, Path folder) throws IOException {
    String secret = folder.resolve("../secret.md").toUri().toString();
    int size = 1 << random.nextInt(18);
    var attacks =
        List.of(
            Map.entry(
                "xxe.graphml", xml("<!DOCTYPE g [<!ENTITY x SYSTEM '" + secret + "'>]>", "&x;")),
            Map.entry("dtd.graphml", xml("<!DOCTYPE g SYSTEM '" + secret + "'>", "")),
            Map.entry(
                "parameter.graphml",
                xml("<!DOCTYPE g [<!ENTITY % x SYSTEM '" + secret + "'> %x;]>", "")),
            Map.entry("laughs.graphml", xml("<!DOCTYPE g [" + laughs() + "]>", "&l30;")),
            Map.entry("include.graphml", xml("", "<xi:include href='" + secret + "'/>")),
            Map.entry("deep.graphml", xml("", "<a>".repeat(size))),
            Map.entry("attributes.graphml", "<graphml " + numbered(size / 8, " a%d='1'") + "/>"),
            Map.entry(
                "keys.graphml",
                xml("", numbered(size / 8, "<key id='k%d'><default>x</default></key>"))),
            Map.entry(
                "data.graphml",
                xml("", "</data>" + numbered(size / 8, "<data key='u%d'>1</data>") + "<data>")),
            Map.entry(
                "node.graphml", xml("", "</data></node><node id='n'/><node id='n'/><node><data>")),
            Map.entry("deep.jsonl", header() + node("{\"properties\":{\"v\":" + "[".repeat(size))),
            Map.entry(
                "closed.jsonl",
                header()
                    + node("{\"properties\":{\"v\":" + "[".repeat(size) + "]".repeat(size) + "}}")),
            Map.entry(
                "fields.jsonl", header() + node("{" + numbered(size, "\"f%d\":1,") + "\"z\":1}")),
            Map.entry("later.jsonl", "{\"format\":\"knowledge-graph\",\"version\":999}\n"),
            Map.entry(
                "huge.jsonl", header() + "{\"format\":\"knowledge-graph\",\"version\":1e999}"),
            Map.entry("cycle.jsonl", header() + category(1, 2) + category(2, 1)),
            Map.entry("many.jsonl", header() + category(1, 1) + category(2, 1) + category(3, 3)),
            Map.entry(
                "wide.csv", numbered(size / 2, "c%d,") + "id\n" + ",".repeat(size / 2) + "1\n"),
            Map.entry("same.csv", "id,id,id,title,name\n1,2,3,4,5\n"),
            Map.entry("quote.csv", "id,name\n1,\"" + "x\n".repeat(size)),
            Map.entry("types.csv", "id,a:long,b:date,c:json\n1,x,y,z\n2,9e99,2026-02-30,[\n"),
            Map.entry("dangling.csv", "source,target\na,b\nb,a\na,a\n"),
            Map.entry("ends.csv", ":START_ID,:END_ID,:TYPE\n1,2,\n,,\n"),
            Map.entry("ids.csv", ":ID,:ID(A),:LABEL\n1,2,;;;\n1,2,A;A\n"),
            Map.entry(
                "long.csv", "id,title\n" + "k".repeat(600) + ",t\nx," + "t".repeat(1_100) + "\n"),
            Map.entry("uuid.csv", "id:uuid,title\n1,x\n00000000-0000-0000-0000-000000000000,y\n"));
    var attack = attacks.get(random.nextInt(attacks.size()));
    Path file = Files.writeString(folder.resolve(attack.getKey()), attack.getValue());
    return new HostileInput(attack.getKey() + " of size " + size, List.of(file), null);
  }

  private static String xml(String start, String data) {
    return start
        + "<graphml><key id='k' for='node' attr.name='k' attr.type='string'/><graph>"
        + "<node id='a'><data key='k'>"
        + data
        + "</data></node></graph></graphml>";
  }

  private static String laughs() {
    return "<!ENTITY l0 'lol'>"
        + IntStream.range(1, 31)
            .mapToObj(i -> "<!ENTITY l" + i + " '" + ("&l" + (i - 1) + ";").repeat(10) + "'>")
            .collect(Collectors.joining());
  }

  private static String numbered(int count, String pattern) {
    return IntStream.range(0, count)
        .mapToObj(i -> pattern.replace("%d", Integer.toString(i)))
        .collect(Collectors.joining());
  }

  private static String header() {
    return "{\"format\":\"knowledge-graph\",\"version\":1}\n";
  }

  private static String node(String data) {
    return "{\"node\":{\"id\":\"00000000-0000-0007-0000-000000000001\",\"data\":" + data + "}}\n";
  }

  private static String category(int id, int parent) {
    String uuid = "00000000-0000-0000-0000-00000000000";
    return "{\"category\":{\"id\":\""
        + uuid
        + id
        + "\",\"data\":{\"title\":\"c"
        + id
        + "\",\"parent\":\""
        + uuid
        + parent
        + "\"}}}\n";
  }

  private static HostileInput vault(Random random, SortedMap<String, byte[]> healthy, Path folder)
      throws IOException {
    var yaml = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    int size = 1 << random.nextInt(18);
    var texts =
        List.of(
            "---\n" + yaml + "---\n",
            "---\na: &a [*a]\nb: {? *a : 1}\n---\n",
            "---\n!!java.net.URL [\"http://x\"]\n---\n",
            "---\na: !!binary /////\nb: !!float .nan\nc: .inf\nd: 1e999\n---\n",
            "---\n" + "[".repeat(size) + "\n---\n",
            "---\n" + "- ".repeat(size) + "\n---\n",
            "---\n" + numbered(size, "k%d: v\n") + "---\n",
            "---\ntitle: " + "t".repeat(size) + "\n---\n",
            "---\ntags: [" + "#, ".repeat(size / 8) + "]\n---\n",
            "---\ntitle: unfinished",
            "[[../../secret]] [[/secret]] [[..\\secret]] ![[file:///etc/passwd]] [[a\u0000b]]",
            "[[".repeat(size),
            "[[a|".repeat(size) + "]]".repeat(size),
            "`".repeat(size) + "#".repeat(size),
            "<!--".repeat(size) + "[[b]]",
            "# " + "h".repeat(size) + "\n#" + "t".repeat(size),
            numbered(size / 4, "[[n%d]] #t%d "));
    var what = new ArrayList<String>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      int number = random.nextInt(texts.size());
      byte[] text = texts.get(number).getBytes(UTF_8);
      what.add("text " + number + " of size " + size);
      if (random.nextInt(3) == 0) {
        Damage damage = Damage.any(random);
        text = damage.done(text, random);
        what.add(damage.toString());
      }
      Files.write(folder.resolve("n" + i + ".md"), text);
    }
    Files.write(folder.resolve("healthy.md"), healthy.getOrDefault("note.md", new byte[0]));
    if (random.nextBoolean()) {
      what.add("with links");
      Files.createSymbolicLink(folder.resolve("linked.md"), Path.of("../secret.md"));
      Files.createSymbolicLink(folder.resolve("around"), Path.of("../input"));
      Files.createSymbolicLink(folder.resolve("nowhere.md"), Path.of("not-there.md"));
    }
    return new HostileInput("vault: " + what, List.of(folder), from(random));
  }

  /** Files that are none, names that are odd. */
  private static HostileInput odd(Random random, SortedMap<String, byte[]> healthy, Path folder)
      throws IOException {
    var names = new ArrayList<>(healthy.keySet());
    String name = names.get(random.nextInt(names.size()));
    byte[] file = healthy.getOrDefault(name, new byte[0]);
    String ending = name.substring(name.lastIndexOf('.'));
    Path path =
        switch (random.nextInt(6)) {
          case 0 -> Files.write(folder.resolve("empty" + ending), new byte[0]);
          case 1 -> Files.createDirectory(folder.resolve("folder" + ending));
          case 2 -> Files.write(folder.resolve(oddName(random) + ending), file);
          case 3 -> Files.write(folder.resolve("noending"), file);
          case 4 ->
              Files.write(
                  folder.resolve(
                      "wrong"
                          + List.of(".csv", ".md", ".xml", ".graphml", ".jsonl", ".gz", ".bin")
                              .get(random.nextInt(7))),
                  file);
          default -> folderOf(folder, random, healthy);
        };
    return new HostileInput(path.getFileName() + " from " + name, List.of(path), from(random));
  }

  private static String oddName(Random random) {
    return List.of(
            "a b",
            "-x",
            "ä\u202e",
            "\ud83d\ude00",
            "x".repeat(200),
            "%s",
            "nodes.csv",
            "a'b",
            "..x")
        .get(random.nextInt(9));
  }

  private static Path folderOf(Path folder, Random random, SortedMap<String, byte[]> healthy)
      throws IOException {
    Path mixed = Files.createDirectories(folder.resolve("mixed").resolve("deeper"));
    for (Map.Entry<String, byte[]> file : healthy.entrySet()) {
      if (random.nextInt(3) == 0) {
        try {
          Files.write(mixed.resolve(file.getKey()), file.getValue());
        } catch (FileAlreadyExistsException | InvalidPathException e) {
          throw new IOException(e);
        }
      }
    }
    return folder.resolve("mixed");
  }
}
