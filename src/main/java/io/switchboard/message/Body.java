package io.switchboard.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * The types that a body may have, and how each is written: one tag byte, then the value to the
 * end of the frame. Buffer, byte[], String, JsonObject, JsonArray, the boxed primitives, null.
 * Text travels as UTF-8, so half of a surrogate pair arrives at another node as '?'.
 */
public final class Body {
  /** The largest body, in bytes as it travels. */
  public static final int MAX_BYTES = 64 << 20;

  /** Bodies from this size on share the memory of the batch that brought them. */
  private static final int SLICE_FROM = 4 * 1024;
  /** Longer text is encoded when it is prepared, so that its size is known. */
  private static final int LONG_TEXT = 16 * 1024;
  /** Bytes from this size on are not copied into a frame: they follow it. */
  private static final int DETACHED_FROM = 65 << 10;

  private static final byte NULL = 0;
  private static final byte BUFFER = 1;
  private static final byte BYTES = 2;
  private static final byte TEXT = 3;
  private static final byte OBJECT = 4;
  private static final byte ARRAY = 5;
  private static final byte BOOLEAN = 6;
  private static final byte INTEGER = 7;
  private static final byte LONG = 8;
  private static final byte DOUBLE = 9;
  private static final byte FLOAT = 10;
  private static final byte SHORT = 11;
  private static final byte BYTE = 12;
  private static final byte CHARACTER = 13;

  private Body() {
  }

  /**
   * A body that is bytes already: JSON, so that writing it cannot fail half-way, and what is
   * large.
   */
  private record Encoded(byte tag, Buffer bytes) {
  }

  /** A large body of which only the tag goes into the frame's buffer. */
  private record Detached(byte tag, Buffer bytes) {
  }

  /** What a receiver in the same process gets: never the sender's mutable object. */
  public static Object copyForReceiver(Object body) {
    // First what is copied most often: there are many immutable types to look for.
    if (body instanceof Buffer buffer) {
      requireSize(buffer.length());
      return buffer.copy();
    }
    if (isImmutable(body)) {
      return body;
    }
    if (body instanceof byte[] bytes) {
      requireSize(bytes.length);
      return bytes.clone();
    }
    try {
      if (body instanceof JsonObject object) {
        return object.copy();
      }
      if (body instanceof JsonArray array) {
        return array.copy();
      }
    } catch (IllegalStateException notJson) {
      throw notWritable(notJson);
    }
    throw unknownType(body);
  }

