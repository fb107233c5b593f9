package dev.knowledgegraph.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.knowledgegraph.model.Categorization;
import dev.knowledgegraph.model.CategoryData;
import dev.knowledgegraph.model.EdgeData;
import dev.knowledgegraph.model.EdgeType;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.NodeData;
import dev.knowledgegraph.model.Origin;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueJsonTest {
  @Property(tries = 500)
  void a_property_comes_back_as_it_was(@ForAll("values") PropertyValue value) {
    Properties properties = Properties.of("p", value);

    assertThat(ValueJson.parseProperties(ValueJson.properties(properties))).isEqualTo(properties);
  }

  @Provide
  static Arbitrary<PropertyValue> values() {
    Arbitrary<String> texts = Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(8);
    Arbitrary<String> names =
        Arbitraries.oneOf(texts, Arbitraries.of("$instant", "$date", "$map", "$", "$x"));
    Arbitrary<PropertyValue> plain =
        Arbitraries.oneOf(
            Arbitraries.of(true, false).map(PropertyValue.Bool::new),
            Arbitraries.longs().map(PropertyValue.Int::new),
            Arbitraries.doubles().map(PropertyValue.Decimal::new),
            texts.map(PropertyValue.Text::new),
            Arbitraries.of(Instant.MIN, Instant.EPOCH, Instant.MAX).map(PropertyValue.Moment::new),
            Arbitraries.of(LocalDate.MIN, LocalDate.EPOCH, LocalDate.MAX)
                .map(PropertyValue.Date::new));
    return Arbitraries.recursive(
        () -> plain,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(PropertyValue.Items::new),
                Arbitraries.maps(names, inner).ofMaxSize(3).map(PropertyValue.Fields::new)),
        0,
        4);
  }

  private static char[] surrogates() {
    char[] surrogates = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < surrogates.length; i++) {
      surrogates[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return surrogates;
  }

  @Test
  void the_deepest_value_comes_back() {
    Object value = 1;
    for (int i = 0; i < PropertyValue.MAX_DEPTH; i++) {
      value = Map.of("$x", value);
    }
    NodeData data = NodeData.empty().property("deep", value);

    assertThat(ValueJson.parseNodeData(ValueJson.nodeData(data))).isEqualTo(data);
  }

  @Test
  void numbers_and_moments_have_their_own_forms() {
    Properties properties =
        Properties.of("a", 1)
            .with("b", 1.0)
            .with("c", Instant.EPOCH)
            .with("d", LocalDate.EPOCH)
            .with("e", Map.of("$date", 1));

    assertThat(ValueJson.properties(properties))
        .isEqualTo(
            "{\"a\":1,\"b\":1.0,\"c\":{\"$instant\":\"1970-01-01T00:00:00Z\"},"
                + "\"d\":{\"$date\":\"1970-01-01\"},\"e\":{\"$map\":{\"$date\":1}}}");
  }

  @Test
  void what_elements_hold_comes_back_as_it_was() {
    for (NodeData data : List.of(Samples.FULL, NodeData.empty())) {
      assertThat(ValueJson.parseNodeData(ValueJson.nodeData(data))).isEqualTo(data);
    }
    for (EdgeData data :
        List.of(Samples.FULL_EDGE, EdgeData.edge(Samples.NODE, EdgeType.CAUSAL, Samples.OTHER))) {
      assertThat(ValueJson.parseEdgeData(ValueJson.edgeData(data))).isEqualTo(data);
    }
    for (GraphData data : List.of(Samples.FULL_GRAPH, GraphData.named("g"))) {
      assertThat(ValueJson.parseGraphData(ValueJson.graphData(data))).isEqualTo(data);
    }
    for (CategoryData data : List.of(Samples.FULL_CATEGORY, CategoryData.of("c"))) {
      assertThat(ValueJson.parseCategoryData(ValueJson.categoryData(data))).isEqualTo(data);
    }
    List<Categorization> categories =
        List.of(new Categorization(Samples.CATEGORY, 0.5, Origin.IMPORT));
    assertThat(ValueJson.parseCategorizations(ValueJson.categorizations(categories)))
        .isEqualTo(categories);
    assertThat(ValueJson.nodeData(NodeData.empty())).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{} {}",
        "{\"a\":null}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":9223372036854775808}",
        "{\"a\":1e999}",
        "{\"a\":NaN}",
        "{\"a\":{\"$instant\":\"noon\"}}",
        "{\"a\":{\"$date\":1}}",
        "{\"a\":{\"$other\":1}}",
        "{\"\":1}"
      })
  void what_is_no_properties_is_refused(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> ValueJson.parseProperties(json));
  }
}
