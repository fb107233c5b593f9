package dev.knowledgegraph.lambda;

import dev.knowledgegraph.KnowledgeGraph;
import dev.knowledgegraph.functions.Cleanup;
import dev.knowledgegraph.functions.ConnectNode;
import dev.knowledgegraph.functions.ConnectionStore;
import dev.knowledgegraph.functions.MessageSender;
import dev.knowledgegraph.functions.ResilientSender;
import dev.knowledgegraph.functions.WsConnect;
import dev.knowledgegraph.functions.WsDisconnect;
import dev.knowledgegraph.functions.WsSendMessage;
import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.LinkMethod;
import dev.knowledgegraph.resilience.Resilience;
import dev.knowledgegraph.resilience.ResilienceSettings;
import dev.knowledgegraph.storage.dynamodb.DynamoDbAddress;
import dev.knowledgegraph.storage.dynamodb.DynamoDbTable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;

/**
 * Makes functions of what environment variables say, and closes what they hold. A variable that is
 * missing is an {@link IllegalArgumentException} that names it. For one thread.
 */
final class FunctionEnvironment implements AutoCloseable {
  private final Map<String, String> variables;
  private final Clock clock;
  private final Deque<Runnable> closing = new ArrayDeque<>();

  FunctionEnvironment(Map<String, String> variables, Clock clock) {
    this.variables = Map.copyOf(variables);
    this.clock = clock;
  }

  /** Of this process. */
  static FunctionEnvironment ofProcess() {
    return new FunctionEnvironment(System.getenv(), Clock.systemUTC());
  }

  ConnectNode connectNode() {
    Set<LinkMethod> methods = methods();
    return ConnectNode.create(store(), clock).always(methods);
  }

  /** By the words of the setting of a graph; none if nothing was said. */
  private Set<LinkMethod> methods() {
    String word = variables.getOrDefault(LambdaNames.AUTO_LINK, "");
    return word.isBlank() ? Set.of() : AutoLink.parse(word.strip()).methods();
  }

  Cleanup cleanup() {
    var cleanup = Cleanup.create(store());
    if (isTrue(LambdaNames.CLEAN_ARCHIVED)) {
      cleanup = cleanup.alsoOfArchived();
    }
    return isTrue(LambdaNames.RECOUNT) ? cleanup.recounting() : cleanup;
  }

  private boolean isTrue(String name) {
    return Boolean.parseBoolean(variables.get(name));
  }

  WsConnect wsConnect() {
    return WsConnect.create(connections());
  }

  WsDisconnect wsDisconnect() {
    return WsDisconnect.create(connections(), clock);
  }

  WsSendMessage wsSendMessage() {
    MessageSender sender = sender();
    return WsSendMessage.create(connections(), sender, clock);
  }

  private KnowledgeGraph store() {
    var store = KnowledgeGraph.open(get(LambdaNames.STORE), false);
    closing.push(store::close);
    return store;
  }

  private ConnectionStore connections() {
    var address =
        DynamoDbAddress.parse(get(LambdaNames.CONNECTIONS))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        LambdaNames.CONNECTIONS + ": expected dynamodb:TABLE"));
    var client = address.client().build();
    var connections = DynamoDbConnectionStore.owning(client, address.table(), clock);
    closing.push(connections::close);
    if (address.create()) {
      DynamoDbTable.create(client, address.table());
    }
    return connections;
  }

  /** Few tries, for the time of an invocation is short and the event comes again. */
  private MessageSender sender() {
    URI endpoint = URI.create(get(LambdaNames.ENDPOINT));
    var sender = ApiGatewaySender.create(ApiGatewaySender.client(endpoint).build());
    closing.push(sender::close);
    var settings =
        ResilienceSettings.defaults()
            .withTries(3, Duration.ofMillis(50), Duration.ofSeconds(1))
            // The client has its own, and its calls are not to be interrupted.
            .withTimeout(Duration.ZERO);
    return ResilientSender.of(sender, Resilience.of("the gateway of connections", settings));
  }

  private String get(String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + ": expected a value in this environment variable, found none");
    }
    return value;
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
