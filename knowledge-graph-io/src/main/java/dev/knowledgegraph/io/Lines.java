package dev.knowledgegraph.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The lines of a file, one at a time, none longer than is allowed. */
final class Lines {
  private final BufferedReader in;
  private final String file;
  private final int max;
  private long number;

  Lines(BufferedReader in, String file, ImportOptions options) {
    this.in = in;
    this.file = file;
    this.max = options.limits().lineLength();
  }

  /** Where the last line stands. */
  Place place() {
    return Place.of(file, number);
  }

  /** The next line; null at the end, or where the rest cannot be read, which is rejected. */
  @Nullable String next(BiConsumer<Place, String> reject) throws IOException {
    number++;
    try {
      return next();
    } catch (IllegalArgumentException e) {
      reject.accept(place(), "the rest cannot be read: " + e.getMessage());
      return null;
    }
  }

  private @Nullable String next() throws IOException {
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
        throw new IllegalArgumentException(
            "expected lines of at most " + max + " characters, found more");
      }
      line.append((char) c);
    }
    return line.isEmpty() ? null : line.toString();
  }
}
