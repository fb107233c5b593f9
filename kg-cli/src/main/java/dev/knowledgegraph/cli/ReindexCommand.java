package dev.knowledgegraph.cli;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.memory.Embedders;
import dev.knowledgegraph.spi.SearchIndex;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kg reindex}. */
@Command(
    name = "reindex",
    description = "Make the search index anew from the log; searching goes on meanwhile.",
    footerHeading = "%nExamples%n",
    footer = {
      "  kg reindex",
      "  kg reindex --analyzer de",
      "  kg reindex --embedder http,url=http://localhost:11434,model=all-minilm,dimension=384"
    })
final class ReindexCommand implements Runnable {
  private static final String SETTINGS = "search.properties";
  private static final String INVALID = "SEARCH_SETTINGS_INVALID";
  private static final String COMMENT = "How the search index is made; kg reindex after a change";

  private final Context context;

  @Option(
      names = "--analyzer",
      paramLabel = "LANGUAGE",
      description = "whose inflected forms find each other: en, de, fr, …, or standard for none")
  @Nullable String analyzer;

  @Option(
      names = "--embedder",
      paramLabel = "KIND[,NAME=VALUE…]",
      description =
          "what makes vectors of texts: hashing, or http with url, model and dimension (its key is"
              + " taken from the environment variable KG_EMBEDDER_KEY)")
  @Nullable String embedder;

  @Option(
      names = "--history",
      paramLabel = "BOOLEAN",
      arity = "1",
      description = "whether earlier versions can be searched with --at")
  @Nullable Boolean history;

  ReindexCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    if (analyzer == null && embedder == null && history == null) {
      rebuild();
      return;
    }
    checkEmbedder();
    Path file = settingsFile();
    String before = read(file);
    write(file, changed(before));
    try {
      rebuild();
    } catch (KnowledgeGraphException e) {
      restore(file, before);
      throw e.code().equals(INVALID) ? Failure.usage(String.valueOf(e.getMessage())) : e;
    }
  }

  private void rebuild() {
    long began = System.nanoTime();
    long[] commits = new long[1];
    context.withStore(
        true,
        store -> {
          SearchIndex index = store.searchIndex();
          try (var bar = context.output().progressBar("indexing")) {
            index.rebuild(
                progress -> {
                  commits[0] = progress.total();
                  if (bar != null) {
                    String counts = Views.many(progress.done(), "commit");
                    bar.show(progress.done(), progress.total(), counts, progress.done());
                  }
                });
          }
        });
    long millis = (System.nanoTime() - began) / 1_000_000;
    context
        .output()
        .one(
            Output.json().put("commits", commits[0]).put("durationMs", millis),
            "made the search index anew from "
                + Views.many(commits[0], "commit")
                + " in "
                + millis
                + " ms");
  }

  /** Asks it once, before anything is changed. */
  private void checkEmbedder() {
    if (embedder != null) {
      try (var wanted = Embedders.of(embedder)) {
        wanted.embedQuery("knowledge");
      } catch (IllegalArgumentException e) {
        throw Failure.usage(String.valueOf(e.getMessage()));
      }
    }
  }

  private Path settingsFile() {
    if (!context.isDirectory() || !Files.isDirectory(Path.of(context.address()))) {
      throw Failure.notFound("STORE", "there is no store in a directory " + context.shownAddress());
    }
    return Path.of(context.address()).resolve(SETTINGS);
  }

  private String changed(@Nullable String before) {
    var settings = new Properties();
    try {
      settings.load(new StringReader(before == null ? "" : before));
      if (analyzer != null) {
        settings.setProperty("analyzer", analyzer);
      }
      if (embedder != null) {
        settings.setProperty("embedder", embedder);
      }
      if (history != null) {
        settings.setProperty("history", history.toString());
      }
      var text = new StringWriter();
      settings.store(text, COMMENT);
      return text.toString();
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  /** Null if there is none. */
  private static @Nullable String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : null;
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  private static void restore(Path file, @Nullable String before) {
    try {
      if (before == null) {
        Files.deleteIfExists(file);
      } else {
        Files.writeString(file, before);
      }
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  private static Failure notKept(IOException e) {
    return Failure.file("cannot keep the settings of search: " + e.getMessage(), e);
  }
}
