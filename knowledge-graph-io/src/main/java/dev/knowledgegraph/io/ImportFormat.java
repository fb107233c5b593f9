package dev.knowledgegraph.io;

import java.io.IOException;
import java.nio.file.Path;

/** A format that can be read. Has no state: may be used by many threads. */
public interface ImportFormat {
  /** The name users choose it by, in lower case. */
  String name();

  /**
   * Whether the source looks like this format.
   *
   * @param fileOrFolder the source
   * @param start the first 4,096 bytes of a file, unpacked; empty for a folder
   */
  boolean recognizes(Path fileOrFolder, byte[] start);

  /**
   * Reads a source and passes what it holds to the sink.
   *
   * @throws IOException if the source cannot be read at all
   */
  void read(Path fileOrFolder, ImportOptions options, RecordSink sink) throws IOException;
}
