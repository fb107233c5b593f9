package dev.knowledgegraph.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.knowledgegraph.spi.CachedAnswer;
import dev.knowledgegraph.spi.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Kept answers as bytes: a byte with the number of the form, the CRC-32C of the rest in four bytes,
 * the high one first, and UTF-8 JSON, {@code [HEAD,ANSWER]}. A record is an array of a name and its
 * fields in order, such as {@code ["neighbor",["node",…],1]}.
 *
 * <p>It knows every answer that a store keeps. These bytes are for a cache, not for an archive: a
 * release that changes the form takes another number, and reads no other. What is changed on its
 * way by accident is refused; who can write to the cache can write what an answer says. May be
 * shared between threads.
 */
public final class AnswerCodec implements Codec<CachedAnswer> {
  private static final byte FORM = 1;
  private static final int JSON = 1 + Integer.BYTES;

  /** The codec of this release. */
  public AnswerCodec() {}

  /**
   * The answer as bytes.
   *
   * @throws IllegalArgumentException if a store does not keep such answers, or a number is not
   *     finite, or a text is too long
   */
  @Override
  public byte[] encode(CachedAnswer kept) {
    try (var out = new ByteArrayBuilder(1024);
        JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      out.write(new byte[JSON]);
      json.writeStartArray();
      var writer = new AnswerWriter(json);
      writer.value(kept.head());
      writer.answer(kept.answer());
      json.writeEndArray();
      json.flush();
      byte[] bytes = out.toByteArray();
      ByteBuffer.wrap(bytes).put(FORM).putInt(checksum(bytes));
      return bytes;
    } catch (IOException e) {
      // Without its cause, whose message may quote the text.
      throw new IllegalArgumentException("expected an answer with a form in JSON, found another");
    }
  }

  @Override
  public CachedAnswer decode(byte[] bytes) {
    if (bytes.length < JSON || bytes[0] != FORM) {
      throw new IllegalArgumentException("expected an answer in form " + FORM + ", found another");
    }
    if (ByteBuffer.wrap(bytes).getInt(1) != checksum(bytes)) {
      throw new IllegalArgumentException("expected an answer with its checksum, found another");
    }
    return AnswerReader.kept(Json.parse(bytes, JSON));
  }

  private static int checksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, JSON, bytes.length - JSON);
    return (int) crc.getValue();
  }
}
