package dev.knowledgegraph.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.knowledgegraph.DeadLetters;
import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.event.EventPlace;
import dev.knowledgegraph.json.CloudEvents;
import dev.knowledgegraph.spi.DeadLetter;
import dev.knowledgegraph.webhook.WebhookConfig;
import dev.knowledgegraph.webhook.WebhookPublisher;
import dev.knowledgegraph.webhook.WebhookSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kg dlq …}. */
@Command(
    name = "dlq",
    description = "Events that a publisher could not deliver, and what to do with them.",
    footerHeading = "%nExamples%n",
    footer = {
      "  kg dlq list",
      "  kg dlq show 17/0",
      "  kg dlq replay --webhook https://example.org/hook --secret-env HOOK_SECRET",
      "  kg dlq discard 17/0 --reason \"the receiver is gone\""
    })
final class DlqCommands {
  private static final int PAGE = 1_000;

  private final Context context;

  DlqCommands(Context context) {
    this.context = context;
  }

  @Command(description = "The dead letters of a graph, in the order of its log.")
  void list(
      @Option(names = "--subscriber", paramLabel = "NAME", description = "of this publisher only")
          @Nullable String subscriber,
      @Option(names = "--all", description = "those given up, too") boolean all,
      @Option(names = "--limit", defaultValue = "1000", description = "else 1,000") int limit) {
    if (limit < 1) {
      throw Failure.usage("--limit: expected 1 or more, found " + limit);
    }
    context.deadLetters(
        true,
        letters -> {
          var items = new ArrayList<ObjectNode>();
          for (String each : subscriber == null ? letters.subscribers() : List.of(subscriber)) {
            collect(letters, each, all, limit, items);
            if (letters.isFull(each)) {
              context.output().note(each + " pauses until some of its letters are gone");
            }
          }
          context
              .output()
              .many(items, "subscriber", "place", "element", "attempts", "last", "reason");
        });
  }

  private static void collect(
      DeadLetters letters, String subscriber, boolean all, int limit, List<ObjectNode> items) {
    EventPlace last = null;
    List<DeadLetter> page;
    do {
      page = letters.list(subscriber, last, PAGE);
      for (DeadLetter letter : page) {
        last = letter.place();
        if (items.size() < limit && (all || !letter.isDiscarded())) {
          items.add(json(subscriber, letter));
        }
      }
    } while (page.size() == PAGE && items.size() < limit);
  }

  private static ObjectNode json(String subscriber, DeadLetter letter) {
    ObjectNode json =
        Output.json()
            .put("subscriber", subscriber)
            .put("place", letter.place().toString())
            .put("element", letter.stream().value())
            .put("attempts", letter.attempts())
            .put("first", letter.first().toString())
            .put("last", letter.last().toString())
            .put("reason", letter.reason());
    if (letter.isDiscarded()) {
      json.put("discarded", letter.discarded());
    }
    return json;
  }

  @Command(description = "A dead letter, and the event as it would be sent.")
  void show(
      @Parameters(paramLabel = "PLACE", description = "as kg dlq list names it: 17/0") String place,
      @Option(names = "--subscriber", paramLabel = "NAME") @Nullable String subscriber) {
    EventPlace wanted = EventPlace.parse(place);
    context.deadLetters(
        true,
        letters -> {
          String name = subscriber(letters, subscriber);
          DeadLetter letter =
              letters
                  .find(name, wanted)
                  .orElseThrow(
                      () ->
                          Failure.notFound(
                              "DEAD_LETTER", "there is no dead letter " + wanted + " of " + name));
          ObjectNode json = json(name, letter);
          var events = json.putArray("events");
          try {
            letters.events(wanted).forEach(event -> events.add(published(event)));
          } catch (IntegrityException e) {
            context.output().note("the event cannot be read: " + e.getMessage());
          }
          context.output().one(json);
        });
  }

  private static JsonNode published(EventEnvelope event) {
    try {
      return Json.MAPPER.readTree(CloudEvents.encode(event));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Command(
      description =
          "Deliver dead letters once more, in order. What is delivered leaves, the rest stays.")
  int replay(
      @Option(
              names = "--webhook",
              paramLabel = "URL",
              required = true,
              description = "where to post them; https, or http to this machine")
          URI address,
      @Option(
              names = "--secret-env",
              paramLabel = "NAME",
              required = true,
              description = "the environment variable that holds the secret, whsec_…")
          String variable,
      @Option(names = "--plain-http", description = "allow http to another machine") boolean plain,
      @Option(names = "--subscriber", paramLabel = "NAME") @Nullable String subscriber) {
    WebhookConfig config = config(address, variable, plain);
    var done = new ArrayList<DeadLetters.Replay>();
    context.deadLetters(
        false,
        letters -> {
          String name = subscriber(letters, subscriber);
          try (var publisher = WebhookPublisher.create(config)) {
            done.add(letters.replay(name, publisher));
          }
        });
    DeadLetters.Replay replay = done.getFirst();
    context
        .output()
        .one(
            Output.json().put("delivered", replay.delivered()).put("stayed", replay.stayed()),
            "delivered "
                + Views.many(replay.delivered(), "dead letter")
                + (replay.stayed() == 0 ? "" : ", " + Output.count(replay.stayed()) + " stayed"));
    return replay.stayed() == 0 ? ExitCode.DONE : ExitCode.IN_PART;
  }

  private WebhookConfig config(URI address, String variable, boolean plain) {
    String text = context.environment().getOrDefault(variable, "");
    if (text.isEmpty()) {
      throw Failure.usage("the environment variable " + variable + " holds no secret");
    }
    try {
      WebhookSecret secret = WebhookSecret.parse(text);
      var config = WebhookConfig.builder(address, () -> secret);
      return (plain ? config.allowPlainHttp() : config).build();
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }

  @Command(description = "Give dead letters up, for ever; they stay to be looked at.")
  void discard(
      @Parameters(
              paramLabel = "PLACE",
              arity = "1..*",
              description = "as kg dlq list names it: 17/0")
          List<String> places,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why")
          String reason,
      @Option(names = "--subscriber", paramLabel = "NAME") @Nullable String subscriber) {
    var wanted = places.stream().map(EventPlace::parse).distinct().toList();
    context.deadLetters(
        false,
        letters -> {
          String name = subscriber(letters, subscriber);
          int count = letters.discard(name, wanted, reason);
          if (count == 0) {
            throw Failure.notFound(
                "DEAD_LETTER", "none of these is a dead letter of " + name + " that waits");
          }
          context
              .output()
              .one(
                  Output.json().put("discarded", count),
                  "gave up " + Views.many(count, "dead letter"));
        });
  }

  /** The one that was named, or the only one there is. */
  private static String subscriber(DeadLetters letters, @Nullable String named) {
    if (named != null) {
      return named;
    }
    List<String> all = letters.subscribers();
    if (all.isEmpty()) {
      throw Failure.notFound("DEAD_LETTER", "there are no dead letters");
    }
    if (all.size() > 1) {
      throw Failure.usage("--subscriber: expected one of " + String.join(", ", all));
    }
    return all.getFirst();
  }
}
