package dev.knowledgegraph.io;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** Opening files: gzip, the byte order mark, {@code -} for standard output, and limits. */
final class Sources {
  /** How many bytes a format sees to recognize a file. */
  static final int START = 4_096;

  private static final int BUFFER = 1 << 16;

  private Sources() {}

  /**
   * Opens a file, unpacked, after a byte order mark. What cannot be unpacked or is too large is an
   * {@link IllegalArgumentException}, now or when it is read.
   */
  static InputStream open(Path file, long maxBytes) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      in = new BufferedInputStream(new Unpacked(in, gzip, maxBytes), BUFFER);
      in.mark(3);
      if (in.read() != 0xef || in.read() != 0xbb || in.read() != 0xbf) {
        in.reset();
      }
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Opens a file of UTF-8 text; other bytes are an {@link IllegalArgumentException}. */
  static BufferedReader reader(Path file, ImportOptions options) throws IOException {
    var in = new Utf8Stream(open(file, options.limits().fileBytes()));
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), BUFFER);
  }

  /** The first bytes of a file, unpacked. */
  static byte[] start(Path file) throws IOException {
    try (InputStream in = open(file, Long.MAX_VALUE)) {
      return in.readNBytes(START);
    }
  }

  /** The first line of what {@link #start} found. */
  static String firstLine(byte[] start) {
    String text = new String(start, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** Opens a file to write text; packed if its name ends in .gz; {@code -} is standard output. */
  static BufferedWriter writer(Path file) throws IOException {
    OutputStream out;
    if (file.toString().equals("-")) {
      out =
          new FilterOutputStream(System.out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
              out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
              flush();
            }
          };
    } else {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      out = Files.newOutputStream(file);
      if (name(file).endsWith(".gz")) {
        out = new GZIPOutputStream(out, BUFFER);
      }
    }
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
  }

  /** The name of a file, in lower case. */
  static String name(Path file) {
    return plainName(file).toLowerCase(Locale.ROOT);
  }

  /** The name of a file or folder. */
  static String plainName(Path file) {
    Path name = file.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }

  /** The name of a file without .gz and without its ending. */
  static String stem(Path file) {
    String name = plainName(file);
    if (name.toLowerCase(Locale.ROOT).endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Whether the name of a file, without .gz, ends in one of these. */
  static boolean endsWith(Path file, String... endings) {
    String name = name(file);
    if (name.endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    for (String ending : endings) {
      if (name.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /** The bytes of a file, unpacked and within limits. */
  private static final class Unpacked extends FilterInputStream {
    /** A file of this size need not be looked at twice, however well it was packed. */
    private static final long HARMLESS = 8 << 20;

    /** Tables full of the same words get to 100. */
    private static final int MAX_RATIO = 250;

    private final CountingStream packed;
    private final boolean gzip;
    private final long max;
    private long count;

    Unpacked(InputStream file, boolean gzip, long max) throws IOException {
      this(new CountingStream(file), gzip, max);
    }

    private Unpacked(CountingStream packed, boolean gzip, long max) throws IOException {
      super(gzip ? unpacked(packed) : packed);
      this.packed = packed;
      this.gzip = gzip;
      this.max = max;
    }

    private static InputStream unpacked(InputStream packed) throws IOException {
      try {
        return new GZIPInputStream(packed, BUFFER);
      } catch (ZipException | EOFException e) {
        throw damaged(e);
      }
    }

    private static IllegalArgumentException damaged(IOException e) {
      return new IllegalArgumentException(
          "expected gzip data, found damaged or incomplete ones; get the file again", e);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read;
      try {
        read = in.read(bytes, offset, length);
      } catch (ZipException | EOFException e) {
        throw damaged(e);
      }
      count += Math.max(0, read);
      if (count > max) {
        throw new IllegalArgumentException(
            "expected at most " + max + " bytes unpacked, found more");
      }
      if (gzip && count > HARMLESS && count / MAX_RATIO > packed.count) {
        throw new IllegalArgumentException(
            "expected a file that unpacks to at most "
                + MAX_RATIO
                + " times its size, found more; if you trust it, unpack it with gunzip");
      }
      return read;
    }
  }

  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      add(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      add(Math.max(0, read));
      return read;
    }

    private void add(int bytes) {
      count += bytes;
      Meter.count(bytes);
    }
  }
}
