package dev.knowledgegraph.cache.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Sequence numbers of commits that somebody was told of, in memory that processes share. */
final class Tokens {
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer memory;

  private Tokens(ByteBuffer memory) {
    this.memory = memory;
  }

  static Tokens of(Path file, int places) {
    try (var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Tokens(channel.map(MapMode.READ_WRITE, 0, (long) places * Long.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long at(int place) {
    return (long) LONGS.getVolatile(memory, place * Long.BYTES);
  }

  /** Unless it is higher already. */
  void raise(int place, long sequence) {
    for (long old = at(place);
        old < sequence && !LONGS.compareAndSet(memory, place * Long.BYTES, old, sequence);
        old = at(place)) {}
  }
}
