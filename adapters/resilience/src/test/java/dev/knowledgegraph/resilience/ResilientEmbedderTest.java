package dev.knowledgegraph.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.knowledgegraph.error.StorageException;
import dev.knowledgegraph.memory.HashingEmbedder;
import dev.knowledgegraph.spi.Embedder;
import dev.knowledgegraph.tck.search.EmbedderContract;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResilientEmbedderTest {
  private final FakeTime time = new FakeTime();
  private final AtomicInteger calls = new AtomicInteger();
  private boolean closed;

  /** Fails so often, then answers. */
  private Embedder embedder(int failures, StorageException failure) {
    var model = new HashingEmbedder(32);
    var unsteady =
        new Embedder() {
          @Override
          public String name() {
            return model.name();
          }

          @Override
          public int dimension() {
            return model.dimension();
          }

          @Override
          public List<float[]> embedDocuments(List<String> texts) {
            failOrPass();
            return model.embedDocuments(texts);
          }

          @Override
          public float[] embedQuery(String text) {
            failOrPass();
            return model.embedQuery(text);
          }

          private void failOrPass() {
            if (calls.incrementAndGet() <= failures) {
              throw failure;
            }
          }

          @Override
          public void close() {
            closed = true;
          }
        };
    return ResilientEmbedder.of(unsteady, Resilience.builder("model").time(time).build());
  }

  @Test
  void texts_are_sent_again_when_the_service_fails_for_now() {
    var embedder = embedder(2, Errors.now());

    assertThat(embedder.embedDocuments(List.of("a", "b"))).hasSize(2);
    assertThat(embedder.embedQuery("a")).hasSize(32);
    assertThat(calls).hasValue(4);
    embedder.close();
    assertThat(closed).isTrue();
  }

  @Test
  void a_wrong_key_is_told_at_once() {
    var refusal = new StorageException("EMBEDDER_REFUSED", "look at the key", false, null);

    assertThatThrownBy(() -> embedder(9, refusal).embedQuery("a")).isSameAs(refusal);
    assertThat(calls).hasValue(1);
  }

  @Nested
  class As_an_embedder extends EmbedderContract {
    As_an_embedder() {
      super(() -> embedder(0, Errors.now()));
    }
  }
}
