package dev.knowledgegraph.embeddings.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.knowledgegraph.error.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The two messages of the protocol. */
final class EmbeddingsJson {
  private static final JsonFactory JSON = new JsonFactory();

  private EmbeddingsJson() {}

  /** {@code {"model": …, "input": […]}}. */
  static byte[] request(String model, List<String> texts) {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("model", model);
      json.writeArrayFieldStart("input");
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The vectors of {@code {"data": [{"index": …, "embedding": […]}, …]}} in the order of the texts,
   * of length 1.
   *
   * @throws StorageException if there are not so many of them, or one is not as it should be; the
   *     message tells nothing of the content
   */
  static List<float[]> vectors(byte[] response, int count, int dimension) {
    float[][] vectors = new float[count][];
    try (var json = JSON.createParser(response)) {
      expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isData = json.currentName().equals("data");
        json.nextToken();
        if (isData) {
          readData(json, vectors, dimension);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      // Not as the cause: its message quotes the response.
      throw invalid("what is not JSON: " + e.getClass().getSimpleName());
    }
    for (int i = 0; i < count; i++) {
      if (vectors[i] == null) {
        throw invalid("no vector for text %d of %d".formatted(i, count));
      }
    }
    return List.of(vectors);
  }

  static StorageException invalid(String found) {
    return new StorageException(
        "EMBEDDER_ANSWER_INVALID", "the service of embeddings answered " + found, false, null);
  }

  private static void readData(JsonParser json, float[][] vectors, int dimension)
      throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, "an array of data");
    for (int place = 0; json.nextToken() != JsonToken.END_ARRAY; place++) {
      expect(json.currentToken(), JsonToken.START_OBJECT, "an object in data");
      readVector(json, place, vectors, dimension);
    }
  }

  /** The index is the place, unless it is said. */
  private static void readVector(JsonParser json, int place, float[][] vectors, int dimension)
      throws IOException {
    int index = place;
    double[] vector = {};
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "index" -> {
          expect(value, JsonToken.VALUE_NUMBER_INT, "a whole number as index");
          index = json.getIntValue();
        }
        case "embedding" -> {
          expect(value, JsonToken.START_ARRAY, "an array as embedding");
          vector = components(json, dimension);
        }
        default -> json.skipChildren();
      }
    }
    if (index < 0 || index >= vectors.length) {
      throw invalid("a vector for text %d of %d".formatted(index, vectors.length));
    }
    if (vectors[index] != null) {
      throw invalid("two vectors for text %d".formatted(index));
    }
    if (vector.length == 0) {
      throw invalid("no embedding for text %d".formatted(index));
    }
    vectors[index] = unit(vector);
  }

  private static double[] components(JsonParser json, int dimension) throws IOException {
    double[] vector = new double[dimension];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == null || !json.currentToken().isNumeric()) {
        throw invalid("a component that is not a number");
      }
      double component = json.getDoubleValue();
      if (!Float.isFinite((float) component)) {
        throw invalid("a component that is not finite");
      }
      if (count < dimension) {
        vector[count] = component;
      }
      count++;
    }
    if (count != dimension) {
      throw invalid("a vector of %d components, expected %d".formatted(count, dimension));
    }
    return vector;
  }

  private static float[] unit(double[] vector) {
    double squares = 0;
    for (double component : vector) {
      squares += component * component;
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  private static void expect(JsonToken found, JsonToken expected, String name) {
    if (found != expected) {
      throw invalid("something else where " + name + " is expected");
    }
  }
}
