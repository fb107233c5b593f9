package dev.knowledgegraph.embeddings.onnx;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Vectors by the hash of their text, up to a size; the texts are not kept. */
final class VectorCache {
  /** Of the hash, the arrays and the entry, by and large. */
  private static final int BYTES_BESIDE = 200;

  private final Cache<ByteBuffer, float[]> vectors;

  VectorCache(long maxBytes) {
    vectors =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((ByteBuffer key, float[] vector) -> vector.length * 4 + BYTES_BESIDE)
            .executor(Runnable::run)
            .build();
  }

  /** A text's key. */
  static ByteBuffer key(String text) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }

  float @Nullable [] find(ByteBuffer key) {
    float[] vector = vectors.getIfPresent(key);
    return vector == null ? null : vector.clone();
  }

  void put(ByteBuffer key, float[] vector) {
    vectors.put(key, vector.clone());
  }
}
