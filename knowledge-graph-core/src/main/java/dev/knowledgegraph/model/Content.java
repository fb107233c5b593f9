package dev.knowledgegraph.model;

import java.util.Objects;

/**
 * What a node says: a title, a body, and how to read the body. Both may be empty; how long they may
 * be is the graph's {@link Policy}.
 */
public record Content(String title, String body, ContentFormat format) {
  private static final Content EMPTY = new Content("", "", ContentFormat.TEXT);

  public Content {
    Texts.wellFormed("title", title);
    Texts.wellFormed("body", body);
    Objects.requireNonNull(format, "format");
  }

  /** No title, no body. */
  public static Content empty() {
    return EMPTY;
  }

  /** A title without a body. */
  public static Content titled(String title) {
    return new Content(title, "", ContentFormat.TEXT);
  }

  public Content withTitle(String newTitle) {
    return new Content(newTitle, body, format);
  }

  public Content withBody(String newBody) {
    return new Content(title, newBody, format);
  }

  public Content withFormat(ContentFormat newFormat) {
    return new Content(title, body, newFormat);
  }

  /** The title's length in code points. */
  public int titleLength() {
    return Texts.length(title);
  }

  /** The body's length in code points. */
  public int bodyLength() {
    return Texts.length(body);
  }

  /** How long the content is and a hash of it, never what it says: for logs and errors. */
  @Override
  public String toString() {
    return "Content[title of "
        + titleLength()
        + ", body of "
        + bodyLength()
        + " characters, #"
        + Integer.toHexString(Objects.hash(title, body))
        + "]";
  }
}
