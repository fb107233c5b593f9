package dev.knowledgegraph.cli.crash;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.command.CommandOptions;
import dev.knowledgegraph.model.UserId;
import java.nio.file.Path;

/**
 * A program with several threads that write to one graph without end and say what is acknowledged:
 * {@code KEY POSITION}. Arguments: the store, and for each thread its name and how many of its
 * commands are done.
 */
final class Writers {
  private Writers() {}

  public static void main(String[] args) throws InterruptedException {
    try (KnowledgeGraph store = KnowledgeGraph.open(Path.of(args[0]))) {
      GraphView graph = store.as(UserId.of("local")).graph("main");
      say("open");
      for (int i = 1; i < args.length; i += 2) {
        String name = args[i];
        int done = Integer.parseInt(args[i + 1]);
        new Thread(() -> write(graph, name, done)).start();
      }
      Thread.currentThread().join();
    }
  }

  private static void write(GraphView graph, String name, int done) {
    var commands = new CommandStream(graph.id(), name);
    for (int place = 0; ; place++) {
      var command = commands.next();
      if (place >= done) {
        String key = CommandStream.key(name, place);
        var accepted = graph.send(command, CommandOptions.none().withIdempotencyKey(key)).orThrow();
        say(key + " " + accepted.position().sequence());
      }
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
