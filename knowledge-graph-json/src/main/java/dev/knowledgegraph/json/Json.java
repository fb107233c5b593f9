package dev.knowledgegraph.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How JSON is read and written here: limits, and access to fields that says what was expected. */
final class Json {
  static final int MAX_NESTING = 64;
  static final int MAX_TEXT = 20 * 1024 * 1024;

  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(MAX_TEXT)
                  .build())
          .build();

  private Json() {}

  /** Writes a value, whatever the generator leads to. */
  @FunctionalInterface
  interface Writer {
    void write(JsonGenerator generator) throws IOException;
  }

  static String text(Writer writer) {
    var out = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      writer.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /**
   * @throws IllegalArgumentException if it is not exactly one JSON value within the limits
   */
  static JsonNode parse(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      return only(parser);
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  /**
   * Reads UTF-8 from a byte to the last.
   *
   * @throws IllegalArgumentException if it is not exactly one JSON value within the limits
   */
  static JsonNode parse(byte[] json, int from) {
    try (JsonParser parser = FACTORY.createParser(json, from, json.length - from)) {
      return only(parser);
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  private static JsonNode only(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw new IllegalArgumentException("expected JSON, found nothing");
    }
    JsonNode tree = tree(parser);
    if (parser.nextToken() != null) {
      throw new IllegalArgumentException("expected one JSON value, found more after it");
    }
    return tree;
  }

  // Without its cause, whose message quotes the text: values stay out of messages.
  private static IllegalArgumentException noJson(IOException e) {
    return new IllegalArgumentException("expected JSON, found " + describe(e));
  }

  /**
   * Reads one tree from the token a parser stands on, and leaves the parser on its last. Jackson's
   * own way to the same tree loads four hundred classes, most of the time of a cold start.
   */
  static JsonNode tree(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          if (object.replace(name, tree(parser)) != null) {
            throw new JsonParseException(parser, "a field occurs twice");
          }
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(tree(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new JsonParseException(parser, "no value");
    };
  }

  /** Where the text stops being JSON, without quoting it. */
  static String describe(IOException e) {
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      return "something else at line "
          + json.getLocation().getLineNr()
          + ", column "
          + json.getLocation().getColumnNr();
    }
    return "something else";
  }

  /** The field's value; null if it is absent or JSON null. */
  static @Nullable JsonNode find(JsonNode object, String name) {
    JsonNode field = object.get(name);
    return field == null || field.isNull() ? null : field;
  }

  static JsonNode get(JsonNode object, String name) {
    JsonNode field = find(object, name);
    if (field == null) {
      throw new IllegalArgumentException(name + ": expected a value, found none");
    }
    return field;
  }

  static JsonNode getObject(JsonNode object, String name) {
    return object(name, get(object, name));
  }

  static JsonNode object(String name, JsonNode value) {
    if (!value.isObject()) {
      throw expected(name, "an object", value);
    }
    return value;
  }

  static JsonNode array(JsonNode object, String name) {
    JsonNode value = find(object, name);
    if (value == null) {
      return MissingNode.getInstance();
    }
    if (!value.isArray()) {
      throw expected(name, "an array", value);
    }
    return value;
  }

  static List<String> texts(JsonNode object, String name) {
    var texts = new ArrayList<String>();
    array(object, name).forEach(item -> texts.add(text(name, item)));
    return texts;
  }

  static String text(String name, JsonNode value) {
    if (!value.isTextual()) {
      throw expected(name, "a text", value);
    }
    return value.textValue();
  }

  static String text(JsonNode object, String name) {
    return text(name, get(object, name));
  }

  static String text(JsonNode object, String name, String otherwise) {
    JsonNode value = find(object, name);
    return value == null ? otherwise : text(name, value);
  }

  static @Nullable String textOrNull(JsonNode object, String name) {
    JsonNode value = find(object, name);
    return value == null ? null : text(name, value);
  }

  static double number(String name, JsonNode value) {
    if (!value.isNumber()) {
      throw expected(name, "a number", value);
    }
    double number = value.doubleValue();
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(name + ": expected a finite number, found " + number);
    }
    return number;
  }

  static double number(JsonNode object, String name) {
    return number(name, get(object, name));
  }

  static double number(JsonNode object, String name, double otherwise) {
    JsonNode value = find(object, name);
    return value == null ? otherwise : number(name, value);
  }

  static long integer(JsonNode object, String name) {
    return integer(name, get(object, name));
  }

  static long integer(String name, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw expected(name, "an integer", value);
    }
    return value.longValue();
  }

  static int smallInteger(JsonNode object, String name) {
    return smallInteger(name, get(object, name));
  }

  static int smallInteger(String name, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw expected(name, "an integer", value);
    }
    return value.intValue();
  }

  static boolean flag(JsonNode object, String name) {
    return flag(name, get(object, name));
  }

  static boolean flag(String name, JsonNode value) {
    if (!value.isBoolean()) {
      throw expected(name, "true or false", value);
    }
    return value.booleanValue();
  }

  static boolean flag(JsonNode object, String name, boolean otherwise) {
    return find(object, name) == null ? otherwise : flag(object, name);
  }

  /**
   * @throws IllegalArgumentException if it could not be read again
   */
  static String bounded(String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "text: expected at most " + MAX_TEXT + " characters, found " + text.length());
    }
    return text;
  }

  static double finite(String name, double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(name + ": expected a finite number, found " + number);
    }
    return number;
  }

  static IllegalArgumentException expected(String name, String what, JsonNode found) {
    return new IllegalArgumentException(
        name
            + ": expected "
            + what
            + ", found "
            + found.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
  }
}
