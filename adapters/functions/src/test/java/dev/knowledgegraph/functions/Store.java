package dev.knowledgegraph.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.knowledgegraph.GraphView;
import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.json.CloudEvents;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.memory.InMemorySearchIndex;
import dev.knowledgegraph.memory.InMemoryStorage;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.UserId;
import dev.knowledgegraph.spi.Storage;
import dev.knowledgegraph.tck.ManualClock;
import java.util.ArrayList;
import java.util.List;

/** A store in memory, and the events that it would publish. */
final class Store implements AutoCloseable {
  static final UserId ADA = UserId.of("ada");
  private static final int ALL = 10_000;

  final ManualClock clock = new ManualClock();
  final KnowledgeGraph graphs;
  final GraphView notes;

  Store() {
    this(new InMemoryStorage());
  }

  Store(Storage storage) {
    graphs =
        KnowledgeGraph.builder()
            .storage(storage)
            .clock(clock)
            .search(opened -> new InMemorySearchIndex(opened, HashingEmbedder.create()))
            .build();
    notes = graphs.as(ADA).create(GraphData.named("notes"));
  }

  /** All that happened in a graph, as it is published. */
  List<CloudEvent> events(GraphView graph) {
    var events = new ArrayList<CloudEvent>();
    for (Committed commit : graphs.storage().read(graph.ref(), 0, ALL)) {
      for (int i = 0; i < commit.events().size(); i++) {
        byte[] json = CloudEvents.encode(new EventEnvelope(graph.ref(), commit, i));
        events.add(CloudEvent.parse(new String(json, UTF_8), "").orElseThrow());
      }
    }
    return events;
  }

  List<CloudEvent> events() {
    return events(notes);
  }

  /** The last that happened. */
  CloudEvent last() {
    return events().getLast();
  }

  @Override
  public void close() {
    graphs.close();
  }
}
