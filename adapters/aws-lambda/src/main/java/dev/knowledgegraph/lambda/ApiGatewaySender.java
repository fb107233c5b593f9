package dev.knowledgegraph.lambda;

import dev.knowledgegraph.error.KnowledgeGraphException;
import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.error.UnavailableException;
import dev.knowledgegraph.functions.Connection;
import dev.knowledgegraph.functions.MessageSender;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClientBuilder;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/**
 * Sends through a WebSocket API of Amazon API Gateway, by its <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">management
 * API</a>. One call takes {@value #SECONDS} seconds at most, less than the lease of {@link
 * dev.knowledgegraph.functions.WsSendMessage}. May be shared between threads.
 */
public final class ApiGatewaySender implements MessageSender, AutoCloseable {
  private static final int SECONDS = 10;
  private static final int THROTTLED = 429;
  private static final Duration LIMIT = Duration.ofSeconds(SECONDS);

  private final ApiGatewayManagementApiClient client;

  private ApiGatewaySender(ApiGatewayManagementApiClient client) {
    this.client = client;
  }

  /** Sends with a client, which is closed with the sender; {@link #client} makes a fit one. */
  public static ApiGatewaySender create(ApiGatewayManagementApiClient client) {
    return new ApiGatewaySender(client);
  }

  /**
   * A client without tries of its own, for a text must not be sent twice unasked.
   *
   * @param endpoint {@code https://API.execute-api.REGION.amazonaws.com/STAGE}
   */
  public static ApiGatewayManagementApiClientBuilder client(URI endpoint) {
    return ApiGatewayManagementApiClient.builder()
        .endpointOverride(endpoint)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            override ->
                override
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .apiCallTimeout(LIMIT)
                    .apiCallAttemptTimeout(LIMIT));
  }

  @Override
  public Sending send(Connection connection, String text) {
    try {
      client.postToConnection(
          post -> post.connectionId(connection.id()).data(SdkBytes.fromUtf8String(text)));
      return Sending.SENT;
    } catch (GoneException e) {
      return Sending.GONE;
    } catch (AwsServiceException e) {
      throw refused(e);
    } catch (SdkClientException e) {
      throw UnavailableException.notAnswered(
          "GATEWAY_UNREACHABLE", "the gateway of connections gave no answer", e);
    }
  }

  private static KnowledgeGraphException refused(AwsServiceException e) {
    // Never as the cause: its message may quote what was sent.
    if (e.statusCode() == THROTTLED || e.isThrottlingException()) {
      return UnavailableException.notAsked(
          "GATEWAY_THROTTLED", "the gateway of connections takes no more messages now", null);
    }
    if (e.statusCode() >= 500) {
      return UnavailableException.notAnswered(
          "GATEWAY_" + e.statusCode(),
          "the gateway of connections answered with status " + e.statusCode(),
          null);
    }
    return new StorageException(
        "GATEWAY_REFUSED",
        "the gateway of connections refused a message with status "
            + e.statusCode()
            + "; look at the endpoint, the region and the permissions",
        false,
        null);
  }

  @Override
  public void close() {
    client.close();
  }
}
