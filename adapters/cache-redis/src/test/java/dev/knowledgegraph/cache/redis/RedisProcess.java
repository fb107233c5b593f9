package dev.knowledgegraph.cache.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis server on a port of its own, which can be stopped and started again. */
final class RedisProcess implements AutoCloseable {
  private final int port;
  private final RedisServer server;

  private RedisProcess(String... settings) throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    RedisServerBuilder builder =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly no");
    for (String setting : settings) {
      builder.setting(setting);
    }
    server = builder.build();
  }

  static RedisProcess open(String... settings) {
    try {
      var redis = new RedisProcess(settings);
      redis.start();
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  URI address() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    stop();
  }
}
