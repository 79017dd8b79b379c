package io.switchboard.message;

import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a message says beside its body: immutable names and values, in the order in which they
 * were given. Names are case-sensitive and unique.
 */
public final class Headers {
  /** No headers; costs nothing on the wire. */
  public static final Headers NONE = new Headers(Map.of(), 0);
  /** The most headers of one message. */
  public static final int MAX_COUNT = 64;
  /** The most characters in the names and values of one message's headers together. */
  public static final int MAX_CHARACTERS = 16 * 1024;

  private static final int LENGTH_FIELDS = 4;

  private final Map<String, String> values;
  private final int characters;

  private Headers(Map<String, String> values, long characters) {
    this.values = values;
    this.characters = (int) characters;
  }

  /** Throws TOO_LARGE for more than the bounds allow. */
  public static Headers of(Map<String, String> values) {
    if (values.isEmpty()) {
      return NONE;
    }
    long characters = charactersOf(values);
    if (values.size() > MAX_COUNT || characters > MAX_CHARACTERS) {
      throw new SwitchboardException(FailureCode.TOO_LARGE, "more than "
        + MAX_COUNT + " headers or " + MAX_CHARACTERS + " characters of headers");
    }
    return new Headers(new LinkedHashMap<>(values), characters);
  }

  private static long charactersOf(Map<String, String> values) {
    long characters = 0;
    for (var entry : values.entrySet()) {
      characters += entry.getKey().length() + entry.getValue().length();
    }
    return characters;
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
    return Collections.unmodifiableSet(values.keySet());
  }

  public Map<String, String> asMap() {
    return Collections.unmodifiableMap(values);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** How many bytes they take in a frame at most. */
  int sizeBound() {
    return isEmpty() ? 0 : 1 + LENGTH_FIELDS * values.size() + 3 * characters;
  }

  void writeTo(Buffer buffer) {
    buffer.appendByte((byte) values.size());
    values.forEach((name, value) -> {
      Text.appendShort(buffer, name);
      Text.appendShort(buffer, value);
    });
  }

  static Headers readFrom(FrameReader reader) {
    int count = reader.readUnsignedByte();
    if (count < 1 || count > MAX_COUNT) {
      throw new MalformedFrame(count + " headers");
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < count; i++) {
      var name = reader.readText();
      if (values.put(name, reader.readText()) != null) {
        throw new MalformedFrame("the header " + name + " twice");
      }
    }
    long characters = charactersOf(values);
    if (characters > MAX_CHARACTERS) {
      throw new MalformedFrame(characters + " characters of headers");
    }
    return new Headers(values, characters);
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
