package dev.knowledgegraph.io;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings files and folders into a graph: first the nodes of all of them, then the edges. Memory
 * does not grow with the files. What was sent is durable even if the import ends early; importing
 * again completes it and changes nothing twice.
 */
public final class Importer {
  /** The code of the rejection of an import that stopped after a part of it was durable. */
  public static final String STOPPED = "IMPORT_STOPPED";

  private static final String UNKNOWN =
      "the format is not known by name or content; say it with --from";

  private Importer() {}

  /**
   * How far an import is.
   *
   * @param place how far the input is read
   * @param nodes how many nodes are in the graph for good
   * @param edges how many edges are in the graph for good
   * @param done how much of {@code total} is read
   * @param total the size of all sources, each as often as it is read
   */
  public record Progress(
      Place place, long nodes, long edges, long rejected, long done, long total) {}

  /** Imports sources whose formats are found by looking at them. */
  public static ImportReport run(GraphView graph, List<Path> paths, ImportOptions options)
      throws IOException {
    return run(graph, paths, null, options, progress -> {});
  }

  /**
   * Imports.
   *
   * @param paths files and folders; {@code -} is standard input
   * @param from the name of the format of all of them, or null to find it by looking
   * @param progress told after every commit and now and then how far it is; what it throws ends the
   *     import
   * @throws RejectedException if something cannot be used and the options say to stop; {@link
   *     #STOPPED} is its code if a part of the import is durable, otherwise nothing changed
   */
  public static ImportReport run(
      GraphView graph,
      List<Path> paths,
      @Nullable String from,
      ImportOptions options,
      Consumer<Progress> progress)
      throws IOException {
    long start = System.nanoTime();
    var temporary = new ArrayList<Path>();
    try {
      List<Source> sources = sources(paths, from, temporary);
      var formats = new LinkedHashSet<String>();
      sources.forEach(source -> formats.add(source.format.name()));
      String format = String.join(",", formats);
      try (var rejects = new RejectFile(rejectFile(paths), options)) {
        var meter = new Meter(2 * sources.stream().mapToLong(Source::size).sum());
        var sink = new GraphSink(graph, options, format, rejects, meter, progress);
        long before = graph.head().sequence();
        try {
          for (boolean nodes : new boolean[] {true, false}) {
            sink.startPass(nodes);
            for (Source source : sources) {
              sink.startSource(Sources.plainName(source.path));
              meter.begin(source.size);
              ReadAhead.run(
                  ahead -> meter.during(counted -> read(source, options, counted), ahead), sink);
              meter.end();
            }
            sink.endPass();
          }
          sink.finish();
        } catch (RejectedException e) {
          throw graph.head().sequence() == before ? e : stopped(e);
        }
        return sink.report((System.nanoTime() - start) / 1_000_000);
      } catch (UncheckedIOException e) {
        throw e.getCause() == null ? new IOException(e) : e.getCause();
      }
    } finally {
      for (Path file : temporary) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void read(Source source, ImportOptions options, RecordSink sink)
      throws IOException {
    try {
      source.format.read(source.path, options, sink);
    } catch (IllegalArgumentException e) {
      sink.reject(Place.of(source.path.toString(), 0), String.valueOf(e.getMessage()));
    }
  }

  private static RejectedException stopped(RejectedException e) {
    return new RejectedException(
        new Rejection.RuleBroken(
            STOPPED,
            e.rejection().message()
                + "; what was read before is kept: correct it and import again, or skip errors"));
  }

  private record Source(Path path, ImportFormat format, long size) {
    static Source of(Path path, ImportFormat format) throws IOException {
      return new Source(path, format, Files.isDirectory(path) ? notes(path) : Files.size(path));
    }

    /** Of a folder that is one source the notes are read, each twice. */
    private static long notes(Path folder) throws IOException {
      long size = 0;
      for (Path file : files(folder)) {
        size += Sources.endsWith(file, ".md") ? 2 * Files.size(file) : 0;
      }
      return size;
    }
  }

  private static List<Source> sources(List<Path> paths, @Nullable String from, List<Path> temporary)
      throws IOException {
    ImportFormat given = from == null ? null : Formats.importer(from);
    var sources = new ArrayList<Source>();
    var notes = new ArrayList<Path>();
    for (Path named : paths) {
      Path path = named;
      if (named.toString().equals("-")) {
        // A source is read twice.
        path = Files.createTempFile("stdin", given == null ? ".csv" : "." + given.name());
        temporary.add(path);
        Files.copy(System.in, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
      if (!Files.exists(path)) {
        throw new IOException("there is no file or folder " + path);
      }
      if (given != null && !Files.isDirectory(path)) {
        add(path, given, sources, notes);
        continue;
      }
      Optional<ImportFormat> found =
          given == null && isFolderOfTables(path) ? Optional.empty() : detect(path);
      if (found.isPresent() && (given == null || given.equals(found.get()))) {
        add(path, found.get(), sources, notes);
      } else if (Files.isDirectory(path)) {
        int before = sources.size();
        for (Path file : files(path)) {
          Optional<ImportFormat> format = detect(file);
          if (format.isPresent()
              && !format.get().name().equals(MarkdownFormat.NAME)
              && (given == null || given.equals(format.get()))) {
            sources.add(Source.of(file, format.get()));
          }
        }
        if (sources.size() == before) {
          throw unusable(
              path,
              given == null
                  ? UNKNOWN
                  : "expected " + given.name() + ", found a folder that holds none");
        }
      } else {
        throw unusable(path, UNKNOWN);
      }
    }
    var together = new MarkdownFiles(notes);
    for (Path note : notes) {
      sources.add(Source.of(note, together));
    }
    return sources;
  }

  /** Notes wait for each other, for their links lead from one to the next. */
  private static void add(Path path, ImportFormat format, List<Source> sources, List<Path> notes)
      throws IOException {
    if (format.name().equals(MarkdownFormat.NAME) && !Files.isDirectory(path)) {
      notes.add(path);
    } else {
      sources.add(Source.of(path, format));
    }
  }

  /** Whether a folder that may have a few notes has mostly files of other formats. */
  private static boolean isFolderOfTables(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    long notes = 0;
    long others = 0;
    for (Path file : files(path)) {
      if (Sources.endsWith(file, ".md", ".markdown")) {
        notes++;
      } else if (detect(file).isPresent()) {
        others++;
      }
    }
    return others > notes;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      // Not what a link in the folder points to: that may be anywhere.
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !Sources.plainName(file).endsWith(RejectFile.ENDING))
          .sorted()
          .toList();
    }
  }

  private static Optional<ImportFormat> detect(Path path) throws IOException {
    try {
      return Formats.detect(path);
    } catch (IllegalArgumentException e) {
      throw unusable(path, String.valueOf(e.getMessage()));
    }
  }

  private static RejectedException unusable(Path path, String reason) {
    return new RejectedException(
        new Rejection.Invalid(List.of(new FieldError(Sources.plainName(path), reason))));
  }

  private static @Nullable Path rejectFile(List<Path> paths) {
    if (paths.isEmpty() || paths.get(0).toString().equals("-")) {
      return null;
    }
    Path first = paths.get(0).toAbsolutePath().normalize();
    return first.resolveSibling(Sources.plainName(first) + RejectFile.ENDING);
  }

  /** Where rejects go when an import goes on after them; made with the first. */
  static final class RejectFile implements AutoCloseable {
    static final String ENDING = ".rejects";

    private final @Nullable Path file;
    private @Nullable BufferedWriter out;

    RejectFile(@Nullable Path file, ImportOptions options) {
      boolean wanted = options.onError() == ImportOptions.OnError.SKIP && !options.dryRun();
      this.file = wanted ? file : null;
    }

    void write(Place place, String reason) {
      if (file == null) {
        return;
      }
      try {
        if (out == null) {
          out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        }
        out.write(place + ": " + reason.replace('\n', ' '));
        out.newLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      if (out != null) {
        out.close();
      }
    }
  }
}
