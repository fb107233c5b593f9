package dev.knowledgegraph.embeddings.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.knowledgegraph.error.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A model in the ONNX format with its tokenizer: a text to tokens, the tokens to a vector each, and
 * their mean to length 1. May be shared between threads, and each call uses one core.
 *
 * <p>One text at a time on purpose: the model is quantized by the range of what it is given, so
 * that in one tensor with others a text would get another vector than alone, by some 1e-2. Threads
 * are as fast as a batch.
 */
final class SentenceModel implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;
  private final int dimension;

  private SentenceModel(HuggingFaceTokenizer tokenizer, OrtSession session, int dimension) {
    this.tokenizer = tokenizer;
    this.session = session;
    this.dimension = dimension;
  }

  /**
   * Loads a model from the class path.
   *
   * @param maxTokens what follows them in a text is not read
   * @throws StorageException if it is not there, or there is no native code for this machine
   */
  static SentenceModel load(String model, String tokenizer, int dimension, int maxTokens) {
    try (var options = new OrtSession.SessionOptions();
        var tokenizerFile = resource(tokenizer);
        var modelFile = resource(model)) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      var tokens =
          HuggingFaceTokenizer.newInstance(
              tokenizerFile,
              Map.of(
                  "padding",
                  "false",
                  "truncation",
                  "true",
                  "maxLength",
                  Integer.toString(maxTokens),
                  "modelMaxLength",
                  Integer.toString(maxTokens)));
      var session =
          OrtEnvironment.getEnvironment().createSession(modelFile.readAllBytes(), options);
      return new SentenceModel(tokens, session, dimension);
    } catch (OrtException | IOException | RuntimeException | LinkageError e) {
      throw new StorageException(
          "EMBEDDER_UNAVAILABLE", "the sentence model cannot be loaded", false, e);
    }
  }

  int dimension() {
    return dimension;
  }

  /** The vector of a text. */
  float[] embed(String text) {
    long[] tokens = tokenizer.encode(text).getIds();
    long[] shape = {1, tokens.length};
    long[] ones = new long[tokens.length];
    Arrays.fill(ones, 1);
    try (var ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape);
        var mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        var types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[tokens.length]), shape);
        var outputs =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      return mean(((OnnxTensor) outputs.get(0)).getFloatBuffer());
    } catch (OrtException e) {
      throw new StorageException("EMBEDDER_UNAVAILABLE", "the sentence model failed", false, e);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new StorageException(
          "EMBEDDER_UNAVAILABLE", "the sentence model cannot be closed", false, e);
    }
  }

  private float[] mean(FloatBuffer states) {
    double[] sum = new double[dimension];
    for (int i = 0; states.hasRemaining(); i = (i + 1) % dimension) {
      sum[i] += states.get();
    }
    double squares = Arrays.stream(sum).map(value -> value * value).sum();
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    float[] unit = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      unit[i] = (float) (sum[i] / length);
    }
    return unit;
  }

  private static InputStream resource(String name) throws IOException {
    InputStream file = SentenceModel.class.getClassLoader().getResourceAsStream(name);
    if (file == null) {
      throw new FileNotFoundException(name + " is not on the class path or the module path");
    }
    return file;
  }
}
