package dev.knowledgegraph.storage.dynamodb;

import dev.knowledgegraph.error.StorageException;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** What the failures of the client mean. */
final class Failures {
  private static final Set<String> DENIED =
      Set.of("AccessDeniedException", "UnrecognizedClientException", "ExpiredTokenException");

  private Failures() {}

  /** Whether the same request may go well later. */
  static boolean isForNow(SdkException e) {
    return isRefusedForNow(e) || isUnclear(e);
  }

  /** Whether the service said that it did nothing, and that it may do it later. */
  static boolean isRefusedForNow(SdkException e) {
    return e instanceof ProvisionedThroughputExceededException
        || e instanceof RequestLimitExceededException
        || e instanceof TransactionConflictException
        || e instanceof TransactionInProgressException
        || (e instanceof AwsServiceException service && service.isThrottlingException());
  }

  /** Whether the service may have done what it was asked for. */
  static boolean isUnclear(SdkException e) {
    return e instanceof ApiCallTimeoutException
        || e instanceof ApiCallAttemptTimeoutException
        || e.getCause() instanceof IOException
        || (e instanceof AwsServiceException service && service.statusCode() >= 500);
  }

  /** What a caller of the library is told. */
  static StorageException translate(SdkException e) {
    if (e instanceof ResourceNotFoundException) {
      return new StorageException("STORE_ABSENT", "there is no such table", false, e);
    }
    if (e instanceof AwsServiceException service
        && service.awsErrorDetails() != null
        && DENIED.contains(service.awsErrorDetails().errorCode())) {
      return new StorageException(
          "STORE_UNAVAILABLE", "the credentials do not allow what the table is asked", false, e);
    }
    return new StorageException("STORE_UNAVAILABLE", "the table cannot be used", isForNow(e), e);
  }
}
