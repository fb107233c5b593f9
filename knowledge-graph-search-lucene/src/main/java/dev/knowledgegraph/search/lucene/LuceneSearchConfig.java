package dev.knowledgegraph.search.lucene;

import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.spi.Embedder;
import java.time.Duration;
import java.util.Objects;

/**
 * How an index is made and asked. An index that was made otherwise is made anew.
 *
 * @param embedder what makes vectors of texts; closed with the index
 * @param language whose inflected forms are found by each other
 * @param history whether what nodes said earlier can be searched as of then; costs the room of
 *     every version a node ever had
 * @param ramBufferMegabytes how much is kept in memory before it is written, 16 to 2,000
 * @param commitEvery how long at most what was indexed waits to be made durable
 * @param workLimit how long a question may take
 */
public record LuceneSearchConfig(
    Embedder embedder,
    Language language,
    boolean history,
    int ramBufferMegabytes,
    Duration commitEvery,
    Duration workLimit) {
  private static final int LEAST_BUFFER = 16;
  private static final int MOST_BUFFER = 512;

  /** A sixteenth, in megabytes. */
  private static final long SHARE = 16L << 20;

  public LuceneSearchConfig {
    Objects.requireNonNull(embedder, "embedder");
    Objects.requireNonNull(language, "language");
    if (ramBufferMegabytes < 16 || ramBufferMegabytes > 2_000) {
      throw new IllegalArgumentException(
          "ramBufferMegabytes: expected 16 to 2000, found " + ramBufferMegabytes);
    }
  }

  /** The hashing embedder, no stemmer, with history; a sixteenth of the largest heap, 5 s, 2 s. */
  public static LuceneSearchConfig standard() {
    return new LuceneSearchConfig(
        HashingEmbedder.create(),
        Language.STANDARD,
        true,
        Math.clamp(Runtime.getRuntime().maxMemory() / SHARE, LEAST_BUFFER, MOST_BUFFER),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2));
  }

  public LuceneSearchConfig withEmbedder(Embedder newEmbedder) {
    return new LuceneSearchConfig(
        newEmbedder, language, history, ramBufferMegabytes, commitEvery, workLimit);
  }

  public LuceneSearchConfig withLanguage(Language newLanguage) {
    return new LuceneSearchConfig(
        embedder, newLanguage, history, ramBufferMegabytes, commitEvery, workLimit);
  }

  public LuceneSearchConfig withHistory(boolean newHistory) {
    return new LuceneSearchConfig(
        embedder, language, newHistory, ramBufferMegabytes, commitEvery, workLimit);
  }

  public LuceneSearchConfig withCommitEvery(Duration newCommitEvery) {
    return new LuceneSearchConfig(
        embedder, language, history, ramBufferMegabytes, newCommitEvery, workLimit);
  }

  /** With this many times as long for a question: for work that nobody waits for at a screen. */
  LuceneSearchConfig patient(int times) {
    return new LuceneSearchConfig(
        embedder,
        language,
        history,
        ramBufferMegabytes,
        commitEvery,
        workLimit.multipliedBy(times));
  }
}