  /**
   * Checks and prepares a body for writing; throws BAD_REQUEST for one that cannot travel,
   * TOO_LARGE for one of more than {@link #MAX_BYTES}.
   */
  public static Object prepare(Object body) {
    try {
      if (body instanceof JsonObject object) {
        return encoded(OBJECT, object.toBuffer());
      }
      if (body instanceof JsonArray array) {
        return encoded(ARRAY, array.toBuffer());
      }
    } catch (EncodeException notJson) {
      throw notWritable(notJson);
    }
    if (body instanceof String text) {
      return text.length() < LONG_TEXT ? text
        : encoded(TEXT, Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
    }
    if (body instanceof Buffer buffer) {
      requireSize(buffer.length());
    } else if (body instanceof byte[] bytes) {
      requireSize(bytes.length);
    } else if (!isImmutable(body)) {
      throw unknownType(body);
    }
    return body;
  }

  /**
   * The same prepared body, but when it is large its bytes will not be copied into the frame:
   * they are its {@link #tail} and must not be changed until they are sent.
   */
  public static Object detach(Object prepared) {
    if (prepared instanceof Buffer buffer && buffer.length() >= DETACHED_FROM) {
      return new Detached(BUFFER, buffer);
    }
    if (prepared instanceof byte[] bytes && bytes.length >= DETACHED_FROM) {
      return new Detached(BYTES, Buffer.buffer(bytes));
    }
    if (prepared instanceof Encoded encoded && encoded.bytes.length() >= DETACHED_FROM) {
      return new Detached(encoded.tag, encoded.bytes);
    }
    return prepared;
  }

  /** What must follow the frame that a detached body was written to; else null. */
  public static Buffer tail(Object prepared) {
    return prepared instanceof Detached detached ? detached.bytes : null;
  }

  private static Encoded encoded(byte tag, Buffer bytes) {
    requireSize(bytes.length());
    return new Encoded(tag, bytes);
  }

  private static void requireSize(int bytes) {
    if (bytes > MAX_BYTES) {
      throw new SwitchboardException(FailureCode.TOO_LARGE,
        "a body of " + bytes + " bytes; the most is " + MAX_BYTES);
    }
  }

  /** True for what all receivers may share. */
  public static boolean isImmutable(Object body) {
    return body == null || body instanceof String || body instanceof Boolean
      || body instanceof Integer || body instanceof Long || body instanceof Double
      || body instanceof Float || body instanceof Short || body instanceof Byte
      || body instanceof Character;
  }

  /** How many bytes a prepared body takes at most, its tag included. */
  public static long sizeBound(Object prepared) {
    if (prepared instanceof Buffer buffer) {
      return 1L + buffer.length();
    }
    if (prepared instanceof String text) {
      return 1 + 3L * text.length();
    }
    if (prepared instanceof Encoded encoded) {
      return 1L + encoded.bytes.length();
    }
    if (prepared instanceof Detached detached) {
      return 1L + detached.bytes.length();
    }
    return prepared instanceof byte[] bytes ? 1L + bytes.length : 9;
  }

  static void append(Buffer out, Object prepared) {
    if (prepared instanceof Buffer buffer) {
      out.appendByte(BUFFER).appendBuffer(buffer);
    } else if (prepared instanceof String text) {
      Text.append(out.appendByte(TEXT), text);
    } else if (prepared instanceof Encoded encoded) {
      out.appendByte(encoded.tag).appendBuffer(encoded.bytes);
    } else if (prepared instanceof Detached detached) {
      out.appendByte(detached.tag);
    } else if (prepared == null) {
      out.appendByte(NULL);
    } else if (prepared instanceof byte[] bytes) {
      out.appendByte(BYTES).appendBytes(bytes);
    } else {
      appendPrimitive(out, prepared);
    }
  }

  private static void appendPrimitive(Buffer out, Object value) {
    if (value instanceof Integer number) {
      out.appendByte(INTEGER).appendInt(number);
    } else if (value instanceof Long number) {
      out.appendByte(LONG).appendLong(number);
    } else if (value instanceof Boolean flag) {
      out.appendByte(BOOLEAN).appendByte((byte) (flag ? 1 : 0));
    } else if (value instanceof Double number) {
      out.appendByte(DOUBLE).appendDouble(number);
    } else if (value instanceof Float number) {
      out.appendByte(FLOAT).appendFloat(number);
    } else if (value instanceof Short number) {
      out.appendByte(SHORT).appendShort(number);
    } else if (value instanceof Byte number) {
      out.appendByte(BYTE).appendByte(number);
    } else if (value instanceof Character character) {
      out.appendByte(CHARACTER).appendUnsignedShort(character);
    } else {
      throw unknownType(value);
    }
  }

  /** Reads nothing beyond the end, and holds every value to exactly its own size. */
  static Object read(Buffer in, int position, int end) {
    byte tag = in.getByte(position);
    int start = position + 1;
    return switch (tag) {
      // getBuffer would copy twice.
      case BUFFER -> end - start < SLICE_FROM
        ? Buffer.buffer(end - start).appendBuffer(in, start, end - start)
        : in.slice(start, end);
      case BYTES -> in.getBytes(start, end);
      case TEXT -> Text.read(in, start, end);
      case OBJECT, ARRAY -> readJson(tag, in.slice(start, end));
      default -> readPrimitive(tag, in, start, end - start);
    };
  }

  private static Object readJson(byte tag, Buffer text) {
    try {
      if (tag == OBJECT) {
        var object = new JsonObject(text);
        if (object.getMap() != null) {
          return object;
        }
      } else {
        var array = new JsonArray(text);
        if (array.getList() != null) {
          return array;
        }
      }
    } catch (DecodeException notJson) {
      throw new MalformedFrame("a JSON body that is none: " + notJson.getMessage());
    }
    throw new MalformedFrame("a JSON body that is the literal null");
  }

  private static Object readPrimitive(byte tag, Buffer in, int start, int length) {
    int expected = switch (tag) {
      case NULL -> 0;
      case BOOLEAN, BYTE -> 1;
      case SHORT, CHARACTER -> 2;
      case INTEGER, FLOAT -> 4;
      case LONG, DOUBLE -> 8;
      default -> throw new MalformedFrame("body tag " + tag);
    };
    if (length != expected) {
      throw new MalformedFrame("a body with tag " + tag + " of " + length + " bytes");
    }
    return switch (tag) {
      case BOOLEAN -> in.getByte(start) != 0;
      case INTEGER -> in.getInt(start);
      case LONG -> in.getLong(start);
      case DOUBLE -> in.getDouble(start);
      case FLOAT -> in.getFloat(start);
      case SHORT -> in.getShort(start);
      case BYTE -> in.getByte(start);
      case CHARACTER -> (char) in.getUnsignedShort(start);
      default -> null;
    };
  }

  private static SwitchboardException notWritable(RuntimeException reason) {
    return new SwitchboardException(FailureCode.BAD_REQUEST,
      "the body cannot be written as JSON: " + reason.getMessage());
  }

  private static SwitchboardException unknownType(Object body) {
    return new SwitchboardException(FailureCode.BAD_REQUEST, "a body of type "
      + body.getClass().getName() + " cannot travel; use Buffer, byte[], String, JsonObject, "
      + "JsonArray, a boxed primitive or null");
  }
}
