package io.switchboard.message;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a message says beside its body: immutable names and values, in the order in which they
 * were given. Names are case-sensitive and unique.
 */
public final class Headers {
  /** No headers; costs nothing on the wire. */
  public static final Headers NONE = new Headers(Map.of());
  /** The most headers of one message. */
  public static final int MAX_COUNT = 64;
  /** The most bytes that the headers of one message take. */
  public static final int MAX_BYTES = 16 * 1024;

  private final Map<String, String> values;

  private Headers(Map<String, String> values) {
    this.values = values;
  }

  /** Throws TOO_LARGE for more than the bounds allow. */
  public static Headers of(Map<String, String> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    int bytes = 0;
    for (var entry : values.entrySet()) {
      bytes += 3 * (entry.getKey().length() + entry.getValue().length());
    }
    if (values.size() > MAX_COUNT || bytes > 3 * MAX_BYTES) {
      throw new SwitchboardException(FailureCode.TOO_LARGE, "more than "
        + MAX_COUNT + " headers or " + MAX_BYTES + " characters of headers");
    }
    return new Headers(new LinkedHashMap<>(values));
  }

  /** These and one more; replaces a value of the same name. */
  public Headers with(String name, String value) {
    var more = new LinkedHashMap<>(values);
    more.put(name, value);
    return of(more);
  }

  /** Null when absent. */
  public String get(String name) {
    return values.get(name);
  }

  public Set<String> names() {
    return java.util.Collections.unmodifiableSet(values.keySet());
  }

  public Map<String, String> asMap() {
    return java.util.Collections.unmodifiableMap(values);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  void writeTo(Buffer buffer) {
    buffer.appendByte((byte) values.size());
    values.forEach((name, value) -> {
      appendText(buffer, name);
      appendText(buffer, value);
    });
  }

  static Headers readFrom(FrameReader reader) {
    int count = reader.readUnsignedByte();
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < count; i++) {
      var name = reader.readText();
      values.put(name, reader.readText());
    }
    return new Headers(values);
  }

  static void appendText(Buffer buffer, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0xFFFF) {
      throw new SwitchboardException(FailureCode.TOO_LARGE,
        "a name, key or header of " + bytes.length + " bytes");
    }
    buffer.appendUnsignedShort(bytes.length).appendBytes(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers headers && values.equals(headers.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
