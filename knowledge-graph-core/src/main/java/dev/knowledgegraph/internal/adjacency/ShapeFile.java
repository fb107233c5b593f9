package dev.knowledgegraph.internal.adjacency;

import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphRef;
import dev.knowledgegraph.spi.EventStore;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The shape of a graph in a file beside its store, so that the next process need not read it edge
 * by edge. It is never believed blindly: it names its graph and the commit it was made at, which
 * must stand in the log as it did then, and ends in a checksum (CRC-32C) of all before it. A file
 * that is damaged, or from another log, is as good as none.
 */
final class ShapeFile {
  private static final long MAGIC = 0x6b672d7368617065L; // "kg-shape"
  private static final int VERSION = 1;

  /** A smaller graph is read as quickly from the store. */
  private static final long WORTH_KEEPING = 20_000;

  private final KeptFile file;
  private final GraphRef graph;
  private final EventStore log;

  ShapeFile(Path directory, GraphRef graph, EventStore log) {
    this.file = new KeptFile(directory, graph.id() + ".shape");
    this.graph = graph;
    this.log = log;
  }

  boolean exists() {
    return file.exists();
  }

  /** Writes a shape, if it is worth it. */
  void save(Adjacency adjacency) {
    if (adjacency.nodes() + adjacency.edges() >= WORTH_KEEPING) {
      file.write(out -> write(adjacency.compacted(), new Out(out)));
    }
  }

  /** The shape as it was saved; nothing if there is none that can be believed. */
  Optional<Adjacency> load() {
    return file.read((in, size) -> read(new In(in, size)));
  }

  /** What tells a commit from any other that could stand at its place after a restore. */
  private String mark(long position) {
    return log.read(graph, position - 1, 1).stream()
        .filter(entry -> entry.position().sequence() == position)
        .map((Committed entry) -> entry.time() + " " + entry.commandId())
        .findFirst()
        .orElse("");
  }

  private void write(Adjacency adjacency, Out out) throws IOException {
    out.data.writeLong(MAGIC);
    out.data.writeInt(VERSION);
    out.data.writeUTF(graph.owner().value());
    out.data.writeUTF(graph.id().toString());
    out.data.writeLong(adjacency.position());
    out.data.writeUTF(mark(adjacency.position()));
    out.data.writeLong(adjacency.edges());
    out.data.writeBoolean(adjacency.hasWeights());
    out.data.writeInt(adjacency.types().size());
    for (EdgeType type : adjacency.types()) {
      out.data.writeUTF(type.name());
    }
    int nodes = adjacency.size();
    Rows rows = adjacency.out();
    out.data.writeInt(nodes);
    out.data.writeInt(adjacency.table().count() / 2);
    for (int node = 0; node < nodes; node++) {
      out.putLong(adjacency.index().high(node));
      out.putLong(adjacency.index().low(node));
      out.putInt(rows.stop(node) - rows.start(node));
    }
    for (int node = 0; node < nodes; node++) {
      for (int place = rows.start(node); place < rows.stop(node); place++) {
        out.putInt(rows.end(place));
        out.putInt(rows.kind(place));
        if (adjacency.hasWeights()) {
          out.putLong(Double.doubleToRawLongBits(rows.weight(place)));
        }
      }
    }
    out.finish();
  }

  private Optional<Adjacency> read(In in) throws IOException {
    if (in.data.readLong() != MAGIC
        || in.data.readInt() != VERSION
        || !in.data.readUTF().equals(graph.owner().value())
        || !in.data.readUTF().equals(graph.id().toString())) {
      return Optional.empty();
    }
    long position = in.data.readLong();
    String mark = in.data.readUTF();
    long edges = in.data.readLong();
    boolean weighted = in.data.readBoolean();
    var types = new ArrayList<EdgeType>();
    for (int left = in.count(2); left > 0; left--) {
      types.add(EdgeType.of(in.data.readUTF()));
    }
    int nodes = in.count(20);
    int count = in.count(weighted ? 16 : 8);
    long[] ids = new long[2 * nodes];
    int[] lengths = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      ids[2 * node] = in.getLong();
      ids[2 * node + 1] = in.getLong();
      lengths[node] = in.getInt();
    }
    var entries = new Entries(count, weighted);
    for (int place = 0; place < count; place++) {
      int end = in.getInt();
      int kind = in.getInt();
      entries.add(end, kind, weighted ? Double.longBitsToDouble(in.getLong()) : 1);
    }
    if (!in.isWhole()) {
      throw new IOException("it is damaged");
    }
    if (mark.isEmpty() || !mark.equals(mark(position))) {
      return Optional.empty();
    }
    return Optional.of(
        new Adjacency(
            position,
            NodeIndex.of(ids),
            new BitSet(),
            types,
            RowTable.of(nodes, sources(lengths, count), entries),
            edges,
            new Workspace.Pool()));
  }

  private static int[] sources(int[] lengths, int count) {
    int[] sources = new int[count];
    int place = 0;
    for (int node = 0; node < lengths.length; node++) {
      for (int i = 0; i < lengths[node]; i++) {
        sources[place++] = node;
      }
    }
    return sources;
  }

  /** A head for which any stream is good enough, and a body of numbers in large buffers. */
  private static final class Out {
    private final CheckedOutputStream checked;
    final DataOutputStream data;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    Out(OutputStream file) {
      checked = new CheckedOutputStream(file, new CRC32C());
      data = new DataOutputStream(checked);
    }

    void putInt(int number) throws IOException {
      flushIfFull();
      buffer.putInt(number);
    }

    void putLong(long number) throws IOException {
      flushIfFull();
      buffer.putLong(number);
    }

    private void flushIfFull() throws IOException {
      if (buffer.remaining() < Long.BYTES) {
        flush();
      }
    }

    private void flush() throws IOException {
      checked.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }

    void finish() throws IOException {
      flush();
      data.writeLong(checked.getChecksum().getValue());
      data.flush();
    }
  }

  private static final class In {
    private final CheckedInputStream checked;
    final DataInputStream data;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).flip();
    private final long size;
    private long left;

    In(InputStream file, long size) {
      checked = new CheckedInputStream(file, new CRC32C());
      data = new DataInputStream(checked);
      this.size = size;
    }

    /** A number of things that take so many bytes each, as many as fit into the file. */
    int count(int bytes) throws IOException {
      int count = data.readInt();
      if (count < 0 || (long) count * bytes > size) {
        throw new IOException("it is damaged");
      }
      left += bytes == 2 ? 0 : (long) count * bytes;
      return count;
    }

    int getInt() throws IOException {
      fill(Integer.BYTES);
      return buffer.getInt();
    }

    long getLong() throws IOException {
      fill(Long.BYTES);
      return buffer.getLong();
    }

    private void fill(int bytes) throws IOException {
      if (buffer.remaining() < bytes) {
        buffer.compact();
        int more = (int) Math.min(buffer.remaining(), left);
        data.readFully(buffer.array(), buffer.position(), more);
        left -= more;
        buffer.position(buffer.position() + more).flip();
        if (buffer.remaining() < bytes) {
          throw new IOException("it is damaged");
        }
      }
    }

    boolean isWhole() throws IOException {
      long sum = checked.getChecksum().getValue();
      return left == 0 && data.readLong() == sum;
    }
  }
}
