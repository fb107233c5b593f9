package dev.knowledgegraph.io;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.SettingsCommand.RemoveGraph;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.FieldError;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.RejectedException;
import dev.knowledgegraph.error.Rejection;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.SettingsEvent.GraphCreated;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a graph of the log that {@link LogExport} wrote: with its positions, times and authors, so
 * that every answer, about now or an earlier moment, is the one the exported graph gives. The graph
 * belongs to whoever imports it; the authors of its commits stay what they are, history.
 *
 * <p>The graph keeps its id, by which others may know it, and its name. So the log goes into a
 * store that has neither, but for a graph of that name to which nothing has happened yet: it makes
 * room. If the graph is there with the first part of the log, the rest is written; what is
 * interrupted can be run again, and a second import changes nothing. Memory does not grow with the
 * log.
 */
public final class LogImport {
  /** A line holds a commit, and a commit up to 10,000 elements. */
  private static final int LONGER_LINES = 8;

  private static final int GROUP = 256;
  private static final long GROUP_CHARS = 4 << 20;
  private static final int PAGE = 8;

  private final KnowledgeGraph store;
  private final Storage storage;
  private final GraphRef ref;
  private final LogLines log;
  private final LogLines.Header header;
  private final Lines lines;
  private final ImportOptions options;
  private final Consumer<Importer.Progress> progress;
  private final GraphHead before;

  private final ArrayDeque<Committed> stored = new ArrayDeque<>();
  private final List<Line> group = new ArrayList<>();
  private long groupChars;
  private Instant last = Instant.MIN;
  private long read;
  private long written;

  private record Line(Committed entry, Place place) {}

  /**
   * What an import of a log did.
   *
   * @param graph the graph it made or went on with
   * @param known how many commits were there before
   * @param written how many were not
   * @param totals the same in nodes and edges
   */
  public record Report(GraphRef graph, long known, long written, ImportReport totals) {}

  private LogImport(
      KnowledgeGraph store,
      GraphRef ref,
      LogLines log,
      LogLines.Header header,
      Lines lines,
      ImportOptions options,
      Consumer<Importer.Progress> progress) {
    this.store = store;
    this.storage = store.storage();
    this.ref = ref;
    this.log = log;
    this.header = header;
    this.lines = lines;
    this.options = options;
    this.progress = progress;
    this.before = storage.head(ref);
  }

