package dev.knowledgegraph.io;

import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The YAML at the start of a note. */
final class FrontMatter {
  private static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_ALIASES = 50;
  private static final int MAX_VALUES = 10_000;

  private int values;

  private FrontMatter() {}

  /** The fields; none if the text is no YAML mapping or is beyond the limits. */
  static Properties read(@Nullable String yaml) {
    if (yaml == null || yaml.isBlank()) {
      return Properties.none();
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel("front matter")
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setAllowRecursiveKeys(false)
            .build();
    try {
      checkDepth(settings, yaml);
      return new Load(settings).loadFromString(yaml) instanceof Map<?, ?> fields
          ? new FrontMatter().properties(fields)
          : Properties.none();
    } catch (YamlEngineException | IllegalArgumentException invalid) {
      return Properties.none();
    }
  }

  /** The loader recurses, as deep as the text says. */
  private static void checkDepth(LoadSettings settings, String yaml) {
    int depth = 0;
    var events = new ParserImpl(settings, new StreamReader(settings, yaml));
    while (events.hasNext()) {
      depth +=
          switch (events.next().getEventId()) {
            case SequenceStart, MappingStart -> 1;
            case SequenceEnd, MappingEnd -> -1;
            default -> 0;
          };
      if (depth > PropertyValue.MAX_DEPTH + 1) {
        throw new IllegalArgumentException("front matter: expected less depth");
      }
    }
  }

  /** The fields as YAML, without fences. */
  static String write(Map<String, Object> fields) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1_000).build();
    return new Dump(settings).dumpToString(fields);
  }

  /** The value as the YAML library takes it. */
  static Object plain(PropertyValue value) {
    return switch (value) {
      case PropertyValue.Bool bool -> bool.value();
      case PropertyValue.Int number -> number.value();
      case PropertyValue.Decimal number -> number.value();
      case PropertyValue.Text text -> text.value();
      case PropertyValue.Moment moment -> moment.toString();
      case PropertyValue.Date date -> date.toString();
      case PropertyValue.Items items -> items.values().stream().map(FrontMatter::plain).toList();
      case PropertyValue.Fields fields -> {
        var plain = new LinkedHashMap<String, Object>();
        fields.values().forEach((name, field) -> plain.put(name, plain(field)));
        yield plain;
      }
    };
  }

  private Properties properties(Map<?, ?> fields) {
    var properties = new TreeMap<String, PropertyValue>();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      PropertyValue value = value(field.getValue(), 0);
      String name = String.valueOf(field.getKey());
      if (value != null && canBeNamed(name)) {
        properties.put(name, value);
      }
    }
    return new Properties(properties);
  }

  /** Whether a property may have this name; the raw text keeps the others. */
  private static boolean canBeNamed(String name) {
    try {
      return !Properties.of(name, true).isEmpty();
    } catch (IllegalArgumentException noPropertyName) {
      return false;
    }
  }

  private @Nullable PropertyValue value(@Nullable Object value, int depth) {
    if (++values > MAX_VALUES || depth > PropertyValue.MAX_DEPTH) {
      throw new IllegalArgumentException("front matter: expected fewer values");
    }
    return switch (value) {
      case null -> null;
      case Boolean bool -> new PropertyValue.Bool(bool);
      case Integer number -> new PropertyValue.Int(number);
      case Long number -> new PropertyValue.Int(number);
      case Double number when Double.isFinite(number) -> new PropertyValue.Decimal(number);
      case Map<?, ?> map -> {
        var fields = new TreeMap<String, PropertyValue>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          PropertyValue field = value(entry.getValue(), depth + 1);
          if (field != null) {
            fields.put(String.valueOf(entry.getKey()), field);
          }
        }
        yield new PropertyValue.Fields(fields);
      }
      case Collection<?> collection -> {
        List<PropertyValue> items = new ArrayList<>();
        for (Object entry : collection) {
          PropertyValue item = value(entry, depth + 1);
          if (item != null) {
            items.add(item);
          }
        }
        yield new PropertyValue.Items(items);
      }
      default -> new PropertyValue.Text(value.toString());
    };
  }
}
