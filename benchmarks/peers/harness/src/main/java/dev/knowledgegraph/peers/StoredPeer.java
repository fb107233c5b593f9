package dev.knowledgegraph.peers;

import java.nio.file.Path;
import java.util.Set;

/** A peer whose graph is there again when the next process opens it. */
public interface StoredPeer extends Peer {
  /** Opens what {@link #load} left in the directory. */
  void open(Path directory) throws Exception;

  /**
   * The keys of the nodes one hop away, along edges of both directions; all that was opened for.
   */
  Set<String> neighbors(String key) throws Exception;
}
