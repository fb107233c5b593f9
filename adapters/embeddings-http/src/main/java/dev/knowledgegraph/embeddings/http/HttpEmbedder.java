package dev.knowledgegraph.embeddings.http;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.spi.Embedder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Vectors from a service, asked by {@code POST /v1/embeddings} as OpenAI has it. What fails for now
 * is tried again, and a service that keeps failing is left alone for a while, as {@link
 * HttpEmbedderConfig} says. A text in which there is nothing but blanks is not sent: its vector is
 * zero. May be shared between threads.
 *
 * <p>Fails with a {@link StorageException} of the code {@code EMBEDDER_UNAVAILABLE}, which may be
 * asked again later; {@code EMBEDDER_REFUSED}, as for a wrong key; or {@code
 * EMBEDDER_ANSWER_INVALID}, as for another dimension. Messages hold neither texts nor the key.
 */
public final class HttpEmbedder implements Embedder {
  private final HttpEmbedderConfig config;
  private final URI address;
  private final HttpClient client;
  private final Patience patience;

  private HttpEmbedder(HttpEmbedderConfig config) {
    this.config = config;
    this.address =
        URI.create(config.baseUrl().toString().replaceFirst("/+$", "") + "/v1/embeddings");
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(config.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(
                address.getScheme().equals("https")
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .build();
    this.patience = new Patience(config);
  }

  /** An embedder that asks nothing yet. */
  public static HttpEmbedder create(HttpEmbedderConfig config) {
    return new HttpEmbedder(config);
  }

  @Override
  public String name() {
    return "http-%s-%d-%d".formatted(config.model(), config.dimension(), config.maxChars());
  }

  @Override
  public int dimension() {
    return config.dimension();
  }

  @Override
  public List<float[]> embedDocuments(List<String> texts) {
    var cut = texts.stream().map(this::cut).toList();
    var asked = new ArrayList<Integer>();
    var vectors = new ArrayList<float[]>(cut.size());
    for (int i = 0; i < cut.size(); i++) {
      vectors.add(new float[config.dimension()]);
      if (!cut.get(i).isBlank()) {
        asked.add(i);
      }
    }
    for (int from = 0; from < asked.size(); from += config.batchSize()) {
      var batch = asked.subList(from, Math.min(asked.size(), from + config.batchSize()));
      var answered = ask(batch.stream().map(cut::get).toList());
      for (int i = 0; i < answered.size(); i++) {
        vectors.set(batch.get(i), answered.get(i));
      }
    }
    return List.copyOf(vectors);
  }

  @Override
  public float[] embedQuery(String text) {
    return embedDocuments(List.of(text)).getFirst();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private List<float[]> ask(List<String> texts) {
    HttpRequest request = request(texts);
    Answer answer;
    try {
      answer =
          patience
              .ask(() -> send(request))
              .orElseThrow(() -> unavailable("failed again and again, and is left alone", null));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for: the thread was interrupted", e);
    }
    return switch (answer) {
      case Answer.Body body -> EmbeddingsJson.vectors(body.json, texts.size(), config.dimension());
      case Answer.TooLong tooLong ->
          throw EmbeddingsJson.invalid("more than %d bytes".formatted(config.maxResponseBytes()));
      case Answer.Refused refused when refused.isForNow() ->
          throw unavailable("answered with status " + refused.status(), null);
      case Answer.Refused refused ->
          throw new StorageException(
              "EMBEDDER_REFUSED",
              service()
                  + "answered with status "
                  + refused.status()
                  + "; look at the address, the model and the key",
              false,
              null);
      case Answer.Failed failed ->
          throw unavailable("could not be asked, or was too slow", failed.cause());
    };
  }

  private HttpRequest request(List<String> texts) {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(config.requestTimeout())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    EmbeddingsJson.request(config.model(), texts)));
    String key = config.apiKey().get();
    if (!key.isEmpty()) {
      authorize(request, key);
    }
    return request.build();
  }

  private static void authorize(HttpRequest.Builder request, String key) {
    try {
      request.header("Authorization", "Bearer " + key);
    } catch (IllegalArgumentException e) {
      // Not as the cause: its message quotes the key.
      throw new StorageException(
          "EMBEDDER_REFUSED", "the API key has characters that none can have", false, null);
    }
  }

  /** One try. The timeout of the request ends with the head of an answer; this one includes all. */
  private Answer send(HttpRequest request) {
    var response = client.sendAsync(request, this::body);
    try {
      var received = response.get(config.requestTimeout().toNanos(), TimeUnit.NANOSECONDS);
      return received.statusCode() == 200
          ? received.body().<Answer>map(Answer.Body::new).orElseGet(Answer.TooLong::new)
          : new Answer.Refused(received.statusCode(), retryAfter(received));
    } catch (TimeoutException e) {
      response.cancel(true);
      return new Answer.Failed(e);
    } catch (ExecutionException e) {
      return new Answer.Failed(e.getCause() instanceof Exception cause ? cause : e);
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      return new Answer.Failed(e);
    }
  }

  private HttpResponse.BodySubscriber<Optional<byte[]>> body(HttpResponse.ResponseInfo head) {
    return head.statusCode() == 200
        ? new LimitedBody(config.maxResponseBytes())
        : HttpResponse.BodySubscribers.replacing(Optional.empty());
  }

  /** Seconds or a date, as RFC 9110 has it. */
  private Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response.headers().firstValue("Retry-After").flatMap(value -> wish(value.strip()));
  }

  private Optional<Duration> wish(String retryAfter) {
    try {
      if (retryAfter.matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
      }
      var date = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration until = Duration.between(config.clock().instant(), date.toInstant());
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private String cut(String text) {
    int end = config.maxChars();
    if (text.length() <= end) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private StorageException unavailable(String what, @Nullable Exception cause) {
    return new StorageException("EMBEDDER_UNAVAILABLE", service() + what, true, cause);
  }

  /** The address has no secrets: a user, and what follows a question mark, are refused. */
  private String service() {
    return "the service of embeddings at " + config.baseUrl() + " ";
  }
}
