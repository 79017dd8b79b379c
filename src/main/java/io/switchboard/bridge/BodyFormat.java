package io.switchboard.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.switchboard.message.FailureCode;
import io.switchboard.message.SwitchboardException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which content type means which body, in both directions. */
final class BodyFormat {
  static final String JSON = "application/json";
  static final String TEXT = "text/plain; charset=utf-8";
  static final String BYTES = "application/octet-stream";

  /** What curl says of {@code -d} when it is not told better. */
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern CHARSET =
    Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private BodyFormat() {
  }

  /**
   * The body that the bytes stand for: JSON value, String, Buffer, or null for nothing at all.
   * Throws BAD_REQUEST for malformed JSON or text.
   *
   * @param contentType the header's value; null without one
   */
  static Object read(String contentType, Buffer bytes) {
    var type = mediaType(contentType);
    if (type.equals(JSON) || type.endsWith("+json")) {
      return json(bytes);
    }
    if (type.startsWith("text/")) {
      return text(contentType, bytes);
    }
    if (type.isEmpty() || type.equals(FORM)) {
      return bytes.length() == 0 ? null : guess(bytes);
    }
    return bytes;
  }

  /** Any JSON value; throws BAD_REQUEST that says where it is malformed. */
  static Object json(Buffer bytes) {
    try {
      return Json.decodeValue(bytes);
    } catch (DecodeException malformed) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST,
        "the body is not JSON: " + where(malformed));
    }
  }

  /** The content type of an answer with this body; null for null. */
  static String typeOf(Object body) {
    if (body == null) {
      return null;
    }
    if (body instanceof String || body instanceof Character) {
      return TEXT;
    }
    return body instanceof Buffer || body instanceof byte[] ? BYTES : JSON;
  }

  /** The bytes of an answer with this body; empty for null. */
  static Buffer write(Object body) {
    if (body == null) {
      return Buffer.buffer();
    }
    if (body instanceof Buffer buffer) {
      return buffer;
    }
    if (body instanceof byte[] bytes) {
      return Buffer.buffer(bytes);
    }
    return body instanceof String || body instanceof Character
      ? Buffer.buffer(body.toString()) : Json.encodeToBuffer(body);
  }

  private static String mediaType(String contentType) {
    if (contentType == null) {
      return "";
    }
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).trim()
      .toLowerCase(Locale.ROOT);
  }

  private static Object guess(Buffer bytes) {
    int start = 0;
    while (start < bytes.length() && Character.isWhitespace(bytes.getByte(start))) {
      start++;
    }
    if (start < bytes.length() && (bytes.getByte(start) == '{' || bytes.getByte(start) == '[')) {
      try {
        return Json.decodeValue(bytes);
      } catch (DecodeException notJson) {
        return bytes;
      }
    }
    return bytes;
  }

  private static String text(String contentType, Buffer bytes) {
    var match = CHARSET.matcher(contentType);
    var name = match.find() ? match.group(1) : StandardCharsets.UTF_8.name();
    try {
      return Charset.forName(name).newDecoder()
        .decode(ByteBuffer.wrap(bytes.getBytes())).toString();
    } catch (CharacterCodingException malformed) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST, "the body is not " + name);
    } catch (IllegalArgumentException unknown) {
      throw new SwitchboardException(FailureCode.BAD_REQUEST,
        "the charset '" + name + "' is not known here");
    }
  }

  private static String where(DecodeException malformed) {
    if (malformed.getCause() instanceof JsonProcessingException reason
      && reason.getLocation() != null) {
      return reason.getOriginalMessage() + " at line " + reason.getLocation().getLineNr()
        + ", column " + reason.getLocation().getColumnNr();
    }
    return malformed.getMessage();
  }
}
