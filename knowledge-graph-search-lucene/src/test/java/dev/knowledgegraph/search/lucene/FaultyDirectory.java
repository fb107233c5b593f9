package dev.knowledgegraph.search.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NoLockFactory;

/**
 * A directory that fails from its {@code n}-th step on, as a disk does that is gone, and that loses
 * in a crash what was not synced, as a machine does that loses power.
 */
final class FaultyDirectory extends FilterDirectory {
  private final Set<String> unsynced = new HashSet<>();
  private long left = Long.MAX_VALUE;

  FaultyDirectory() {
    super(new ByteBuffersDirectory(NoLockFactory.INSTANCE));
  }

  /** Everything fails after so many more steps. */
  synchronized void failAfter(long steps) {
    left = steps;
  }

  /** What was not synced is gone, and the disk works again. */
  synchronized Directory crash() throws IOException {
    left = Long.MAX_VALUE;
    for (String file : in.listAll()) {
      if (unsynced.contains(file)) {
        in.deleteFile(file);
      }
    }
    unsynced.clear();
    return in;
  }

  private synchronized void step() throws IOException {
    if (left <= 0) {
      throw new IOException("failed by the test");
    }
    left--;
  }

  private synchronized void remember(String file) {
    unsynced.add(file);
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    step();
    remember(name);
    return super.createOutput(name, context);
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    step();
    IndexOutput made = super.createTempOutput(prefix, suffix, context);
    remember(made.getName());
    return made;
  }

  @Override
  public void sync(Collection<String> names) throws IOException {
    step();
    synchronized (this) {
      unsynced.removeAll(names);
    }
  }

  @Override
  public void rename(String source, String dest) throws IOException {
    step();
    super.rename(source, dest);
    synchronized (this) {
      if (unsynced.remove(source)) {
        unsynced.add(dest);
      }
    }
  }

  @Override
  public void deleteFile(String name) throws IOException {
    step();
    super.deleteFile(name);
  }

  @Override
  public IndexInput openInput(String name, IOContext context) throws IOException {
    step();
    return super.openInput(name, context);
  }

  /** Who closes it may not have been the last to look. */
  @Override
  public void close() {}
}
