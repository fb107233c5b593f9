package dev.knowledgegraph.internal;

import dev.knowledgegraph.model.AutoLink;
import dev.knowledgegraph.model.Category;
import dev.knowledgegraph.model.Edge;
import dev.knowledgegraph.model.Graph;
import dev.knowledgegraph.model.Node;
import dev.knowledgegraph.model.Properties;
import dev.knowledgegraph.model.PropertyValue;
import dev.knowledgegraph.spi.Fingerprint;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of an element and its SHA-256: every field with a length before it, so that no
 * two elements share a form. Times, versions, actors, generated ids of keyed elements and where an
 * element came from are left out. For one thread.
 */
final class Canonical {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest digest;
  private byte[] buffer = new byte[512];
  private int length;

  Canonical() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What a node is called in a fingerprint: its key, else its id. */
  static String name(Node node) {
    return node.data().key() != null ? "k" + node.data().key() : "i" + node.id();
  }

  Fingerprint settings(Graph graph) {
    var data = graph.data();
    start("graph")
        .text(data.description())
        .text(data.visibility().code())
        .text(data.view().toString())
        .text(data.policy().toString());
    // Graphs without it keep the form they had before there was such a setting.
    return data.autoLink() == AutoLink.OFF ? hash() : text(data.autoLink().code()).hash();
  }

  Fingerprint category(Category category, @Nullable String parentTitle) {
    var data = category.data();
    return start("category")
        .text(data.title())
        .text(data.description())
        .text(parentTitle)
        .text(data.color())
        .text(data.icon())
        .hash();
  }

  /** A node; {@code categoryTitles} are parallel to its categories. */
  Fingerprint node(Node node, String[] categoryTitles) {
    var data = node.data();
    start("node").text(name(node)).number(data.labels().names().size());
    data.labels().forEach(this::text);
    text(data.content().title())
        .text(data.content().body())
        .text(data.content().format().code())
        .number(data.tags().names().size());
    data.tags().forEach(this::text);
    if (data.position() != null) {
      var at = data.position();
      real(at.x()).real(at.y()).real(at.z());
    }
    properties(data.properties()).text(data.status().code());
    Integer[] order = new Integer[categoryTitles.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparing(i -> categoryTitles[i]));
    for (int i : order) {
      var in = node.categories().get(i);
      text(categoryTitles[i]).real(in.confidence()).text(in.origin().code());
    }
    return hash();
  }

  Fingerprint edge(Edge edge, String source, String target) {
    var data = edge.data();
    return start("edge")
        .text(source)
        .text(target)
        .text(data.type().name())
        .text(data.discriminator().value())
        .real(data.weight())
        .number(data.directed() ? 1 : 0)
        .text(data.label())
        .properties(data.properties())
        .hash();
  }

  private Canonical properties(Properties properties) {
    number(properties.values().size());
    properties.values().forEach((name, value) -> text(name).value(value));
    return this;
  }

  private void value(PropertyValue value) {
    switch (value) {
      case PropertyValue.Bool b -> text("b").number(b.value() ? 1 : 0);
      case PropertyValue.Int i -> text("i").number(i.value());
      case PropertyValue.Decimal d -> text("d").real(d.value());
      case PropertyValue.Text t -> text("t").text(t.value());
      case PropertyValue.Moment m -> text("m").text(m.value().toString());
      case PropertyValue.Date d -> text("y").text(d.value().toString());
      case PropertyValue.Items items -> {
        text("l").number(items.values().size());
        items.values().forEach(this::value);
      }
      case PropertyValue.Fields fields -> {
        text("o").number(fields.values().size());
        fields.values().forEach((name, field) -> text(name).value(field));
      }
    }
  }

  private Canonical start(String kind) {
    length = 0;
    return text(kind);
  }

  private Canonical text(@Nullable String text) {
    if (text == null) {
      return number(-1);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  private Canonical real(double value) {
    return number(Double.doubleToLongBits(value));
  }

  private Canonical number(long value) {
    room(Long.BYTES);
    LONG.set(buffer, length, value);
    length += Long.BYTES;
    return this;
  }

  private void room(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  private Fingerprint hash() {
    digest.update(buffer, 0, length);
    return Fingerprint.of(digest.digest());
  }
}
