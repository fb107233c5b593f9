package dev.knowledgegraph.embeddings.onnx;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.spi.Embedder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Vectors from a sentence model that runs in the process: it knows that a ship is a vessel. The
 * model comes with the library, and no network is used. May be shared between threads; one is
 * enough for a process, as it uses several cores and keeps the vectors of late in a cache.
 *
 * <p>Of a text, the first 256 tokens are read, some 200 words of English: that is what the model
 * was made for. A text in which there is nothing but blanks has the zero vector.
 *
 * <p>Loading takes about a second, a short text some milliseconds of a core. Native code is
 * unpacked into the folder for temporary files, and that of the tokenizer once into {@code
 * ~/.djl.ai}, or where the environment variable {@code DJL_CACHE_DIR} says. The runtime sums small
 * integers with what instructions the processor has; on an older kind, vectors may differ a little
 * from those of a newer one.
 */
public final class OnnxEmbedder implements Embedder {
  private static final int DEFAULT_THREADS = 2;
  private static final long DEFAULT_CACHE_BYTES = 32 << 20;
  private static final int MAX_TOKENS = 256;

  /** More of a text is not split into tokens: these are enough, at 78 characters each. */
  private static final int MAX_CHARS = 20_000;

  /** So many texts wait for a core at most. */
  private static final int BATCH = 128;

  private final String name;
  private final SentenceModel model;
  private final VectorCache cache;
  private final ExecutorService documentThreads;

  /** Apart, so that a query does not wait for many documents. */
  private final ExecutorService queryThreads;

  private OnnxEmbedder(String name, SentenceModel model, int threads, long cacheBytes) {
    this.name = name;
    this.model = model;
    this.cache = new VectorCache(cacheBytes);
    this.documentThreads = pool(threads, "embedder-documents-");
    this.queryThreads = pool(threads, "embedder-queries-");
  }

  /** The same with two threads, if there are as many cores, and a cache of 32 MB. */
  public static OnnxEmbedder allMiniLm() {
    return allMiniLm(
        Math.min(DEFAULT_THREADS, Runtime.getRuntime().availableProcessors()), DEFAULT_CACHE_BYTES);
  }

  /**
   * All-MiniLM-L6-v2 in 8 bits: 384 dimensions, English, good with sentences and paragraphs.
   *
   * @param threads how many documents are embedded at a time, and how many queries, 1 to 64
   * @param cacheBytes the size of the cache, 0 for none; a vector takes 1.7 kB
   * @throws StorageException if it cannot be loaded, as on a machine it has no native code for
   */
  public static OnnxEmbedder allMiniLm(int threads, long cacheBytes) {
    if (threads < 1 || threads > 64) {
      throw new IllegalArgumentException("threads: expected 1 to 64, found " + threads);
    }
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cacheBytes: expected at least 0, found " + cacheBytes);
    }
    return new OnnxEmbedder(
        "onnx-all-minilm-l6-v2-q-" + MAX_TOKENS,
        SentenceModel.load(
            "all-minilm-l6-v2-q.onnx", "all-minilm-l6-v2-q-tokenizer.json", 384, MAX_TOKENS),
        threads,
        cacheBytes);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public List<float[]> embedDocuments(List<String> texts) {
    var vectors = new ArrayList<float[]>(texts.size());
    for (int from = 0; from < texts.size(); from += BATCH) {
      var batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
      vectors.addAll(embed(batch, documentThreads));
    }
    return List.copyOf(vectors);
  }

  @Override
  public float[] embedQuery(String text) {
    return embed(List.of(text), queryThreads).getFirst();
  }

  /** Waits for what is being embedded. */
  @Override
  public void close() {
    if (!queryThreads.isShutdown()) {
      documentThreads.close();
      queryThreads.close();
      model.close();
    }
  }

  private static ExecutorService pool(int threads, String name) {
    return Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().daemon().name(name, 0).factory());
  }

  private List<float[]> embed(List<String> texts, ExecutorService threads) {
    var tasks = new ArrayList<Callable<float[]>>();
    for (String text : texts) {
      tasks.add(() -> embed(cut(text)));
    }
    try {
      var vectors = new ArrayList<float[]>();
      for (Future<float[]> future : threads.invokeAll(tasks)) {
        vectors.add(future.get());
      }
      return vectors;
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the embedder is closed", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StorageException failure
          ? failure
          : new StorageException("EMBEDDER_UNAVAILABLE", "the sentence model failed", false, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(
          "EMBEDDER_UNAVAILABLE", "nobody waited for the sentence model", true, e);
    }
  }

  private float[] embed(String text) {
    if (text.isBlank()) {
      return new float[dimension()];
    }
    var key = VectorCache.key(text);
    float[] known = cache.find(key);
    if (known != null) {
      return known;
    }
    float[] vector = model.embed(text);
    cache.put(key, vector);
    return vector;
  }

  private static String cut(String text) {
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS);
  }
}
