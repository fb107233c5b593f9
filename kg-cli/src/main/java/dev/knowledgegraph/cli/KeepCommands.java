package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.error.ConflictException;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.GraphHead;
import dev.knowledgegraph.spi.SearchIndex;
import dev.knowledgegraph.storage.jdbc.JdbcStorage;
import dev.knowledgegraph.storage.jdbc.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Commands that keep a store. They work on the whole of it, with the graphs of all owners, as
 * whoever may use its files could without them; what they print names nothing that is not the
 * caller's.
 */
final class KeepCommands {
  private static final String INDEX = "index";
  private static final String DATABASE = "events.db";
  private static final List<String> FILES = List.of(DATABASE, "kg.json");

  private KeepCommands() {}

  private static void withJdbc(Context context, Consumer<JdbcStorage> work) {
    context.withStore(
        true,
        store -> {
          if (!(store.storage() instanceof JdbcStorage storage)) {
            throw Failure.usage(
                "the store " + context.shownAddress() + " is not one in an SQL database");
          }
          work.accept(storage);
        });
  }

  private static Path directory(Context context) {
    if (!context.isDirectory()) {
      throw Failure.usage("the store " + context.shownAddress() + " is not one in a directory");
    }
    return Path.of(context.address());
  }

  /** {@code kg doctor}. */
  @Command(name = "doctor", description = "Look whether what is stored fits together.")
  static final class Doctor implements Callable<Integer> {
    /** The checks of the log itself: what fails there cannot be made from anything else. */
    private static final Set<String> LOG = Set.of("checksums", "chain", "sequence", "rows");

    private static final String RESTORE = "Restore a backup: kg --store NEW restore BACKUP";

    private final Context context;

    Doctor(Context context) {
      this.context = context;
    }

    @Option(
        names = "--repair",
        description = "make the state anew from the log if something is wrong and the log is not")
    boolean repair;

    @Option(
        names = "--replay",
        description = "also make everything anew from the log, elsewhere, and compare row by row")
    boolean replay;

    @Override
    public Integer call() {
      List<JdbcStorage.Check> checks = look();
      if (repair && !isWell(checks)) {
        checks = repaired(checks);
      }
      boolean well = isWell(checks);
      ObjectNode json = Output.json().put("ok", well);
      var array = json.putArray("checks");
      checks.forEach(
          check ->
              array
                  .addObject()
                  .put("name", check.name())
                  .put("ok", check.ok())
                  .put("detail", check.detail()));
      context.output().one(json, text(checks) + verdict(checks));
      return well ? ExitCode.DONE : ExitCode.INTEGRITY;
    }

    private List<JdbcStorage.Check> look() {
      var checks = new ArrayList<JdbcStorage.Check>();
      context.withStore(
          true,
          store -> {
            if (!(store.storage() instanceof JdbcStorage storage)) {
              checks.add(fingerprints(store));
              return;
            }
            checks.addAll(storage.check(context.user()));
            if (isLogWell(checks)) {
              checks.add(storage.checkState());
              if (replay) {
                checks.add(storage.checkReplay());
              }
            }
          });
      if (isWell(checks)
          && context.isDirectory()
          && Files.isDirectory(directory(context).resolve(INDEX))) {
        checks.addAll(lookAtIndex());
      }
      return checks;
    }

    /** Of a store that keeps no tables: whether the caller's graphs are what their logs say. */
    private JdbcStorage.Check fingerprints(KnowledgeGraph store) {
      long wrong = 0;
      for (Graph graph : store.as(context.user()).graphs()) {
        var ref = new GraphRef(graph.owner(), graph.id());
        GraphHead head = store.storage().head(ref);
        wrong +=
            KnowledgeGraph.recount(store.storage(), ref, head.sequence()).equals(head.fingerprint())
                ? 0
                : 1;
      }
      return new JdbcStorage.Check(
          "state", wrong == 0, wrong + " of your graphs whose items are not what the log made");
    }

    /** Made anew first, if it is to be repaired and needs it. */
    private List<JdbcStorage.Check> lookAtIndex() {
      var checks = new ArrayList<SearchIndex.Check>();
      context.withStore(
          true,
          store -> {
            SearchIndex index = store.searchIndex();
            checks.addAll(index.check());
            if (repair && !checks.stream().allMatch(SearchIndex.Check::ok)) {
              context.output().note("making the search index anew …");
              index.rebuild(progress -> {});
              checks.clear();
              checks.addAll(index.check());
            }
          });
      return checks.stream()
          .map(check -> new JdbcStorage.Check(check.name(), check.ok(), check.detail()))
          .toList();
    }

    private List<JdbcStorage.Check> repaired(List<JdbcStorage.Check> before) {
      if (!isLogWell(before)) {
        return before;
      }
      if (!context.isDirectory()) {
        throw Failure.usage(
            "the state of a store on a server is made anew by copying it: kg --store "
                + context.shownAddress()
                + " copy --everybody --to ANOTHER");
      }
      context.output().note(text(before) + "making the state anew from the log …");
      context.output().note("done; what was there before is " + rebuild());
      return look();
    }

    /** What the log tells may be another's, so that it cannot be does not say why. */
    private Path rebuild() {
      try {
        return JdbcStorage.rebuild(directory(context));
      } catch (IntegrityException | ConflictException e) {
        throw Failure.integrity(
            e.code(),
            "the log of a graph tells what cannot have happened; nothing was changed. " + RESTORE);
      }
    }

    private static boolean isWell(List<JdbcStorage.Check> checks) {
      return checks.stream().allMatch(JdbcStorage.Check::ok);
    }

