package dev.knowledgegraph.webhook;

import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.error.UndeliverableException;
import dev.knowledgegraph.event.EventEnvelope;
import dev.knowledgegraph.json.CloudEvents;
import dev.knowledgegraph.resilience.Health;
import dev.knowledgegraph.resilience.Resilience;
import dev.knowledgegraph.resilience.RetryAfter;
import dev.knowledgegraph.spi.Delivery;
import dev.knowledgegraph.spi.ElementPublisher;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;

/**
 * Posts each event as a CloudEvent, signed, and waits for a status of 2xx before the next of its
 * stream. Any other 4xx refuses the event for ever, but 408, 425 and 429; they, all other statuses,
 * and a network that fails are tried again, and a receiver that keeps failing is left alone for a
 * while. Nothing is redirected. May be shared between threads.
 *
 * <p>Messages and logs hold neither the secret nor what is sent.
 */
public final class WebhookPublisher implements ElementPublisher, AutoCloseable {
  private static final Set<Integer> FOR_NOW = Set.of(408, 425, 429);

  private final WebhookConfig config;
  private final HttpClient client;
  private final Resilience resilience;
  private final ElementPublisher each = ElementPublisher.each(this::deliver);

  private WebhookPublisher(WebhookConfig config) {
    this.config = config;
    this.resilience = config.newResilience();
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(config.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(
                config.address().getScheme().equals("https")
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** A publisher that sends nothing yet. */
  public static WebhookPublisher create(WebhookConfig config) {
    return new WebhookPublisher(config);
  }

  @Override
  public List<Delivery> publish(List<EventEnvelope> events) {
    return each.publish(events);
  }

  /** How the receiver has been doing. */
  public Health health() {
    return resilience.health();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private void deliver(EventEnvelope event) {
    byte[] body = CloudEvents.encode(event);
    resilience.run(() -> post(event.id(), body));
  }

  private void post(String id, byte[] body) {
    HttpResponse<Void> response;
    try {
      response = client.send(request(id, body), HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw UnavailableException.notAnswered(
          "WEBHOOK_UNREACHABLE", receiver() + "could not be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UnavailableException.notAnswered(
          "WEBHOOK_UNREACHABLE", receiver() + "was not waited for", e);
    }
    int status = response.statusCode();
    if (status < 200 || status >= 300) {
      throw refused(status, response);
    }
  }

  private RuntimeException refused(int status, HttpResponse<Void> response) {
    String code = "REFUSED_" + status;
    String message = receiver() + "answered with status " + status;
    if (status >= 400 && status < 500 && !FOR_NOW.contains(status)) {
      return new UndeliverableException(code, message, null);
    }
    return UnavailableException.refusedForNow(
        code,
        message,
        response
            .headers()
            .firstValue("Retry-After")
            .flatMap(value -> RetryAfter.parse(value, config.clock()))
            .orElse(null));
  }

  private HttpRequest request(String id, byte[] body) {
    long timestamp = config.clock().instant().getEpochSecond();
    return HttpRequest.newBuilder(config.address())
        .header("Content-Type", CloudEvents.MEDIA_TYPE)
        .header(WebhookSignature.ID, id)
        .header(WebhookSignature.TIMESTAMP, Long.toString(timestamp))
        .header(
            WebhookSignature.SIGNATURE,
            WebhookSignature.sign(config.secret().get(), id, timestamp, body))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private String receiver() {
    return "the webhook at " + config.shownAddress() + " ";
  }
}
