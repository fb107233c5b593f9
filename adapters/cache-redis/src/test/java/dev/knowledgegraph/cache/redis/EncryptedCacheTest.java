package dev.knowledgegraph.cache.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** A server behind TLS, whose certificate is for localhost. */
class EncryptedCacheTest {
  private static final String TRUSTED = "javax.net.ssl.trustStore";
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir static Path folder;

  private final RedisProcess redis = RedisProcess.open("requirepass open-sesame");
  private TlsEndpoint endpoint;

  @BeforeEach
  void open() throws Exception {
    Path certificate = folder.resolve("localhost.p12");
    if (!certificate.toFile().exists()) {
      TlsEndpoint.certificate(folder);
    }
    endpoint = TlsEndpoint.open(certificate, redis.port());
  }

  @AfterEach
  void close() {
    System.clearProperty(TRUSTED);
    System.clearProperty(TRUSTED + "Password");
    endpoint.close();
    redis.close();
  }

  /** Says to the JVM, as its user would, that the certificate is to be trusted. */
  private static void trust() {
    System.setProperty(TRUSTED, folder.resolve("localhost.p12").toString());
    System.setProperty(TRUSTED + "Password", "changeit");
  }

  private RedisCache at(String host) {
    return RedisCache.open(
        RedisCacheConfig.builder(
                URI.create("rediss://:open-sesame@" + host + ":" + endpoint.port()))
            .connectTimeout(Duration.ofSeconds(10))
            .timeout(Duration.ofSeconds(10))
            .build());
  }

  private Optional<String> onTheServer() {
    try (var client =
        RedisClient.create(URI.create("redis://:open-sesame@127.0.0.1:" + redis.port()))) {
      return Optional.ofNullable(client.keys("*")).flatMap(keys -> keys.stream().findFirst());
    }
  }

  @Test
  void what_is_put_through_tls_is_on_the_server() {
    trust();
    try (RedisCache cache = at("localhost")) {
      cache.put("a", "one".getBytes(UTF_8), HOUR);

      assertThat(cache.get("a").map(bytes -> new String(bytes, UTF_8))).contains("one");
      assertThat(cache.health().failures()).isZero();
      assertThat(onTheServer()).contains("kg:a");
    }
  }

  @Test
  void nothing_is_sent_to_whom_the_jvm_does_not_trust() {
    try (RedisCache cache = at("localhost")) {
      cache.put("a", "one".getBytes(UTF_8), HOUR);

      assertThat(cache.health().failures()).isPositive();
      assertThat(onTheServer()).isEmpty();
    }
  }

  @Test
  void nothing_is_sent_to_whose_certificate_names_another_host() {
    trust();
    try (RedisCache cache = at("127.0.0.1")) {
      cache.put("a", "one".getBytes(UTF_8), HOUR);

      assertThat(cache.health().failures()).isPositive();
      assertThat(onTheServer()).isEmpty();
    }
  }
}
