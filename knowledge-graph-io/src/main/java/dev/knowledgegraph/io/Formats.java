package dev.knowledgegraph.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** All formats there are. */
public final class Formats {
  private static final JsonlFormat JSONL = new JsonlFormat();
  private static final Neo4jCsvFormat NEO4J = new Neo4jCsvFormat();
  private static final CsvFormat CSV = new CsvFormat();
  private static final GraphmlFormat GRAPHML = new GraphmlFormat();
  private static final MarkdownFormat MARKDOWN = new MarkdownFormat();

  /** In the order in which they are asked whether they recognize a source. */
  private static final List<ImportFormat> IMPORTS = List.of(JSONL, NEO4J, CSV, MARKDOWN, GRAPHML);

  private static final List<ExportFormat> EXPORTS =
      List.of(JSONL, CSV, NEO4J, GRAPHML, MARKDOWN, new DotFormat(), new HtmlFormat());

  private Formats() {}

  /** The formats that can be read. */
  public static List<ImportFormat> imports() {
    return IMPORTS;
  }

  /** The formats that can be written. */
  public static List<ExportFormat> exports() {
    return EXPORTS;
  }

  /**
   * The format of this name, to read.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ImportFormat importer(String name) {
    return IMPORTS.stream()
        .filter(format -> format.name().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "format: expected one of "
                        + IMPORTS.stream().map(ImportFormat::name).collect(Collectors.joining(", "))
                        + ", found something else"));
  }

  /**
   * The format of this name, to write.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ExportFormat exporter(String name) {
    return EXPORTS.stream()
        .filter(format -> format.name().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "format: expected one of "
                        + EXPORTS.stream().map(ExportFormat::name).collect(Collectors.joining(", "))
                        + ", found something else"));
  }

  /** The format a file or folder is in, by its name and content. */
  public static Optional<ImportFormat> detect(Path fileOrFolder) throws IOException {
    byte[] start = Files.isDirectory(fileOrFolder) ? new byte[0] : Sources.start(fileOrFolder);
    return IMPORTS.stream().filter(format -> format.recognizes(fileOrFolder, start)).findFirst();
  }
}
