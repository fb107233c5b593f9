package dev.knowledgegraph.io;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
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

/** Opening files: gzip, the byte order mark, {@code -} for standard output, and limits. */
final class Sources {
  /** How many bytes a format sees to recognize a file. */
  static final int START = 4_096;

  private static final int BUFFER = 1 << 16;

  private Sources() {}

  /** Opens a file, unpacked, after a byte order mark. */
  static InputStream open(Path file, long maxBytes) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      in = new Limited(gzip ? new GZIPInputStream(in, BUFFER) : in, file, maxBytes);
      in = new BufferedInputStream(in, BUFFER);
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

  static BufferedReader reader(Path file, ImportOptions options) throws IOException {
    return new BufferedReader(
        new InputStreamReader(open(file, options.limits().fileBytes()), StandardCharsets.UTF_8),
        BUFFER);
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

  /** Reads a line of at most {@code max} characters; null at the end. */
  static @org.jspecify.annotations.Nullable String line(BufferedReader in, int max)
      throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
          line.setLength(last);
        }
        return line.toString();
      }
      if (line.length() == max) {
        throw new IOException("expected lines of at most " + max + " characters, found more");
      }
      line.append((char) c);
    }
    return line.isEmpty() ? null : line.toString();
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

  /** Ends with an error where a file is larger, unpacked, than is allowed. */
  private static final class Limited extends FilterInputStream {
    private final Path file;
    private final long max;
    private long count;

    Limited(InputStream in, Path file, long max) {
      super(in);
      this.file = file;
      this.max = max;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      if (read >= 0) {
        count(1);
      }
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        count(read);
      }
      return read;
    }

    private void count(int more) throws IOException {
      count += more;
      if (count > max) {
        throw new IOException(
            file.getFileName() + ": expected at most " + max + " bytes unpacked, found more");
      }
    }
  }
}
