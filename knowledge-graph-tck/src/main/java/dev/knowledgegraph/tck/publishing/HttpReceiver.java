package dev.knowledgegraph.tck.publishing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A receiver that listens on this machine; a subclass knows its protocol. */
public abstract class HttpReceiver implements Receiver {
  private final String path;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private volatile Predicate<String> refused = id -> false;
  private @Nullable HttpServer server;

  /** One that answers what is asked of a path and of all below it. */
  protected HttpReceiver(String path) {
    this.path = path;
  }

  /** Answers a request; the exchange is closed afterwards. */
  protected abstract void answer(HttpExchange exchange) throws IOException;

  /** Where it listens, from now on. */
  protected final URI address() {
    return URI.create("http://127.0.0.1:" + running().getAddress().getPort() + path);
  }

  /** What the next request is to meet; null for nothing. */
  protected final @Nullable Trouble nextTrouble() {
    return troubles.poll();
  }

  /** Whether an event is one that it refuses. */
  protected final boolean isRefused(String id) {
    return refused.test(id);
  }

  /** Waits until this is closed. */
  protected final void hang() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpServer running() {
    HttpServer running = server;
    if (running == null) {
      running = start(0);
      server = running;
    }
    return running;
  }

  private HttpServer start(int port) {
    try {
      var started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      started.setExecutor(threads);
      started.createContext(
          path,
          exchange -> {
            try (exchange) {
              answer(exchange);
            }
          });
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> taken() {
    return taken;
  }

  @Override
  public void will(List<Trouble> more) {
    troubles.addAll(more);
  }

  @Override
  public void refuses(Predicate<String> ids) {
    refused = ids;
  }

  @Override
  public void goDown() {
    running().stop(0);
  }

  @Override
  public void comeUp() {
    try {
      running().stop(0);
    } catch (IllegalStateException e) {
      // It was stopped already.
    }
    server = start(running().getAddress().getPort());
  }

  @Override
  public void close() {
    end.countDown();
    running().stop(0);
    threads.close();
  }
}
