package dev.knowledgegraph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisCacheConfigTest {
  private static final URI ADDRESS = URI.create("rediss://ada:open-sesame@cache.example:7000/3");

  @Test
  void the_address_says_host_port_database_and_whether_it_is_encrypted() {
    var full = RedisCacheConfig.builder(ADDRESS).build();
    assertThat(full.port()).isEqualTo(7000);
    assertThat(full.database()).isEqualTo(3);
    assertThat(full.isEncrypted()).isTrue();
    var least = RedisCacheConfig.builder(URI.create("redis://cache.example")).build();
    assertThat(least.port()).isEqualTo(6379);
    assertThat(least.database()).isZero();
    assertThat(least.isEncrypted()).isFalse();
  }

  @Test
  void it_does_not_show_who_connects() {
    assertThat(RedisCacheConfig.builder(ADDRESS).build())
        .hasToString("RedisCacheConfig[address=rediss://cache.example:7000/3, prefix=kg:]");
  }

  @Test
  void an_address_that_is_none_of_redis_is_refused_without_showing_it() {
    for (String wrong :
        List.of(
            "http://:secret@host",
            "redis:secret",
            "redis://:secret@host/x",
            "redis://secret@host",
            "redis://:secret@host/0?secret",
            "redis://:secret@host/0#secret")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisCacheConfig.builder(URI.create(wrong)).build())
          .withMessageStartingWith("address: expected")
          .withMessageNotContaining("secret");
    }
  }

  @Test
  void values_out_of_range_are_refused() {
    assertRefused("prefix", builder().prefix("with space"));
    assertRefused("connectTimeout", builder().connectTimeout(Duration.ZERO));
    assertRefused("timeout", builder().timeout(Duration.ofMinutes(2)));
    assertRefused("connections", builder().connections(0));
    assertRefused("fallbackEntries", builder().fallbackEntries(0));
    assertRefused("longestLife", builder().longestLife(Duration.ofDays(366)));
  }

  private static RedisCacheConfig.Builder builder() {
    return RedisCacheConfig.builder(ADDRESS);
  }

  private static void assertRefused(String name, RedisCacheConfig.Builder builder) {
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageStartingWith(name + ": expected");
  }
}
