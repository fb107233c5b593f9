package dev.knowledgegraph.examples;

import static dev.knowledgegraph.model.NodeData.node;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that keeps its notes in a directory: adds, links, asks, and looks back. */
public final class Notes {
  private Notes() {}

  /** Keeps them in the directory given, or else in a temporary one. */
  public static void main(String[] arguments) throws IOException {
    Path directory =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("notes");
    run(directory, System.out);
  }

  static void run(Path directory, PrintStream out) {
    try (var store = KnowledgeGraph.open(directory)) {
      var notes = store.as(UserId.of("ada")).graph("notes");
      var ada = notes.add(node("Ada Lovelace").label("Person").body("Wrote the first program."));
      var engine = notes.add(node("Analytical Engine").label("Machine").tag("history"));
      var babbage = notes.add(node("Charles Babbage").label("Person"));
      notes.link(ada, "DESCRIBED", engine);
      notes.link(babbage, "DESIGNED", engine);
      long before = notes.head().sequence();
      notes.set(engine, node("Analytical Engine, never built").label("Machine").tag("history"));
      notes.remove(babbage);

      out.println("Around Ada today:");
      notes
          .neighbors(ada)
          .depth(2)
          .forEach(found -> out.println("  " + found.distance() + "  " + found.node().title()));
      out.println("And as of commit " + before + ":");
      notes
          .at(before)
          .neighbors(ada)
          .depth(2)
          .forEach(found -> out.println("  " + found.distance() + "  " + found.node().title()));
      out.println("What became of the engine:");
      notes
          .history(engine)
          .forEach(entry -> out.println("  " + entry.sequence() + "  " + entry.what()));
    }
  }
}