  /** Whether this is a file that {@link LogExport} wrote. */
  public static boolean recognizes(Path file) throws IOException {
    try {
      return !Files.isDirectory(file) && LogLines.recognizes(Sources.start(file));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The name of the graph whose log this is, as it was when the log was written. */
  public static String graphName(Path file) throws IOException {
    try (BufferedReader in = Sources.reader(file, ImportOptions.defaults())) {
      var lines = new Lines(in, file.toString(), ImportOptions.defaults());
      return header(lines, new LogLines()).data().name();
    }
  }

  /**
   * Imports the log of a graph.
   *
   * @param owner who will own the graph
   * @param progress told after every few commits how far it is; what it throws ends the import
   * @throws RejectedException if the store has another graph of this id or name, or something in
   *     the file cannot be used; {@link Importer#STOPPED} is its code if a part of the log is
   *     durable, otherwise nothing changed
   */
  public static Report run(
      KnowledgeGraph store,
      UserId owner,
      Path file,
      ImportOptions options,
      Consumer<Importer.Progress> progress)
      throws IOException {
    long start = System.nanoTime();
    var limits = options.limits();
    var longer =
        options.withLimits(
            new ImportOptions.Limits(
                limits.fileBytes(), limits.lineLength() * LONGER_LINES, limits.depth()));
    try (BufferedReader in = Sources.reader(file, longer)) {
      var lines = new Lines(in, file.toString(), longer);
      var log = new LogLines();
      LogLines.Header header = header(lines, log);
      var ref = new GraphRef(owner, header.graph());
      var run = new LogImport(store, ref, log, header, lines, options, progress);
      run.checkGraph();
      run.all();
      return run.report((System.nanoTime() - start) / 1_000_000);
    }
  }

  private static LogLines.Header header(Lines lines, LogLines log) throws IOException {
    String line = lines.next(LogImport::refuse);
    try {
      return log.header(line == null ? "" : line);
    } catch (IllegalArgumentException e) {
      throw refused(lines.place(), String.valueOf(e.getMessage()));
    }
  }

  private void checkGraph() {
    Optional<Graph> there = storage.findGraph(ref.id());
    if (there.isPresent() && !there.get().owner().equals(ref.owner())) {
      throw elsewhere("ID_TAKEN", "this store has a graph of the id " + ref.id() + " already");
    }
    if (there.isEmpty() && before.sequence() > 0) {
      throw elsewhere("GRAPH_REMOVED", "the graph of this log was removed from this store");
    }
  }

  private void all() throws IOException {
    for (String line = lines.next(this::stop); line != null; line = lines.next(this::stop)) {
      if (!line.isBlank()) {
        take(line);
      }
    }
    write();
    if (read < header.position()) {
      stop(lines.place(), "expected " + header.position() + " commits, found " + read);
    }
    tellProgress();
  }

  private void take(String line) {
    Place place = lines.place();
    Committed entry;
    try {
      entry = log.entry(line, ref.id());
    } catch (IllegalArgumentException e) {
      throw stopped(place, String.valueOf(e.getMessage()));
    }
    if (entry.position().sequence() != read + 1 || read == header.position()) {
      stop(place, "expected commit " + (read + 1) + " of " + header.position() + ", found another");
    }
    if (!entry.time().isAfter(last)) {
      stop(place, "expected a time after that of the commit before, found another");
    }
    read++;
    last = entry.time();
    if (read <= before.sequence()) {
      compare(entry, place);
    } else {
      add(entry, place, line.length());
    }
  }

  private void compare(Committed entry, Place place) {
    if (stored.isEmpty()) {
      stored.addAll(storage.read(ref, read - 1, PAGE));
      tellProgress();
    }
    if (!entry.equals(stored.poll())) {
      throw elsewhere("LOG_DIFFERS", place + ": the graph is there with another commit " + read);
    }
  }

  private void add(Committed entry, Place place, int chars) {
    if (read == 1) {
      makeRoom(entry);
    }
    group.add(new Line(entry, place));
    groupChars += chars;
    if (group.size() == GROUP || groupChars >= GROUP_CHARS) {
      write();
      tellProgress();
    }
  }

  /** Sees to it that no other graph has the name with which this one begins. */
  private void makeRoom(Committed first) {
    if (first.events().isEmpty() || !(first.events().getFirst() instanceof GraphCreated created)) {
      return;
    }
    Optional<Graph> namesake = storage.findGraph(ref.owner(), created.data().name());
    if (namesake.isEmpty()) {
      return;
    }
    if (storage.head(namesake.get().ref()).sequence() > 1) {
      throw elsewhere("NAME_TAKEN", "there is another graph named " + created.data().name());
    }
    if (!options.dryRun()) {
      store.as(ref.owner()).send(new RemoveGraph(namesake.get().id())).orThrow();
    }
  }

  /** Writes what waits; if it cannot be, all before the line that is to blame. */
  private void write() {
    if (!options.dryRun() && !group.isEmpty()) {
      try {
        store.replay(ref, group.stream().map(Line::entry).toList());
        written += group.size();
      } catch (IntegrityException | ConflictException e) {
        writeOneByOne();
      }
    }
    group.clear();
    groupChars = 0;
  }

  private void writeOneByOne() {
    long there = storage.head(ref).sequence();
    for (Line line : group) {
      if (line.entry.position().sequence() <= there) {
        written++;
        continue;
      }
      try {
        store.replay(ref, List.of(line.entry));
        written++;
      } catch (IntegrityException | ConflictException e) {
        throw kept(line.place, String.valueOf(e.getMessage()));
      }
    }
  }

  private void stop(Place place, String reason) {
    throw stopped(place, reason);
  }

  /** A line that cannot be used ends the import; those before it are kept. */
  private RejectedException stopped(Place place, String reason) {
    write();
    return kept(place, reason);
  }

  private RejectedException kept(Place place, String reason) {
    return written == 0
        ? refused(place, reason)
        : new RejectedException(
            new Rejection.RuleBroken(
                Importer.STOPPED,
                place
                    + ": "
                    + reason
                    + "; the "
                    + written
                    + " commits before it are kept: correct it and import again"));
  }

  private static RejectedException elsewhere(String code, String why) {
    return new RejectedException(
        new Rejection.RuleBroken(code, why + "; import the log into another store"));
  }

  private static void refuse(Place place, String reason) {
    throw refused(place, reason);
  }

  private static RejectedException refused(Place place, String reason) {
    return new RejectedException(
        new Rejection.Invalid(List.of(new FieldError(place.toString(), reason))));
  }

  private void tellProgress() {
    GraphHead head = storage.head(ref);
    progress.accept(
        new Importer.Progress(
            lines.place(), head.nodes(), head.edges(), 0, read, header.position()));
  }

  private Report report(long millis) {
    GraphHead head = storage.head(ref);
    var totals =
        new ImportReport(
            "jsonl",
            Math.max(0, head.nodes() - before.nodes()),
            0,
            Math.min(head.nodes(), before.nodes()),
            Math.max(0, before.nodes() - head.nodes()),
            Math.max(0, head.edges() - before.edges()),
            0,
            Math.min(head.edges(), before.edges()),
            Math.max(0, before.edges() - head.edges()),
            0,
            0,
            List.of(),
            head.sequence(),
            millis);
    long known = Math.min(read, before.sequence());
    return new Report(ref, known, read - known, totals);
  }
}
