package dev.knowledgegraph.io;

import dev.knowledgegraph.error.IntegrityException;
import dev.knowledgegraph.event.Committed;
import dev.knowledgegraph.event.Position;
import dev.knowledgegraph.json.EventCodec;
import dev.knowledgegraph.json.ValueJson;
import dev.knowledgegraph.model.GraphData;
import dev.knowledgegraph.model.GraphId;
import dev.knowledgegraph.model.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;

/**
 * The lines of the log of a graph: a header, then each commit. Each line of a commit ends with a
 * hash of itself and all lines before it, so none can be changed, lost or put elsewhere unnoticed.
 * For one thread.
 */
final class LogLines {
  /** The version this library writes, and the latest it reads. */
  static final int VERSION = 1;

  private static final String START = "{\"format\":\"knowledge-graph-log\"";
  private static final String CHAIN = ",\"chain\":\"";
  private static final String END = "\"}";
  private static final int HASH = 64;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final MessageDigest digest;
  private byte[] chain = new byte[0];

  LogLines() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What the first line says.
   *
   * @param graph whose log it is
   * @param data its settings at the end of the log, for people to look at
   * @param position how many commits there are
   */
  record Header(GraphId graph, GraphData data, long position) {}

  /** Whether a file that starts like this is the log of a graph. */
  static boolean recognizes(byte[] start) {
    String text = new String(start, StandardCharsets.UTF_8).replaceAll("\\s", "");
    return text.startsWith(START);
  }

  /** The first line. */
  String write(Header header) {
    String line =
        START
            + ",\"version\":"
            + VERSION
            + ",\"id\":\""
            + header.graph
            + "\",\"graph\":"
            + ValueJson.graphData(header.data)
            + ",\"position\":"
            + header.position
            + "}";
    link(line);
    return line;
  }

  /** The line of the next commit. */
  String write(Committed entry) {
    String line =
        "{\"position\":"
            + entry.position().sequence()
            + ",\"time\":\""
            + entry.time()
            + "\",\"actor\":"
            + JsonLines.quote(entry.actor().value())
            + ",\"commandId\":"
            + JsonLines.quote(entry.commandId())
            + ",\"correlationId\":"
            + JsonLines.quote(entry.correlationId())
            + ",\"causationId\":"
            + JsonLines.quote(entry.causationId())
            + ",\"events\":"
            + new String(EventCodec.encode(entry.events()), StandardCharsets.UTF_8);
    return line + CHAIN + link(line) + END;
  }

  /**
   * Reads the first line.
   *
   * @throws IllegalArgumentException if it is none
   */
  Header header(String line) {
    Map<String, String> members = JsonLines.members(line);
    if (number(members, "version") > VERSION) {
      throw new IllegalArgumentException(
          "version: expected at most " + VERSION + ", found a later one; use a newer release");
    }
    var header =
        new Header(
            GraphId.parse(text(members, "id")),
            ValueJson.parseGraphData(required(members, "graph")),
            number(members, "position"));
    link(line);
    return header;
  }

  /**
   * Reads the line of the next commit.
   *
   * @throws IllegalArgumentException if it is none, or was changed, or does not follow
   */
  Committed entry(String line, GraphId graph) {
    int end = line.length() - CHAIN.length() - HASH - END.length();
    if (end < 0 || !line.startsWith(CHAIN, end)) {
      throw new IllegalArgumentException("expected a commit with its chain, found something else");
    }
    String signed = line.substring(0, end);
    if (!line.startsWith(link(signed) + END, end + CHAIN.length())) {
      throw new IllegalArgumentException(
          "expected the line as it was written after the one before it, found another;"
              + " get the file again");
    }
    Map<String, String> members = JsonLines.members(signed + "}");
    try {
      return new Committed(
          new Position(graph, number(members, "position")),
          time(text(members, "time")),
          UserId.of(text(members, "actor")),
          text(members, "commandId"),
          text(members, "correlationId"),
          text(members, "causationId"),
          EventCodec.decode(required(members, "events").getBytes(StandardCharsets.UTF_8)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time: expected an instant, found something else", e);
    } catch (IntegrityException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Makes the chain one longer. */
  private String link(String line) {
    digest.update(chain);
    chain = digest.digest(line.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(chain);
  }

  private static String required(Map<String, String> members, String name) {
    String value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": expected a value, found nothing");
    }
    return value;
  }

  private static String text(Map<String, String> members, String name) {
    String json = required(members, name);
    if (!json.startsWith("\"")) {
      throw new IllegalArgumentException(name + ": expected a text, found something else");
    }
    return JsonLines.unquote(json);
  }

  /** As exact as times in a log are, and no later than a store can hold. */
  private static Instant time(String text) {
    Instant time = Instant.parse(text);
    if (!time.equals(time.truncatedTo(ChronoUnit.MICROS))
        || time.isBefore(Instant.EPOCH)
        || time.isAfter(LATEST)) {
      throw new IllegalArgumentException("time: expected one that a log can have, found another");
    }
    return time;
  }

  private static long number(Map<String, String> members, String name) {
    String json = required(members, name);
    if (!json.matches("\\d{1,18}")) {
      throw new IllegalArgumentException(name + ": expected a number, found something else");
    }
    return Long.parseLong(json);
  }
}