    private static boolean isLogWell(List<JdbcStorage.Check> checks) {
      return checks.stream().noneMatch(check -> LOG.contains(check.name()) && !check.ok());
    }

    private static String text(List<JdbcStorage.Check> checks) {
      var text = new StringBuilder();
      for (JdbcStorage.Check check : checks) {
        text.append(check.ok() ? "ok    " : "WRONG ")
            .append(check.name())
            .append(check.detail().isEmpty() ? "" : ": " + check.detail())
            .append(System.lineSeparator());
      }
      return text.toString();
    }

    private String verdict(List<JdbcStorage.Check> checks) {
      String kg = "kg --store " + context.shownAddress();
      if (isWell(checks)) {
        return "all is well";
      }
      return isLogWell(checks) && !repair
          ? "the log is whole, the rest can be made from it: " + kg + " doctor --repair"
          : "the log is damaged and nothing can make it anew. " + RESTORE;
    }
  }

  /** {@code kg migrate …}. */
  @Command(name = "migrate", description = "The steps of the schema of a store.")
  static final class Migrate {
    private final Context context;

    private final TableSteps table;

    Migrate(Context context) {
      this.context = context;
      this.table = new TableSteps(context);
    }

    @FunctionalInterface
    private interface Work {
      void run(Connection connection) throws SQLException;
    }

    @Command(description = "Which steps the store has.")
    void status() {
      if (table.isOne()) {
        table.status();
        return;
      }
      connected(
          connection ->
              context
                  .output()
                  .many(
                      Migrations.status(connection).stream()
                          .map(
                              step ->
                                  Output.json()
                                      .put("version", step.version())
                                      .put("name", step.name())
                                      .put("applied", step.applied())
                                      .put("checksum", step.checksum()))
                          .toList(),
                      "version",
                      "name",
                      "applied"));
    }

    @Command(description = "What up would do.")
    void plan() {
      if (table.isOne()) {
        table.plan();
        return;
      }
      connected(
          connection -> {
            ObjectNode json = Output.json();
            List<String> statements = Migrations.plan(connection);
            var array = json.putArray("statements");
            statements.forEach(array::add);
            context
                .output()
                .one(
                    json,
                    statements.isEmpty()
                        ? "nothing to do"
                        : String.join(";" + System.lineSeparator(), statements) + ";");
          });
    }

    @Command(description = "Run the steps that are missing.")
    void up() {
      if (context.isDirectory()) {
        done(Migrations.up(store()), "ran ");
      } else {
        try {
          done(table.isOne() ? table.make() : Migrations.up(context.address()), "ran ");
        } catch (SQLException e) {
          throw unavailable(e);
        }
      }
    }

    @Command(description = "Take back the steps after a version.")
    void down(
        @Option(names = "--to", paramLabel = "VERSION", required = true) int version,
        @Option(names = "--yes", description = "what later steps hold is lost") boolean yes) {
      if (!yes) {
        throw Failure.usage("taking back steps loses what they hold; back up, then add --yes");
      }
      if (context.isDirectory()) {
        done(Migrations.down(store(), version), "took back ");
      } else {
        try (Connection connection = Migrations.connect(context.address())) {
          done(Migrations.down(connection, version), "took back ");
        } catch (SQLException e) {
          throw unavailable(e);
        }
      }
    }

    private void done(int steps, String what) {
      context.output().one(Output.json().put("steps", steps), what + Views.many(steps, "step"));
    }

    private Path store() {
      Path directory = directory(context);
      if (!Files.exists(directory.resolve(DATABASE))) {
        throw Failure.notFound("STORE", "there is no store " + context.shownAddress());
      }
      return directory;
    }

    private void connected(Work work) {
      String address =
          context.isDirectory() ? "jdbc:sqlite:" + store().resolve(DATABASE) : context.address();
      try (Connection connection = Migrations.connect(address)) {
        work.run(connection);
      } catch (SQLException e) {
        throw unavailable(e);
      }
    }

    private static StorageException unavailable(SQLException e) {
      return new StorageException(
          "STORE_UNAVAILABLE", "cannot use the store: " + e.getMessage(), true, e);
    }
  }

  /** {@code kg backup}. */
  @Command(name = "backup", description = "Copy a store while it is in use.")
  static final class Backup implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "FOLDER")
    Path target = Path.of("");

    Backup(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      withJdbc(context, storage -> storage.backup(target));
      context
          .output()
          .one(Output.json().put("backup", target.toString()), "backed up to " + target);
    }
  }

  /** {@code kg restore}. */
  @Command(name = "restore", description = "Make a store from a backup.")
  static final class Restore implements Runnable {
    private final Context context;

    @Parameters(paramLabel = "FOLDER")
    Path source = Path.of("");

    Restore(Context context) {
      this.context = context;
    }

    @Override
    public void run() {
      Path store = directory(context);
      if (!Files.exists(source.resolve(DATABASE))) {
        throw Failure.notFound("BACKUP", "there is no backup in " + source);
      }
      if (Files.exists(store.resolve(DATABASE))) {
        throw Failure.invalid("there is a store in " + store + "; name another with --store");
      }
      try {
        Files.createDirectories(store);
        for (String file : FILES) {
          if (Files.exists(source.resolve(file))) {
            Files.copy(source.resolve(file), store.resolve(file));
          }
        }
      } catch (IOException e) {
        throw Failure.file("cannot copy the backup: " + e.getMessage(), e);
      }
      context.output().one(Output.json().put("restored", store.toString()), "restored to " + store);
    }
  }
}
