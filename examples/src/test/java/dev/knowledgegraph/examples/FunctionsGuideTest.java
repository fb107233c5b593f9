package dev.knowledgegraph.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.functions.Attempt;
import dev.knowledgegraph.functions.Cleanup;
import dev.knowledgegraph.functions.ConnectNode;
import dev.knowledgegraph.functions.Connection;
import dev.knowledgegraph.functions.FunctionResult;
import dev.knowledgegraph.functions.InMemoryConnectionStore;
import dev.knowledgegraph.functions.MessageSender;
import dev.knowledgegraph.functions.WsSendMessage;
import dev.knowledgegraph.json.CloudEvent;
import dev.knowledgegraph.json.CloudEvents;
import dev.knowledgegraph.model.UserId;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The program of the guide to functions is that here, and it runs. */
class FunctionsGuideTest {
  @Test
  void in_any_runtime() {
    var store = KnowledgeGraph.inMemory();
    var notes = store.as(UserId.of("ada")).graph("notes");
    var commit = store.storage().read(notes.ref(), 0, 1).getFirst();
    String json = new String(CloudEvents.encode(new EventEnvelope(notes.ref(), commit, 0)), UTF_8);
    var texts = new ArrayList<String>();
    MessageSender sender =
        (connection, text) -> {
          texts.add(text);
          return MessageSender.Sending.SENT;
        };
    // begin
    var connect = ConnectNode.create(store, Clock.systemUTC());
    var cleanup = Cleanup.create(store);
    var connections = InMemoryConnectionStore.create(Clock.systemUTC());
    var tell = WsSendMessage.create(connections, sender, Clock.systemUTC());

    Attempt<FunctionResult.Sent> attempt =
        Attempt.of(tell, () -> CloudEvent.parse(json, "the request"));
    boolean comesAgain = attempt instanceof Attempt.Failed;
    // end
    assertThat(comesAgain).isFalse();
    CloudEvent event = CloudEvent.parse(json, "").orElseThrow();
    assertThat(connect.handle(event)).isEmpty();
    assertThat(cleanup.handle(event)).isEmpty();
    Instant now = Clock.systemUTC().instant();
    connections.put(new Connection(notes.caller(), "c1", now, now.plusSeconds(60)));
    assertThat(tell.handle(event)).contains(new FunctionResult.Sent(1, 0, 0));
    assertThat(texts).containsExactly(json);
    store.close();
  }

  @Test
  void the_program_is_the_one_that_is_printed() throws IOException {
    assertThat(Guide.printed("functions.md"))
        .hasSize(1)
        .isEqualTo(Guide.written(FunctionsGuideTest.class));
  }
}
