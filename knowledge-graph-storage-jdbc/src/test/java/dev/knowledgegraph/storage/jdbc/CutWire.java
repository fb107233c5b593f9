package dev.knowledgegraph.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to a server that breaks: after a random number of bytes each connection is cut. */
final class CutWire implements AutoCloseable {
  private final ServerSocket entrance;
  private final int port;
  private final Random random;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int mostBytes = Integer.MAX_VALUE;

  CutWire(int port, long seed) {
    this.port = port;
    this.random = new Random(seed);
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** From now on no connection carries more than so many bytes from the client. */
  void cutAfter(int bytes) {
    mostBytes = bytes;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> carry(client, server, true));
        Thread.ofVirtual().start(() -> carry(server, client, false));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void carry(Socket from, Socket to, boolean fromClient) {
    var buffer = new byte[512];
    long carried = 0;
    long most = -1;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (fromClient && most < 0 && mostBytes < Integer.MAX_VALUE) {
          most = carried + limit();
        }
        if (most >= 0 && carried + count > most) {
          out.write(buffer, 0, (int) Math.max(0, most - carried));
          return;
        }
        out.write(buffer, 0, count);
        carried += count;
      }
    } catch (IOException e) {
      // The other direction was cut.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private synchronized int limit() {
    return random.nextInt(mostBytes);
  }

  @Override
  public void close() {
    try {
      entrance.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
